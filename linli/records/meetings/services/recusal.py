"""Leaving the table: what a person declares, and what people already knows."""

from datetime import datetime

from django.db import transaction

from linli.records.meetings import events
from linli.records.meetings.conflicts import known_conflicts
from linli.records.meetings.filing import refile
from linli.records.meetings.models import AgendaItem, Recusal
from linli.records.meetings.permissions import DECLARE
from linli.records.meetings.services.common import attendance_of, filled, must_be, relations_of, seal
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.rules.plain.days import day_in_china


@transaction.atomic
def declare_interest(*, item: AgendaItem, person: Person, reason: str, by: Person, at: datetime) -> Recusal:
    """A person who was called has an interest in this item and leaves its count. Declared late, it undoes the vote's standing.

    Everybody may declare for themselves, the hosts for anyone. A second declaration changes nothing. Raises Invalid.
    """
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("meeting__place", "piece", "matter_place")
        .get(pk=item.pk)
    )
    meeting = item.meeting
    relations = relations_of(meeting, by) | ({"self"} if by.pk == person.pk else set())
    require(by, DECLARE, meeting.place, day_in_china(at), frozenset(relations))
    must_be(meeting, "called", "open", "closed")
    attendance_of(meeting, person)
    told = filled(reason, "reason", "请写明回避的理由。", "Say what the interest is.")
    recusal = recuse(item, person, source="declared", reason=told, by=by, at=at)
    refile(item, by=by, at=at)
    return recusal


def observe_conflicts(item: AgendaItem, *, by: Person, at: datetime) -> list[Recusal]:
    """Recuse everybody called whose interest in a party of this item is already known."""
    called = [one.person for one in item.meeting.attendances.select_related("person")]
    known = known_conflicts(called, item.parties, day_in_china(at))
    return [recuse(item, person, source="known", reason=why.zh, by=by, at=at) for person, why in known.items()]


def recuse(item: AgendaItem, person: Person, *, source: str, reason: str, by: Person, at: datetime) -> Recusal:
    recusal, new = Recusal.objects.get_or_create(
        item=item, person=person, defaults={"source": source, "reason": reason, "at": at, "recorded_by": by}
    )
    if new:
        event = events.PersonRecused(item=item.number, person=person.ref, source=source, reason=reason)
        seal(event, item.meeting, by=by, at=at)
    return recusal
