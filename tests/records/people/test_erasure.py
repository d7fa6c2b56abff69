"""A person can be forgotten; the sealed chain stays whole."""

from datetime import date, timedelta

import pytest

from linli.records.people.models import Household, Interest, OfficeHeld, OutboxMessage, Person, PhoneCode
from linli.records.people.selectors import actor_for, on_roll
from linli.records.people.services import (
    enter_roll,
    erase_person,
    issue_household_codes,
    redeem_code,
    redeem_household_code,
    register_household,
    register_person,
    request_code,
)
from linli.records.trail.models import Event, Opening
from linli.records.trail.selectors import opens
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.proof.digests import NOTHING, linked
from tests.records.people.world import AT, COMMUNITY, OTHER, TODAY, officer, person, place

PHONE = "13800138000"


@pytest.fixture
def clerk():
    return officer("residents_committee")


@pytest.fixture
def resident(clerk):
    made = register_person(name="演示·王", kind="resident", by=clerk, at=AT, home=place(), phone=PHONE)
    home = register_household(place=place(), label="演示-001", address="演示路 8 号", since=TODAY, by=clerk, at=AT)
    enter_roll(person=made, place=place(), since=TODAY, by=clerk, at=AT, household=home)
    request_code(phone=PHONE, at=AT, ip="")
    return made


def erase(resident, by, reason="本人申请", at=AT):
    return erase_person(person=resident, by=by, at=at, reason=reason)


def chain_holds():
    head = NOTHING
    for event in Event.objects.filter(stream=COMMUNITY).order_by("seq"):
        head = linked(head, bytes(event.body))
        assert head == event.digests
    return True


def test_name_phone_and_address_are_gone(resident, clerk):
    gone = erase(resident, clerk)
    gone.refresh_from_db()
    assert (gone.name, gone.phone.open(), gone.phone_index, gone.home, gone.erased_at) == ("（已删除）", "", "", None, AT)
    assert Household.objects.get().address.open() == ""
    assert not PhoneCode.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_what_was_sealed_about_the_person_opens_no_more_and_the_chain_holds(resident, clerk):
    registered = Event.objects.get(kind="person.registered")
    assert opens(registered, "name", "演示·王")
    erase(resident, clerk)
    assert not opens(registered, "name", "演示·王")
    assert not Opening.objects.filter(event__subject_id=str(resident.pk)).exists()
    assert chain_holds()
    assert Event.objects.order_by("id").last().kind == "person.erased"


def test_an_address_others_live_at_stays(resident, clerk):
    home = Household.objects.get()
    enter_roll(person=person("演示·同住"), place=place(), since=TODAY, by=clerk, at=AT, household=home)
    erase(resident, clerk)
    assert Household.objects.get().address.open() == "演示路 8 号"


def test_an_erased_person_cannot_sign_in_and_is_nobody(resident, clerk):
    request_code(phone=PHONE, at=AT + timedelta(minutes=2), ip="")
    erase(resident, clerk)
    with pytest.raises(Invalid):
        redeem_code(phone=PHONE, code="000000", at=AT)
    resident.refresh_from_db()
    assert actor_for(resident, place(), TODAY).person == "anonymous"
    assert not on_roll(resident, place(), date(2021, 4, 9))


def test_a_paper_code_of_an_erased_person_stops(clerk):
    home = register_household(place=place(), label="演示-002", address="演示路", since=TODAY, by=clerk, at=AT)
    [printed] = issue_household_codes(place=place(), households=[home], by=clerk, at=AT)
    resident = redeem_household_code(code=printed.code, at=AT)
    erase(resident, resident)
    resident.account.refresh_from_db()
    assert (resident.account.is_active, resident.account.has_usable_password()) == (False, False)
    with pytest.raises(Invalid):
        redeem_household_code(code=printed.code, at=AT)
    [fresh] = issue_household_codes(place=place(), households=[home], by=clerk, at=AT)
    assert redeem_household_code(code=fresh.code, at=AT) != resident


def test_notes_about_the_person_go_too(resident, clerk):
    tie = {"kind": "kin", "since": TODAY, "declared_by": clerk, "declared_at": AT}
    Interest.objects.create(person=resident, other_person=clerk, note="演示：表兄", **tie)
    Interest.objects.create(person=clerk, other_person=resident, note="演示：表弟", **tie)
    erase(resident, clerk)
    assert [interest.note.open() for interest in Interest.objects.all()] == ["", ""]


def test_only_the_person_or_the_own_community_may(resident):
    for stranger in (officer("residents_committee", OTHER), officer("working_committee", "440305001"), person("演示·路人")):
        with pytest.raises(NotAllowed):
            erase(resident, stranger)
    resident.refresh_from_db()
    assert (resident.name, resident.erased_at) == ("演示·王", None)
    assert erase(resident, resident).erased_at == AT


def test_whoever_is_in_office_leaves_office_first(resident, clerk):
    held = OfficeHeld.objects.create(person=resident, office="council", place=place(), since=TODAY)
    with pytest.raises(Refused, match="离任"):
        erase(resident, clerk)
    OfficeHeld.objects.filter(pk=held.pk).update(until=TODAY)
    with pytest.raises(Refused):
        erase(resident, clerk)
    assert erase(resident, clerk, at=AT + timedelta(days=1)).erased_at


def test_a_reason_is_needed_and_once_is_enough(resident, clerk):
    with pytest.raises(Invalid):
        erase(resident, clerk, reason=" ")
    erase(resident, clerk)
    with pytest.raises(Refused):
        erase(resident, clerk)
    assert Person.objects.filter(erased_at__isnull=False).count() == 1
