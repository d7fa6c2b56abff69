"""Which needs a case answers."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.records.cases import events
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named, require_office
from linli.records.needs.models import Link, Need
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.selectors import standing
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def link_needs(*, case: Case, needs: Sequence[Need], by: Person, at: datetime) -> None:
    """Take needs up into a case that is running. Raises NotAllowed, Refused. A need linked already stays as it is."""
    rulebook.lock(case.subject)
    now = standing(case.subject)
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，不能再对应需求。", "This matter has ended; no need can be linked to it any more."))
    fresh = [need for need in needs if _linked(case, need, by, at)]
    if fresh:
        sealed = events.NeedsLinked(code=case.code, needs=[need.code for need in fresh])
        trail.record(sealed, stream=case.place_id, subject=case.subject, by=by.ref, at=at)


@transaction.atomic
def link_need(*, case: Case, need: Need, by: Person, at: datetime) -> None:
    link_needs(case=case, needs=[need], by=by, at=at)


def _linked(case: Case, need: Need, by: Person, at: datetime) -> bool:
    if need.withdrawn_at is not None:
        raise Refused(Text(f"需求 {need.code} 已撤回。", f"Need {need.code} has been withdrawn."))
    _, fresh = Link.objects.get_or_create(
        need=need, subject_kind="case", subject_id=str(case.pk), ended_at=None, defaults={"at": at, "by": by}
    )
    return fresh
