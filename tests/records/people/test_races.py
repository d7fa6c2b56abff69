"""Many at once: the limits of sign-in hold, and an office is given once. On the database that lets many write at once."""

import threading
from datetime import date

import pytest
from django.db import connection, connections
from django.test import override_settings

from linli.records.people.models import Household, OfficeHeld, OutboxMessage, Person, PhoneCode, SmsDay
from linli.records.people.services import appoint, redeem_code, register_household, request_code
from linli.rules.plain.refusals import Invalid, Refused
from tests.records.people.world import AT, TODAY, person, place

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads on one in-memory SQLite database share its connection"),
    pytest.mark.django_db(transaction=True),
]
PHONE, MANY = "13800138000", 16


@pytest.fixture(autouse=True)
def nanshan(transactional_db):
    from tests.records.people import world

    world.nanshan()


def at_once(act):
    """Runs act(number) in many threads; returns how many were turned down. Anything else that is raised fails the test."""
    turned_down, broken = [], []

    def run(number):
        try:
            act(number)
        except (Refused, Invalid):
            turned_down.append(number)
        except Exception as error:
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return len(turned_down)


def test_one_phone_gets_one_code_however_many_ask_at_once():
    assert at_once(lambda _: request_code(phone=PHONE, at=AT, ip="")) == MANY - 1
    assert (PhoneCode.objects.count(), OutboxMessage.objects.count()) == (1, 1)


@override_settings(SMS_DAILY_BUDGET=5)
def test_the_days_budget_is_not_overspent():
    assert at_once(lambda number: request_code(phone=f"138{number:08d}", at=AT, ip="")) == MANY - 5
    assert SmsDay.objects.get(day=TODAY).sent == 5
    assert OutboxMessage.objects.count() == 5


def test_many_guesses_at_once_are_five_guesses():
    request_code(phone=PHONE, at=AT, ip="")
    right = OutboxMessage.objects.get().text.open().split("码 ")[1][:6]
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert at_once(lambda _: redeem_code(phone=PHONE, code=wrong, at=AT)) == MANY
    assert PhoneCode.objects.get().tries == 5


def test_a_code_opens_once_however_many_hold_it():
    request_code(phone=PHONE, at=AT, ip="")
    right = OutboxMessage.objects.get().text.open().split("码 ")[1][:6]
    assert at_once(lambda _: redeem_code(phone=PHONE, code=right, at=AT)) == MANY - 1
    assert Person.objects.count() == 1


def test_an_office_is_given_once():
    clerk = person("演示·书记", "staff")

    def give(_):
        appoint(person=clerk, office="party_committee", place=place(), since=date(2021, 1, 1), by=None, at=AT)

    assert at_once(give) == MANY - 1
    assert OfficeHeld.objects.count() == 1


def test_a_label_is_given_to_one_household():
    clerk = person("演示·书记", "staff")
    appoint(person=clerk, office="party_committee", place=place(), since=date(2021, 1, 1), by=None, at=AT)

    def enter(_):
        register_household(place=place(), label="3-502", address="演示", since=date(2021, 1, 1), by=clerk, at=AT)

    assert at_once(enter) == MANY - 1
    assert Household.objects.count() == 1
