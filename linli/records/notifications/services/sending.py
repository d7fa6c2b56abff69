"""What leaves the house: at once for chosen kinds, else once a day for those with something new."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.records.notifications.audience import Told
from linli.records.notifications.models import Delivery, Notification, Preference
from linli.rules.plain.days import SHANGHAI, day_in_china
from linli.rules.plain.texts import Text

SALT = "linli.notifications.stop"
_MOST = 30
BATCH = 500


def stop_token(person: UUID) -> str:
    """Who holds it may end the messages to this person, and nothing else."""
    return signing.dumps(str(person), salt=SALT)


def at_once(told: Sequence[Told], *, at: datetime, page: str) -> None:
    """Messages for those who wish to hear of these kinds as they come. Called inside the reading of the trail."""
    persons = {person for each in told for person in each.to}
    if not persons:
        return
    wishes = {each.pk: each for each in _reachable().filter(pk__in=persons).select_related("person") if each.at_once}
    made: list[Delivery] = []
    for each in told:
        for person in each.to:
            wish = wishes.get(person)
            if wish is None or each.event.kind not in wish.at_once:
                continue
            text = each.text.en if wish.language == "en" else each.text.zh
            made += _deliveries(wish, f"event:{each.event.pk}", text, f"{text}\n{page}", at)
            Notification.objects.filter(person=wish.person, event_id=each.event.pk).update(sent_at=at)
    Delivery.objects.bulk_create(made, ignore_conflicts=True)


def make_digests(*, at: datetime, page: str = "") -> int:
    """The daily digest of everybody whose hour has come and who has something new. Nobody else is even looked at."""
    local, today = at.astimezone(SHANGHAI), day_in_china(at)
    new = Notification.objects.filter(person=OuterRef("pk"), read_at__isnull=True, sent_at__isnull=True)
    due = _reachable().filter(Q(digested_on__isnull=True) | Q(digested_on__lt=today), Exists(new), hour__lte=local.hour)
    made = 0
    for key in list(due.values_list("pk", flat=True)[:BATCH]):
        made += _digest(key, at, page)
    return made


@transaction.atomic
def _digest(key: UUID, at: datetime, page: str) -> int:
    today = day_in_china(at)
    wish = Preference.objects.select_for_update(of=("self",)).select_related("person").get(pk=key)
    if wish.digested_on == today:
        return 0
    new = Notification.objects.filter(person=wish.person, read_at__isnull=True, sent_at__isnull=True)
    lines = list(new.order_by("-id"))
    if not lines:
        return 0
    title, body = _digest_words(lines, wish.language, page)
    made = _deliveries(wish, f"digest:{today.isoformat()}", title, body, at)
    Delivery.objects.bulk_create(made, ignore_conflicts=True)
    new.update(sent_at=at)
    wish.digested_on = today
    wish.save(update_fields=["digested_on"])
    return len(made)


def _digest_words(lines: Sequence[Notification], language: str, page: str) -> tuple[str, str]:
    """One paragraph for each project: its newest state, and how much came before."""
    topics: dict[tuple[str, str], list[Notification]] = {}
    for line in lines:
        topics.setdefault((line.topic_kind, line.topic_id), []).append(line)
    n, english = len(topics), language == "en"
    title = f"{n} of your matters moved" if english else f"您关心的 {n} 件事有新进展"
    parts = []
    for found in list(topics.values())[:_MOST]:
        earlier = len(found) - 1
        note = Text(f"（之前还有 {earlier} 条）", f" ({earlier} more before)") if earlier else Text("", "")
        parts.append(f"· {found[0].en}{note.en}" if english else f"· {found[0].zh}{note.zh}")
    if n > _MOST:
        parts.append(f"… and {n - _MOST} more" if english else f"……另有 {n - _MOST} 件")
    return title, "\n".join([*parts, "", page])


def _reachable() -> "QuerySet[Preference]":
    return Preference.objects.filter(Q(by_email=True, email_proved_at__isnull=False) | Q(by_sms=True))


def _deliveries(wish: Preference, key: str, title: str, body: str, at: datetime) -> list[Delivery]:
    """One for each way this person chose."""
    ways: list[tuple[str, str, str]] = []
    if wish.by_email and wish.email_proved_at is not None:
        ways.append(("email", wish.email.open(), body))
    phone = wish.person.phone.open() if wish.by_sms and wish.person.phone_proved_at is not None else ""
    if phone:
        ways.append(("sms", phone, f"【邻里】{title}"))
    return [
        Delivery(
            channel=channel,
            person=wish.person,
            key=f"{channel}:{key}:{wish.pk}",
            to=to,
            title=title[:200],
            body=words,
            link=stop_token(wish.pk),
            made_at=at,
            next_try_at=at,
        )
        for channel, to, words in ways
    ]
