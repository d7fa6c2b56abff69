"""The results of a round's parts, and what they do to the places of the next one."""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named, require_office
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.rounds import events
from linli.records.rounds.next_places import PartResult, results_by_part
from linli.records.rulebook import services as rulebook
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
    said = "；".join(f"{part.place.short_name} {part.grade_title.zh}" for part in graded if part.grade_title)
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
