"""Taking evidence that was filed by hand out of account again."""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.cases.services.filing import BY_COMPONENT
from linli.records.evidence import selectors as papers
from linli.records.evidence import services as evidence
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def void_case_evidence(*, case: Case, slot: str, reason: str, by: Person, at: datetime) -> int:
    """Void what a slot holds, with a reason; the versions stay readable. Returns how many.

    Raises NotAllowed, NotFound (an empty slot), Invalid (no reason), Refused (ended, or a component keeps this slot).
    """
    rulebook.lock(case.subject)
    now = standing(case.subject)
    piece = papers.pieces(case.subject).get(slot)
    if piece is None:
        raise NotFound
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    if piece.kind in BY_COMPONENT:
        raise Refused(
            Text(
                "这一种材料由会议、公示等环节自动归集，请到那里更正。",
                "This is filed by meetings, notices and the like; put it right there.",
            )
        )
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，材料不再改动。", "This matter has ended; its papers are not changed any more."))
    return evidence.void_slot(subject=case.subject, slot=slot, reason=reason, by=by, at=at, place=case.place)
