"""Word of an act to offices, to the matters above and below, and to the record of the year."""

from linli.records.cases import events
from linli.records.cases.effects.done import Done
from linli.records.cases.models import Case
from linli.records.cases.telling import tell_office
from linli.records.evidence import services as evidence
from linli.records.rulebook.roles import spelled
from linli.records.rulebook.selectors import standing
from linli.records.trail import services as trail
from linli.rules.plain.subjects import place_year

OUTCOME = "outcome"


def tell_offices(done: Done) -> None:
    for office in dict.fromkeys((*done.act.tells, *done.act.copies_to)):
        for spelt in _offices(office, done):
            _tell(done, done.case, spelt)


def report_to_matters(done: Done) -> None:
    """The parent, and the children still running, hear of it in their own record and at their office's desk."""
    heard: list[Case] = []
    if "parent" in done.act.reports_to and done.case.parent is not None:
        heard.append(done.case.parent)
    if "children" in done.act.reports_to:
        heard += list(done.case.children.filter(passage__ended_at__isnull=True).select_related("place"))
    for other in heard:
        sealed = events.HeardFrom(code=other.code, other=done.case.code, act=done.act.id, to_state=done.state.id)
        trail.record(sealed, stream=other.place_id, subject=other.subject, by=done.by_ref, at=done.at)
        _tell(done, other, other.owner_office)
    if "parent" in done.act.reports_to and done.state.end and done.case.parent is not None:
        _answer_parent(done, done.case.parent)


def _answer_parent(done: Done, parent: Case) -> None:
    """What came of it stands as evidence in the parent's slot for the outcome of another matter, if it has one waiting."""
    now = standing(parent.subject)
    slot = next((each for each in now.procedure.slots.values() if OUTCOME in each.kinds), None)
    if slot is not None and now.passage.ended_at is None:
        evidence.file_piece(
            subject=parent.subject,
            slot=slot.id,
            kind=OUTCOME,
            facts={"state": done.state.id, "code": done.case.code},
            by=done.by,
            at=done.at,
            place=parent.place,
            summary=done.said,
        )


def report_to_year(done: Done) -> None:
    if "place_year" not in done.act.reports_to:
        return
    evidence.file_piece(
        subject=place_year(done.case.place_id, done.case.year),
        slot=done.case.procedure,
        kind=OUTCOME,
        facts={"state": done.state.id, "code": done.case.code},
        by=done.by,
        at=done.at,
        place=done.case.place,
        summary=done.said,
    )


def _offices(office: str, done: Done) -> list[str]:
    role = done.procedure.roles.get(office)
    named = role.offices if role else (office,)
    return [spelt for each in named for spelt in spelled(each, done.case.place.level)]


def _tell(done: Done, about: Case, office: str) -> None:
    tell_office(about, office, act=done.act.id, step=done.moved.step.pk, said=done.said, at=done.at)
