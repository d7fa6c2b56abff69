"""Signing in with a code sent to the phone."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from linli.records.people import limits
from linli.records.people.models import Person, PhoneCode, PhoneGate, SmsDay
from linli.records.people.phones import mobile_phone, phone_index
from linli.records.people.sealed import blind_index
from linli.records.people.services.residents import resident_with_phone
from linli.records.people.sms import SmsFailed, adapter
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text

_DAILY_BUDGET = 5_000


def request_code(*, phone: str, at: datetime, ip: str, bound_to: str = "") -> None:
    """Send a code to a mobile phone. What happens, and what is answered, is the same for a known and an unknown number.

    `bound_to` ties the code to the browser that asked: pass the same random text of the session to `redeem_code`.
    Raises Invalid (no mobile number) and Refused (too many, the day's budget is spent, or the message did not leave).
    """
    number = mobile_phone(phone)
    # The message leaves after the code is kept: a code nobody can redeem is worse than a message that comes late.
    code = _make_code(number, at, ip, bound_to)
    minutes = limits.CODE_LASTS // timedelta(minutes=1)
    try:
        adapter().send(number, f"【邻里】登录验证码 {code}，{minutes} 分钟内有效。没有在登录请不用理会，不要告诉别人。", at)
    except SmsFailed as error:
        raise Refused(
            Text(
                "短信暂时发不出去。请过几分钟再试，或用纸上的户码登录。",
                "The message could not be sent. Try again in a few minutes, or use the household code on paper.",
            )
        ) from error


def redeem_code(*, phone: str, code: str, at: datetime, bound_to: str = "") -> Person:
    """The resident who holds this phone; created at the first sign-in. A code serves once. Raises Invalid, Refused."""
    index = phone_index(mobile_phone(phone))
    # The try is committed by itself: a refusal must not take back that somebody guessed.
    if not _use_code(index, code.strip(), at, bound_to):
        wrong = Text(
            "验证码不对或已过期。请核对短信，或重新获取。",
            "The code is wrong or has run out. Compare it with the message, or ask for a new one.",
        )
        raise Invalid(wrong, fields={"code": wrong})
    return resident_with_phone(phone=mobile_phone(phone), at=at)


@transaction.atomic
def _make_code(number: str, at: datetime, ip: str, bound_to: str) -> str:
    index, address = phone_index(number), blind_index(ip, "address")
    _check_pace(index, address, at)
    spend_message(at)
    PhoneCode.objects.filter(phone_index=index, closed_at__isnull=True).update(closed_at=at)
    code, request = f"{secrets.randbelow(10**limits.CODE_DIGITS):0{limits.CODE_DIGITS}d}", secrets.token_hex(16)
    PhoneCode.objects.create(
        phone_index=index,
        address_index=address,
        request=request,
        digest=_digest(request, index, bound_to, code),
        asked_at=at,
        expires_at=at + limits.CODE_LASTS,
    )
    return code


def _check_pace(index: str, address: str, at: datetime) -> None:
    PhoneGate.objects.bulk_create([PhoneGate(phone_index=index)], ignore_conflicts=True)
    PhoneGate.objects.select_for_update().get(pk=index)
    for length, most in limits.PER_PHONE:
        if PhoneCode.objects.filter(phone_index=index, asked_at__gt=at - length).count() >= most:
            raise Refused(_wait(length))
    for length, most in limits.PER_ADDRESS if address else ():
        if PhoneCode.objects.filter(address_index=address, asked_at__gt=at - length).count() >= most:
            raise Refused(_wait(length))


def spend_message(at: datetime) -> None:
    """One message of the day's budget, counted in the database so that no race spends it twice. Raises Refused."""
    day = day_in_china(at)
    SmsDay.objects.bulk_create([SmsDay(day=day)], ignore_conflicts=True)
    budget = getattr(settings, "SMS_DAILY_BUDGET", _DAILY_BUDGET)
    if not SmsDay.objects.filter(day=day, sent__lt=budget).update(sent=F("sent") + 1):
        raise Refused(
            Text(
                "今天的短信已经用完。请用纸上的户码登录，或到社区办理。",
                "Today's messages are used up. Use the household code on paper, or come to the community.",
            )
        )


@transaction.atomic
def _use_code(index: str, code: str, at: datetime, bound_to: str) -> bool:
    sent = PhoneCode.objects.select_for_update().filter(phone_index=index, closed_at__isnull=True, expires_at__gt=at).last()
    if sent is None or sent.tries >= limits.CODE_TRIES:
        return False
    sent.tries += 1
    right = hmac.compare_digest(sent.digest, _digest(sent.request, index, bound_to, code))
    if right or sent.tries >= limits.CODE_TRIES:
        sent.closed_at = at
    sent.save(update_fields=["tries", "closed_at"])
    return right


def _digest(request: str, index: str, bound_to: str, code: str) -> str:
    text = "\n".join((request, index, hashlib.sha256(bound_to.encode()).hexdigest(), code))
    return blind_index(text, "phone code")


def _wait(length: timedelta) -> Text:
    if length <= timedelta(minutes=1):
        return Text("刚刚发过一条，请等 60 秒再试。", "One was sent just now; please wait 60 seconds.")
    if length <= timedelta(hours=1):
        return Text("这一小时要了太多次，请过一小时再试。", "Too many in this hour; please try again in an hour.")
    return Text("今天要了太多次，请明天再试，或用户码登录。", "Too many today; try again tomorrow, or use the household code.")
