"""Which needs a case answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.records.cases import events
from linli.records.cases.linked import linked_needs
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.needs import services as needs_room
from linli.records.needs.models import Need
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def link_needs(*, case: Case, needs: Sequence[Need], by: Person, at: datetime) -> None:
    """Take verified needs up into a running case: each moves by its own gate and its proposer is told.

    Raises NotAllowed, and Refused with what a need still lacks. A need linked already stays as it is.
    """
    rulebook.lock(case.subject)
    now = standing(case.subject)
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，不能再对应需求。", "This matter has ended; no need can be linked to it any more."))
    known = set(linked_needs(case).values_list("pk", flat=True))
    fresh = [need for need in needs if need.pk not in known]
    for need in fresh:
        needs_room.adopt_need(need=need, subject=case.subject, by=by, at=at)
    if fresh:
        sealed = events.NeedsLinked(code=case.code, needs=[need.code for need in fresh])
        trail.record(sealed, stream=case.place_id, subject=case.subject, by=by.ref, at=at)


@transaction.atomic
def link_need(*, case: Case, need: Need, by: Person, at: datetime) -> None:
    """One need; see `link_needs`."""
    link_needs(case=case, needs=[need], by=by, at=at)
