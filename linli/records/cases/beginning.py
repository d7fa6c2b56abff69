"""Beginning a case, whoever asked for it."""

from datetime import datetime

from linli.records.cases import events
from linli.records.cases.codes import next_code
from linli.records.cases.dues import open_due
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.refs import ref_of
from linli.records.rulebook.roles import spelled
from linli.records.trail import services as trail
from linli.rules.gates.model import Readings
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text, one_line
from linli.rules.policy.models import Procedure

_LONGEST = 120


def begin(
    *,
    known: Procedure,
    place: Place,
    title: str,
    summary: str,
    year: int | None,
    parent: Case | None,
    by: Person | None,
    at: datetime,
    demonstration: bool,
    private: bool = False,
) -> Case:
    """Write the case and set it on its way, without asking who may: for `open_case`, and for acts that open others.

    `private`: the title is somebody's own words; it is not sealed, so that it can be forgotten.
    """
    on = day_in_china(at)
    year = year or (parent.year if parent else on.year)
    case = Case.objects.create(
        code=next_code(place, year),
        place=place,
        procedure=known.id,
        year=year,
        title=_titled(title),
        summary=summary.strip(),
        type=parent.type if parent else "",
        category=parent.category if parent else "",
        owner_office=_owner(known, place),
        parent=parent,
        public=known.moves != "finding",
        opened_by=by,
        opened_at=at,
        demonstration=demonstration or (parent.demonstration if parent else False),
    )
    case.passage = rulebook.open_passage(subject=case.subject, procedure=known.id, place=place, by=by or "system", at=at)
    case.save(update_fields=["passage"])
    sealed = events.CaseOpened(
        code=case.code, procedure=known.id, year=year, title="" if private else case.title, parent=parent.code if parent else ""
    )
    trail.record(sealed, stream=place.pk, subject=case.subject, by=ref_of(by or "system"), at=at)
    open_due(case, Readings(), at)
    return case


def _titled(title: str) -> str:
    text = one_line(title)
    if not text or len(text) > _LONGEST:
        wrong = Text(f"请写一个名称，不超过 {_LONGEST} 字。", f"Give it a name of at most {_LONGEST} characters.")
        raise Invalid(wrong, fields={"title": wrong})
    return text


def _owner(known: Procedure, place: Place) -> str:
    """The office that has the first word: of the first act that leads out of the beginning."""
    for act in known.acts.values():
        if known.starts in act.from_states:
            for name in act.by:
                role = known.roles.get(name)
                return spelled(role.offices[0] if role else name, place.level)[0]
    return offices_named(known, place.level)[0]
