"""Handing messages over, trying again with growing pauses, and giving up where a person can see it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from linli.records.notifications.adapters import ADAPTERS, NotSent
from linli.records.notifications.models import Delivery
from linli.records.people.models import Person
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text

_log = logging.getLogger(__name__)
# Pauses after the first try, the second and so on; after the last one it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
_LEASE = timedelta(minutes=10)


def deliver(*, at: datetime, most: int = 200, stop: str = "") -> tuple[int, int]:
    """Send what waits; (left the house, did not). `stop` is the address a token to end the messages is put behind."""
    left = failed = 0
    for delivery in _claimed(at, most):
        try:
            ADAPTERS[delivery.channel](delivery, at, stop)
        except Exception as why:
            # One that cannot be sent, whatever the reason, must not hold up those behind it.
            _failed(delivery, _reason(why, delivery), at)
            failed += 1
        else:
            _sent(delivery, at)
            left += 1
    return left, failed


@transaction.atomic
def _claimed(at: datetime, most: int) -> Sequence[Delivery]:
    """Taken for ten minutes: another process leaves them alone, and should this one die they come back."""
    waiting = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).filter(next_try_at__lte=at)
    found = list(waiting.select_related("webhook__place").order_by("next_try_at", "pk")[:most])
    Delivery.objects.filter(pk__in=[each.pk for each in found]).update(next_try_at=at + _LEASE)
    return found


def _reason(why: Exception, delivery: Delivery) -> str:
    """Without addresses: what a way out says of itself, else only the kind of the fault (the log has the whole of it)."""
    if isinstance(why, NotSent):
        return str(why)
    _log.error("delivery %s broke", delivery.pk, exc_info=why)
    return type(why).__name__


def _sent(delivery: Delivery, at: datetime) -> None:
    delivery.tries, delivery.sent_at, delivery.next_try_at, delivery.error = delivery.tries + 1, at, None, ""
    if not settings.DEMONSTRATION:
        # What has left is not kept twice; the notification itself stays on the reader's page.
        delivery.to = delivery.body = ""
    delivery.save()


def _failed(delivery: Delivery, why: str, at: datetime) -> None:
    delivery.tries, delivery.error = delivery.tries + 1, why[:200]
    over = delivery.tries > len(PAUSES)
    delivery.next_try_at = None if over else at + PAUSES[delivery.tries - 1]
    delivery.dead_at = at if over else None
    delivery.save()


@transaction.atomic
def try_again(*, delivery: Delivery, by: Person, at: datetime) -> Delivery:
    """Take one that was given up onto its way once more. Raises Refused."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.dead_at is None:
        raise Refused(Text("这一条没有停发，不用再试。", "This one was not given up."))
    delivery.dead_at, delivery.next_try_at, delivery.tries = None, at, 0
    delivery.save(update_fields=["dead_at", "next_try_at", "tries"])
    return delivery
