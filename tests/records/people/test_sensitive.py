"""What is sensitive about a household opens for the exact office, with a reason, and on record each time."""

from datetime import date, timedelta

import pytest
from django.db import connection

from linli.records.people import selectors
from linli.records.people.fields import Secret
from linli.records.people.models import Household, Organisation, Person, SensitiveReading
from linli.records.people.phones import phone_index
from linli.records.people.sealed import SealBroken, seal, unseal
from linli.records.people.services import (
    end_priority,
    enter_roll,
    leave_roll,
    mark_priority,
    read_sensitive,
    register_household,
    register_person,
)
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.people.world import AT, COMMUNITY, OTHER, TODAY, officer, person, place

ADDRESS, DETAIL, PHONE = "演示路 8 号 402", "演示：独居", "13800138000"
REASON = "入户走访前核对住址"


@pytest.fixture
def clerk():
    return officer("party_committee")


@pytest.fixture
def household(clerk):
    made = register_household(
        place=place(), label="演示-001", address=ADDRESS, since=date(2021, 1, 1), by=clerk, at=AT, demonstration=True
    )
    member = register_person(name="演示·王", kind="resident", by=clerk, at=AT, home=place(), phone=PHONE, demonstration=True)
    enter_roll(person=member, place=place(), since=date(2021, 1, 1), by=clerk, at=AT, household=made)
    mark_priority(household=made, group="elderly_advanced", since=date(2021, 1, 1), by=clerk, at=AT, detail=DETAIL)
    return made


def read(household, by, reason=REASON, at=AT):
    return read_sensitive(household=household, by=by, reason=reason, at=at)


def test_the_communitys_own_office_reads_with_a_reason(household, clerk):
    view = read(household, clerk)
    assert view.address == ADDRESS
    assert view.groups == (("elderly_advanced", date(2021, 1, 1), DETAIL),)
    assert view.members == (("演示·王", PHONE),)


def test_every_reading_is_sealed_with_who_when_and_why_and_no_personal_data(household, clerk):
    read(household, clerk)
    event = events_of(household.subject).last()
    assert (event.kind, event.by, event.at, event.stream) == ("household.sensitive_read", clerk.ref, AT, COMMUNITY)
    assert event.data == {"household": household.ref, "reason": REASON, "in_bulk": False, "within_the_hour": 1}
    for text in (ADDRESS, DETAIL, PHONE, "演示·王"):
        assert text.encode() not in bytes(event.body)


@pytest.mark.parametrize(
    ("office", "code"),
    [
        ("working_committee", "440305001"),
        ("party_committee", "440305"),
        ("party_committee", OTHER),
        ("residents_committee", OTHER),
        ("service_centre", COMMUNITY),
    ],
)
def test_above_beside_and_other_offices_may_not(household, office, code):
    with pytest.raises(NotAllowed):
        read(household, officer(office, code))
    assert not SensitiveReading.objects.exists()


def test_an_office_that_has_ended_reads_no_more(household):
    former = officer("residents_committee", until=TODAY)
    assert read(household, former)
    with pytest.raises(NotAllowed):
        read(household, former, at=AT + timedelta(days=1))


@pytest.mark.parametrize("reason", ["", "      ", "看一下", "看 一 下"])
def test_a_reason_of_a_word_is_no_reason(household, clerk, reason):
    with pytest.raises(Invalid) as refused:
        read(household, clerk, reason)
    assert "reason" in refused.value.fields
    assert not SensitiveReading.objects.exists()
    assert "household.sensitive_read" not in [event.kind for event in events_of(household.subject)]


def test_reading_more_than_fifty_in_an_hour_is_flagged(household, clerk):
    SensitiveReading.objects.bulk_create(
        SensitiveReading(household=household, by=clerk, reason=REASON, at=AT - timedelta(minutes=30)) for _ in range(49)
    )
    read(household, clerk)
    assert events_of(household.subject).last().data["in_bulk"] is False
    read(household, clerk)
    assert events_of(household.subject).last().data["in_bulk"] is True
    read(household, clerk, at=AT + timedelta(hours=1))
    assert events_of(household.subject).last().data["in_bulk"] is False


def test_lists_never_carry_what_is_sensitive(household):
    for row in [*selectors.households(place(), TODAY), *selectors.priority_households(place(), TODAY)]:
        assert "address" in row.get_deferred_fields()
    [line] = selectors.roll(place(), TODAY)
    assert "phone" in line.person.get_deferred_fields()
    assert selectors.priority_groups(place("440305"), TODAY) == {"elderly_advanced": 1}


