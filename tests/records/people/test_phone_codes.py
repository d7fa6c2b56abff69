"""A resident signs in with a code sent to the phone. Every limit from both sides."""

import re
from datetime import timedelta

import pytest
from django.test import override_settings

from linli.records.people.models import OutboxMessage, Person, PhoneCode, SmsDay
from linli.records.people.phones import masked, phone_index
from linli.records.people.services import redeem_code, request_code
from linli.rules.plain.refusals import Invalid, Refused
from tests.records.people.world import AT, TODAY, officer, person

PHONE = "13800138000"
SECOND = timedelta(seconds=1)


def ask(phone=PHONE, at=AT, ip="10.0.0.1", **more):
    request_code(phone=phone, at=at, ip=ip, **more)


def received(phone=PHONE):
    text = OutboxMessage.objects.filter(phone_index=phone_index(phone)).first().text.open()
    return re.search(r"\d{6}", text).group()


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_first_sign_in_makes_a_resident_and_the_next_finds_the_same():
    ask()
    first = redeem_code(phone="+86 138-0013-8000", code=received(), at=AT)
    assert (first.kind, first.phone_proved_at) == ("resident", AT)
    assert not first.account.has_usable_password()
    later = AT + timedelta(days=1)
    ask(at=later)
    assert redeem_code(phone=PHONE, code=received(), at=later) == first
    assert Person.objects.count() == 1


def test_a_resident_the_desk_entered_with_this_phone_is_that_resident():
    known = person()
    Person.objects.filter(pk=known.pk).update(phone_index=phone_index(PHONE))
    ask()
    assert redeem_code(phone=PHONE, code=received(), at=AT) == known


def test_a_phone_code_never_opens_a_staff_account():
    clerk = officer("party_committee")
    Person.objects.filter(pk=clerk.pk).update(phone_index=phone_index(PHONE))
    ask()
    newcomer = redeem_code(phone=PHONE, code=received(), at=AT)
    assert newcomer != clerk
    assert newcomer.kind == "resident"


def test_two_residents_with_one_phone_are_not_mixed_up():
    for name in ("演示·甲", "演示·乙"):
        Person.objects.filter(pk=person(name).pk).update(phone_index=phone_index(PHONE))
    ask()
    assert redeem_code(phone=PHONE, code=received(), at=AT).name == "居民"


def test_a_code_lasts_five_minutes():
    ask()
    with pytest.raises(Invalid, match="过期"):
        redeem_code(phone=PHONE, code=received(), at=AT + timedelta(minutes=5))
    assert redeem_code(phone=PHONE, code=received(), at=AT + timedelta(minutes=5) - SECOND)


def test_a_code_serves_once():
    ask()
    redeem_code(phone=PHONE, code=received(), at=AT)
    with pytest.raises(Invalid):
        redeem_code(phone=PHONE, code=received(), at=AT)


def test_the_fifth_try_may_be_right():
    ask()
    for _ in range(4):
        with pytest.raises(Invalid):
            redeem_code(phone=PHONE, code=wrong(received()), at=AT)
    assert redeem_code(phone=PHONE, code=received(), at=AT)


def test_after_five_wrong_tries_the_right_code_is_no_use():
    ask()
    for _ in range(5):
        with pytest.raises(Invalid):
            redeem_code(phone=PHONE, code=wrong(received()), at=AT)
    with pytest.raises(Invalid):
        redeem_code(phone=PHONE, code=received(), at=AT)
    assert not Person.objects.exists()


def test_a_newer_code_replaces_the_older():
    ask()
    older = received()
    ask(at=AT + timedelta(seconds=60))
    newer = received()
    if older != newer:
        with pytest.raises(Invalid):
            redeem_code(phone=PHONE, code=older, at=AT + timedelta(seconds=61))
    assert redeem_code(phone=PHONE, code=newer, at=AT + timedelta(seconds=61))


def test_a_code_serves_only_the_phone_and_the_browser_that_asked():
    ask(bound_to="session-a")
    with pytest.raises(Invalid):
        redeem_code(phone="13900139000", code=received(), at=AT, bound_to="session-a")
    with pytest.raises(Invalid):
        redeem_code(phone=PHONE, code=received(), at=AT, bound_to="session-b")
    assert redeem_code(phone=PHONE, code=received(), at=AT, bound_to="session-a")


def test_one_code_in_sixty_seconds():
    ask()
    with pytest.raises(Refused, match="60 秒"):
        ask(at=AT + timedelta(seconds=59))
    assert OutboxMessage.objects.count() == 1
    ask(at=AT + timedelta(seconds=60))
    assert OutboxMessage.objects.count() == 2


def test_five_codes_in_an_hour():
    for number in range(5):
        ask(at=AT + timedelta(minutes=10 * number))
    with pytest.raises(Refused, match="一小时"):
        ask(at=AT + timedelta(minutes=60) - SECOND)
    ask(at=AT + timedelta(minutes=60))
    assert OutboxMessage.objects.count() == 6


def test_ten_codes_in_a_day():
    for number in range(10):
        ask(at=AT + timedelta(hours=2 * number))
    with pytest.raises(Refused, match="明天"):
        ask(at=AT + timedelta(hours=24) - SECOND)
    ask(at=AT + timedelta(hours=24))
    assert PhoneCode.objects.count() == 11


def test_one_network_address_asks_for_thirty_phones_in_an_hour():
    for number in range(30):
        ask(phone=f"138{number:08d}")
    with pytest.raises(Refused):
        ask(phone="13900000000")
    ask(phone="13900000000", ip="10.0.0.2")


def test_a_known_and_an_unknown_number_are_answered_alike():
    ask()
    redeem_code(phone=PHONE, code=received(), at=AT)
    later = AT + timedelta(hours=1)
    assert ask(phone=PHONE, at=later) is None
    assert ask(phone="13900139000", at=later) is None
    known, unknown = (OutboxMessage.objects.get(phone_index=phone_index(phone), at=later) for phone in (PHONE, "13900139000"))
    assert re.sub(r"\d{6}", "", known.text.open()) == re.sub(r"\d{6}", "", unknown.text.open())


@pytest.mark.parametrize("phone", ["", "138001380", "23800138000", "0755-26000000", "abc"])
def test_what_is_no_mobile_number_is_told_so(phone):
    with pytest.raises(Invalid):
        ask(phone=phone)
    assert not OutboxMessage.objects.exists()


def test_full_width_digits_are_digits():
    ask(phone="１３８００１３８０００")
    assert received(PHONE)


@override_settings(SMS_DAILY_BUDGET=2)
def test_the_days_budget_of_messages_is_a_breaker():
    ask(phone="13800000001")
    ask(phone="13800000002")
    with pytest.raises(Refused, match="户码"):
        ask(phone="13800000003")
    assert SmsDay.objects.get(day=TODAY).sent == 2
    ask(phone="13800000003", at=AT + timedelta(days=1))


def test_neither_code_nor_phone_stands_readable_in_the_database():
    from django.db import connection

    ask()
    code = received()
    with connection.cursor() as cursor:
        for table in ("people_phonecode", "people_outboxmessage", "people_person"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str(cursor.fetchall())
            assert PHONE not in stored
            assert f"'{code}'" not in stored
            assert f"码 {code}" not in stored


@pytest.mark.parametrize(("number", "shown"), [("13800138000", "138****8000"), ("1380", "****"), ("", "****")])
def test_a_number_is_shown_masked_and_a_short_one_not_at_all(number, shown):
    assert masked(number) == shown
