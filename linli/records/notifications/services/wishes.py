"""What a person chooses: what to follow, what to be told, and how. Reading and following are nobody else's business."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from linli.records.notifications.models import Delivery, Follow, Notification, Preference
from linli.records.notifications.services.sending import SALT
from linli.records.notifications.words import AT_ONCE
from linli.records.people.models import Person
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

_PROVE = "linli.notifications.prove"
_PROVE_LASTS = 3 * 24 * 3600


def follow(*, topic: Subject, by: Person, at: datetime) -> Follow:
    """Hear of it from now on. Twice is once."""
    return _set(topic, by, at, muted=False)


def unfollow(*, topic: Subject, by: Person, at: datetime) -> Follow:
    """Hear of it no longer, also where one has a part in it."""
    return _set(topic, by, at, muted=True)


def _set(topic: Subject, by: Person, at: datetime, *, muted: bool) -> Follow:
    found, _ = Follow.objects.update_or_create(
        person=by, topic_kind=topic.kind, topic_id=topic.id, defaults={"muted": muted, "at": at}
    )
    return found


def mark_read(*, by: Person, at: datetime, topic: Subject | None = None) -> int:
    """Everything under one topic, or everything there is; how many."""
    unread = Notification.objects.filter(person=by, read_at__isnull=True)
    if topic is not None:
        unread = unread.filter(topic_kind=topic.kind, topic_id=topic.id)
    return unread.update(read_at=at)


@transaction.atomic
def set_preference(
    *,
    by: Person,
    at: datetime,
    email: str,
    by_email: bool,
    by_sms: bool,
    hour: int | None,
    at_once: Collection[str],
    language: str,
    confirm: str = "",
) -> Preference:
    """Keep how to be told. A new e-mail address is used only once the link sent to it was opened. Raises Invalid.

    `confirm` is the address that link is put behind.
    """
    _check(by, email, by_email, by_sms, hour, at_once)
    wish, _ = Preference.objects.select_for_update().get_or_create(person=by)
    changed = wish.email.open() != email
    wish.by_email, wish.by_sms, wish.hour = by_email, by_sms, hour
    wish.at_once, wish.language = sorted(at_once), language
    if changed:
        wish.email, wish.email_proved_at = email, None
    wish.save()
    if changed and email:
        _ask_to_prove(wish, email, at, confirm)
    return wish


def _check(by: Person, email: str, by_email: bool, by_sms: bool, hour: int | None, at_once: Collection[str]) -> None:
    fields: dict[str, Text] = {}
    if email:
        try:
            validate_email(email)
        except ValidationError:
            fields["email"] = Text("邮箱地址不对，请核对。", "This is no e-mail address.")
    elif by_email:
        fields["email"] = Text("请填邮箱地址。", "Give an e-mail address.")
    if by_sms and by.phone_proved_at is None:
        fields["by_sms"] = Text(
            "用手机验证码登录过一次，才能用短信通知。", "Sign in by a code on your phone once to be told by message."
        )
    if hour is not None and not 0 <= hour <= 23:
        fields["hour"] = Text("请选一个钟点。", "Choose an hour.")
    if not set(at_once) <= set(AT_ONCE):
        fields["at_once"] = Text("没有这一项。", "There is no such kind.")
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)


def _ask_to_prove(wish: Preference, email: str, at: datetime, confirm: str) -> None:
    token = signing.dumps([str(wish.pk), email], salt=_PROVE)
    body = f"请打开下面的链接，确认用这个邮箱接收通知（三天内有效）：\n{confirm}{token}/\n没有登记过的请不用理会。"
    Delivery.objects.create(
        channel="email",
        person=wish.person,
        key=f"prove:{wish.pk}:{at.timestamp()}",
        to=email,
        title="确认接收通知的邮箱",
        body=body,
        made_at=at,
        next_try_at=at,
    )


@transaction.atomic
def prove_email(*, token: str, at: datetime) -> Preference:
    """The link was opened: this address is theirs. Raises NotFound for a link that is old or not ours."""
    try:
        key, email = signing.loads(token, salt=_PROVE, max_age=_PROVE_LASTS)
    except (signing.BadSignature, ValueError):
        raise NotFound from None
    wish = Preference.objects.select_for_update().filter(pk=key).first()
    if wish is None or wish.email.open() != email:
        raise NotFound
    wish.email_proved_at = wish.email_proved_at or at
    wish.save(update_fields=["email_proved_at"])
    return wish


def person_of_stop(token: str) -> UUID:
    """Whose messages a link ends. Raises NotFound."""
    try:
        return UUID(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError):
        raise NotFound from None


@transaction.atomic
def stop_messages(*, token: str, at: datetime) -> None:
    """End every message outside the pages; what waits is not sent. Raises NotFound. Twice is once."""
    key = person_of_stop(token)
    Preference.objects.filter(pk=key).update(by_email=False, by_sms=False)
    Delivery.objects.filter(person=key, next_try_at__isnull=False).delete()
