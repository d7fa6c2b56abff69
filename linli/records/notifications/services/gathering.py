"""Reading what is new in the trail and telling those it concerns. Runs beside the acts, never inside them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from linli.records.notifications.audience import Told, told_of
from linli.records.notifications.models import Delivery, Follow, Notification, Preference, StreamRead
from linli.records.notifications.services.sending import at_once
from linli.records.notifications.services.webhooks import tell_systems
from linli.records.trail.models import CHECKPOINTS, Event, Stream
from linli.rules.plain.days import day_in_china

# A site that begins to notify does not tell its whole history.
FRESH = timedelta(days=14)
BATCH = 200


def gather(*, at: datetime, page: str = "", most: int = 50_000) -> int:
    """Read every chain that has grown since the last time; how many notifications were made. Safe to run twice at once.

    `page` is the address of the reader's notifications, for messages that leave at once.
    """
    _forget_the_erased()
    made = read = 0
    for code in list(_behind()):
        while read < most:
            seen, new = _read(code, at, page)
            made, read = made + new, read + seen
            if seen < BATCH:
                break
    return made


def _behind() -> "list[str]":
    """The chains whose head lies beyond what was read."""
    known = StreamRead.objects.filter(stream=OuterRef("code")).values("seq")
    grown = Stream.objects.exclude(code=CHECKPOINTS).annotate(known=Coalesce(Subquery(known), 0))
    return list(grown.filter(seq__gt=F("known")).order_by("code").values_list("code", flat=True))


@transaction.atomic
def _read(code: str, at: datetime, page: str) -> tuple[int, int]:
    """One batch of one chain: told and ticked off together, or not at all."""
    cursor = _cursor(code, at)
    events = list(Event.objects.filter(stream=code, seq__gt=cursor.seq).order_by("seq")[:BATCH])
    if not events:
        return 0, 0
    told = told_of(events, day_in_china(at))
    made = Notification.objects.bulk_create(_rows(told), ignore_conflicts=True)
    at_once(told, at=at, page=page)
    tell_systems(told, at=at)
    cursor.seq = events[-1].seq
    cursor.save(update_fields=["seq"])
    return len(events), len(made)


def _cursor(code: str, at: datetime) -> StreamRead:
    """Locked. A chain read for the first time begins where its events are still fresh."""
    found = StreamRead.objects.select_for_update().filter(pk=code).first()
    if found is not None:
        return found
    old = Event.objects.filter(stream=code, at__lt=at - FRESH).order_by("-seq").values_list("seq", flat=True).first()
    StreamRead.objects.bulk_create([StreamRead(stream=code, seq=old or 0)], ignore_conflicts=True)
    return StreamRead.objects.select_for_update().get(pk=code)


def _rows(told: Sequence[Told]) -> list[Notification]:
    return [
        Notification(
            person_id=person,
            event_id=each.event.pk,
            kind=each.event.kind,
            topic_kind=topic.kind,
            topic_id=topic.id,
            why=why,
            zh=each.text.zh[:400],
            en=each.text.en[:600],
            at=each.event.at,
        )
        for each in told
        for person, (why, topic) in each.to.items()
    ]


def _forget_the_erased() -> None:
    """Whoever was erased follows nothing, is told nothing, and leaves no address behind."""
    for model in (Delivery, Notification, Follow, Preference):
        model._default_manager.filter(person__erased_at__isnull=False).delete()
