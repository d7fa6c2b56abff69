"""Other systems of an office: told what is public of its place, signed, and only at hosts the site allows."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from linli.records.notifications import events
from linli.records.notifications.audience import Told
from linli.records.notifications.hosts import allowed
from linli.records.notifications.models import Delivery, Webhook
from linli.records.notifications.permissions import KEEP_WEBHOOKS
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def add_webhook(*, place: Place, address: str, by: Person, at: datetime) -> tuple[Webhook, str]:
    """Tell another system from now on; the key to check signatures with is shown once. Raises NotAllowed, Invalid, Refused."""
    require(by, KEEP_WEBHOOKS, place, day_in_china(at))
    if not allowed(address.strip()):
        hosts = "、".join(settings.WEBHOOK_HOSTS)
        wrong = Text(
            f"只能发往本站允许的主机（{hosts}），并且用 https。" if hosts else "本站还没有允许任何主机；请网站管理员先列出。",
            f"Only https and only hosts this site allows ({hosts})."
            if hosts
            else "This site allows no host yet; its keeper has to list them.",
        )
        raise Invalid(wrong, fields={"address": wrong})
    if Webhook.objects.filter(place=place, address=address.strip(), ended_at__isnull=True).exists():
        raise Refused(Text("这个地址已经登记过。", "This address is told already."))
    key = secrets.token_urlsafe(32)
    hook = Webhook.objects.create(place=place, address=address.strip(), key=key, made_by=by, made_at=at)
    record(events.WebhookAdded(address=hook.address), stream=place.pk, subject=place.subject, by=by.ref, at=at)
    return hook, key


@transaction.atomic
def end_webhook(*, hook: Webhook, by: Person, at: datetime) -> Webhook:
    """Tell it no longer. Raises NotAllowed. Twice is once."""
    hook = Webhook.objects.select_for_update(of=("self",)).select_related("place").get(pk=hook.pk)
    require(by, KEEP_WEBHOOKS, hook.place, day_in_china(at))
    if hook.ended_at is None:
        hook.ended_at = at
        hook.save(update_fields=["ended_at"])
        Delivery.objects.filter(webhook=hook, next_try_at__isnull=False).update(
            next_try_at=None, dead_at=at, error="webhook ended"
        )
        record(events.WebhookEnded(address=hook.address), stream=hook.place_id, subject=hook.place.subject, by=by.ref, at=at)
    return hook


def tell_systems(told: Sequence[Told], *, at: datetime) -> None:
    """One delivery for each public event and each system told of its place. Called inside the reading of the trail."""
    public = [each for each in told if each.public]
    if not public:
        return
    codes = {code for each in public for code in each.place.ancestor_codes}
    hooks = list(Webhook.objects.filter(ended_at__isnull=True, place__in=codes))
    made = [
        Delivery(
            channel="webhook",
            webhook=hook,
            key=f"webhook:{hook.pk}:{each.event.pk}",
            to=hook.address,
            title=each.text.zh[:200],
            body=json.dumps(_payload(each), ensure_ascii=False),
            made_at=at,
            next_try_at=at,
        )
        for each in public
        for hook in hooks
        if hook.place_id in each.place.ancestor_codes
    ]
    Delivery.objects.bulk_create(made, ignore_conflicts=True)


def _payload(each: Told) -> dict[str, object]:
    event = each.event
    return {
        "event": event.kind,
        "receipt": f"{event.stream}/{event.seq}/{event.sha256[:16]}",
        "at": event.at.isoformat(),
        "place": each.place.code,
        "topic": str(each.topic),
        "text": {"zh": each.text.zh, "en": each.text.en},
    }
