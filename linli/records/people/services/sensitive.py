"""Opening what is sensitive about a household: for the exact office, with a reason, and on record every time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from linli.records.people import events, limits
from linli.records.people.access import require
from linli.records.people.models import Household, Person, SensitiveReading
from linli.records.people.permissions import READ_SENSITIVE
from linli.records.people.selectors.offices import holding
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text, one_line

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, repr=False)
class SensitiveView:
    """The opened values, for one page and no longer. `groups` holds (group, since, detail), `members` (name, phone)."""

    address: str
    groups: tuple[tuple[str, date, str], ...]
    members: tuple[tuple[str, str], ...]


@transaction.atomic
def read_sensitive(*, household: Household, by: Person, reason: str, at: datetime) -> SensitiveView:
    """Open a household's address, groups and members. The reason is sealed with the event, so it must not name anybody.

    Only the community's own office may; above it may not. More than 50 in an hour is flagged in the event, not stopped:
    a round of visits is a reason, and whoever reads the trail sees it. Raises NotAllowed, Invalid (no real reason).
    """
    today = day_in_china(at)
    require(by, READ_SENSITIVE, household.place, today)
    reason = one_line(reason)
    if len(reason) < limits.REASON_CHARACTERS or len(reason) > 300:
        need = Text(
            "请用一句话写明为什么要看，比如“入户走访前核对住址”。",
            "Say in a sentence why, such as “checking the address before a visit”.",
        )
        raise Invalid(need, fields={"reason": need})
    # Readers of one office wait for each other, so that the count of the hour is right.
    Person.objects.select_for_update().get(pk=by.pk)
    SensitiveReading.objects.create(household=household, by=by, reason=reason, at=at)
    pace = SensitiveReading.objects.filter(by=by, at__gt=at - _HOUR, at__lte=at).count()
    done = events.SensitiveRead(
        household=household.ref, reason=reason, in_bulk=pace > limits.SENSITIVE_PER_HOUR, within_the_hour=pace
    )
    record(done, stream=household.place_id, subject=household.subject, by=by.ref, at=at)
    return _opened(household, today)


def _opened(household: Household, on: date) -> SensitiveView:
    priorities = household.priorities.filter(holding(on))
    members = household.residencies.filter(holding(on)).select_related("person")
    return SensitiveView(
        address=household.address.open(),
        groups=tuple((row.group, row.since, row.detail.open()) for row in priorities),
        members=tuple((row.person.name, row.person.phone.open()) for row in members),
    )
