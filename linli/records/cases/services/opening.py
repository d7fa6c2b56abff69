"""Opening a case."""

from datetime import date, datetime

from django.db import transaction

from linli.records.cases.beginning import begin
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_behind
from linli.records.people.models import Person
from linli.records.places.alive import require_alive
from linli.records.places.models import Place
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules


@transaction.atomic
def open_case(
    *,
    procedure: str,
    place: Place,
    title: str,
    by: Person,
    at: datetime,
    summary: str = "",
    year: int | None = None,
    parent: Case | None = None,
    demonstration: bool = False,
) -> Case:
    """Begin a matter by a procedure of the place's rules. `year` is the year whose money and lists it belongs to.

    Raises NotAllowed (the offices the main form or the procedure names), Invalid (no title), Refused (no such procedure
    here, or its parent is missing, of another kind, or not in the stage in which this may be opened).
    """
    on = day_in_china(at)
    rules = rules_at(place, on)
    known = _procedure(rules, procedure, on)
    openers = _openers(rules, known, place, on)
    require_office(by, openers, place, on, rules)
    _fits(known, parent)
    if parent is None:
        require_alive(place, on)
    return begin(
        known=known,
        place=place,
        title=title,
        summary=summary,
        year=year,
        parent=parent,
        by=by,
        at=at,
        demonstration=demonstration,
        private=f"{place.level}.resident" in openers and by.kind == "resident",
    )


def _procedure(rules: Rules, procedure: str, on: date) -> Procedure:
    known = rules.procedures(on).get(procedure)
    if known is None or known.moves == "need":
        raise Refused(Text("这里当时的规定没有这一种办理程序。", "The rules of this place and day know no such procedure."))
    return known


def _openers(rules: Rules, known: Procedure, place: Place, on: date) -> tuple[str, ...]:
    filled_by = rules.form(known.main_form, on).filled_by if known.main_form else ()
    return offices_behind(filled_by, known, place.level)


def _fits(known: Procedure, parent: Case | None) -> None:
    if parent is None:
        if known.parent and not known.parent_optional:
            raise Refused(
                Text(
                    f"{quoted(known.title.zh)}要从所属事项里提出。",
                    f"{quoted(known.title.en)} is opened from the matter it belongs to.",
                )
            )
        return
    passage = rulebook.lock(parent.subject)
    if parent.procedure != known.parent:
        raise Refused(
            Text(f"{quoted(known.title.zh)}不属于这类事项。", f"{quoted(known.title.en)} does not belong to this kind of matter.")
        )
    if passage.ended_at is not None or (known.while_stages and passage.stage not in known.while_stages):
        raise Refused(
            Text(
                f"所属事项现在的阶段不能提出{quoted(known.title.zh)}。",
                f"{quoted(known.title.en)} cannot be opened in the stage its matter stands in now.",
            )
        )