def test_a_sensitive_value_shows_as_dots_until_it_is_opened(household):
    row = Household.objects.get(pk=household.pk)
    assert (str(row.address), f"{row.address}", repr(row.address)) == ("••••", "••••", "<Secret>")
    assert isinstance(row.address, Secret)
    assert row.address.open() == ADDRESS
    row.save()
    assert Household.objects.get(pk=household.pk).address.open() == ADDRESS


def test_a_fresh_row_behaves_like_a_stored_one():
    assert str(Household(address=ADDRESS).address) == "••••"
    assert str(Household().address) == ""
    assert not Household().address


def test_nothing_sensitive_stands_readable_in_the_database(household):
    with connection.cursor() as cursor:
        for table in ("people_household", "people_priorityhousehold", "people_person"):
            cursor.execute(f"SELECT * FROM {table}")
            stored = str(cursor.fetchall())
            for text in (ADDRESS, DETAIL, PHONE):
                assert text not in stored


def test_a_sealed_value_does_not_open_in_another_column_or_when_changed(household):
    token = seal(ADDRESS, "people_household.address")
    assert unseal(token, "people_household.address") == ADDRESS
    with pytest.raises(SealBroken):
        unseal(token, "people_person.phone")
    with pytest.raises(SealBroken):
        unseal(token[:-6] + "AAAAA=", "people_household.address")


def test_a_new_key_reads_what_the_old_one_sealed(settings):
    settings.FIELD_KEY = "old"
    token, index = seal(ADDRESS, "a.b"), phone_index(PHONE)
    settings.FIELD_KEY = "new,old"
    assert unseal(token, "a.b") == ADDRESS
    assert phone_index(PHONE) == index
    renewed = seal(ADDRESS, "a.b")
    settings.FIELD_KEY = "new"
    assert unseal(renewed, "a.b") == ADDRESS
    with pytest.raises(SealBroken):
        unseal(token, "a.b")


def test_a_sealed_field_cannot_be_searched(household):
    from django.core.exceptions import FieldError

    with pytest.raises(FieldError):
        Household.objects.filter(address__contains="演示").exists()
    assert not Household.objects.filter(address=ADDRESS).exists()


def test_a_household_is_no_longer_first_the_day_after_its_last(household, clerk):
    end_priority(priority=household.priorities.get(), until=TODAY, by=clerk, at=AT)
    assert list(selectors.priority_households(place(), TODAY)) == [household]
    assert list(selectors.priority_households(place(), date(2021, 4, 9))) == []


def test_whoever_moves_away_is_off_the_roll_the_next_day(household, clerk):
    [line] = selectors.roll(place(), TODAY)
    leave_roll(residency=line, until=TODAY, by=clerk, at=AT)
    assert selectors.roll(place(), TODAY).count() == 1
    assert selectors.roll(place(), date(2021, 4, 9)).count() == 0
    assert selectors.household_of(line.person_id, place(), TODAY) == household
    assert selectors.household_of(line.person_id, place(), date(2021, 4, 9)) is None


def test_the_roll_is_kept_by_the_community_alone(household):
    above = officer("working_committee", "440305001")
    with pytest.raises(NotAllowed):
        enter_roll(person=person(), place=place(), since=TODAY, by=above, at=AT)


def test_nobody_is_on_the_roll_twice_and_no_label_is_given_twice(household, clerk):
    [line] = selectors.roll(place(), TODAY)
    with pytest.raises(Refused):
        enter_roll(person=line.person, place=place(), since=TODAY, by=clerk, at=AT)
    with pytest.raises(Refused):
        register_household(place=place(), label="演示-001", address="", since=TODAY, by=clerk, at=AT)
    with pytest.raises(Refused):
        mark_priority(household=household, group="elderly_advanced", since=TODAY, by=clerk, at=AT)
    assert (Household.objects.count(), Person.objects.filter(kind="resident").count()) == (1, 1)


def test_households_are_kept_at_communities(clerk):
    with pytest.raises(Refused, match="社区"):
        register_household(place=place("440305001"), label="x", address="", since=TODAY, by=clerk, at=AT)


def test_an_organisations_phone_is_sealed_too():
    made = Organisation.objects.create(name="演示公司", kind="supplier", phone=PHONE, phone_index=phone_index(PHONE))
    assert Organisation.objects.get(pk=made.pk).phone.open() == PHONE
