"""The results of a round's parts, and what they do to the places of the next one."""

from datetime import date, datetime, timedelta

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.rounds import events
from linli.records.rounds.next_places import PartResult, conclusion_of, next_places_set, results_by_part
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.models import LocalSetting
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def file_results(*, round: Case, by: Person, at: datetime) -> list[PartResult]:
    """File how the parts were graded in the round's slot for it; complete once every part is.

    Raises NotAllowed, NotFound (no quota hangs on this round), Refused (no part is graded yet).
    """
    rulebook.lock(round.subject)
    now, found = standing(round.subject), results_by_part(round)
    office = require_office(by, offices_named(now.procedure, round.place.level), round.place, day_in_china(at), now.rules)
    card = next((part.quota.graded_by for part in found), "")
    slot = next((each.id for each in now.procedure.slots.values() if each.scorecard and each.scorecard == card), "")
    if not slot:
        raise NotFound
    graded = [part for part in found if part.grade]
    if not graded:
        raise Refused(Text("还没有评定任何一个地方的成效。", "No part is graded yet."))
    grades = [(part.place.short_name, part.grade_title) for part in graded if part.grade_title]
    said = Text(
        "；".join(f"{name} {grade.zh}" for name, grade in grades), "; ".join(f"{name} {grade.en}" for name, grade in grades)
    )
    file_piece(
        subject=round.subject,
        slot=slot,
        kind="score",
        facts={"complete": len(graded) == len(found), "raters": len(graded)},
        by=by,
        at=at,
        place=round.place,
        summary=said,
    )
    sealed = events.ResultsFiled(code=round.code, graded=len(graded), parts=len(found))
    record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=office, at=at)
    return found


@transaction.atomic
def set_next_places(*, round: Case, by: Person, at: datetime) -> list[LocalSetting]:
    """Write next year's places of every part that gets more or fewer as its own value, from the first day of that year on.

    Raises NotAllowed (the office the quota names), NotFound (no quota hangs on this round), Refused (the results are not
    complete, a number is not set, or it is done).
    """
    rulebook.lock(round.subject)
    now, found = standing(round.subject), results_by_part(round)
    if not found:
        raise NotFound
    office = require_office(by, found[0].quota.decided_by, round.place, day_in_china(at), now.rules)
    waiting = [part.place.short_name for part in found if part.next is None]
    if waiting:
        names = "、".join(waiting)
        raise Refused(
            Text(
                f"{names}的成效还没评定，或者名额、增减数还没设定；都有了才能定来年名额。",
                f"{names}: not graded, or the places or the step are not set yet. Next year's places follow from all of them.",
            )
        )
    since = max(date(round.year + 1, 1, 1), day_in_china(at) + timedelta(days=1))
    known = {row.place_id for row in next_places_set(round)}
    kept = [_set(part, round, since, by, at) for part in found if part.next != part.now and part.place.pk not in known]
    if not kept:
        raise Refused(Text("来年名额已经写进设定，或者没有变化。", "Next year's places are set already, or nothing changes."))
    places = {row.place_id: int(row.value) for row in kept}
    sealed = events.NextPlacesSet(code=round.code, since=since.isoformat(), places=places)
    record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=office, at=at)
    return kept


def _set(part: PartResult, round: Case, since: date, by: Person, at: datetime) -> LocalSetting:
    return rulebook.set_local(
        place=part.place,
        parameter=part.quota.places,
        value=str(part.next),
        since=since,
        document=conclusion_of(round),
        by=by,
        at=at,
        demonstration=round.demonstration,
    )
