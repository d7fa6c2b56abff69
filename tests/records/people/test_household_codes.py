"""A household signs in with a code printed on paper."""

import re
from datetime import date

import pytest
from django.db import connection

from linli.records.people.models import Household, HouseholdCode, Person
from linli.records.people.selectors import on_roll
from linli.records.people.services import issue_household_codes, redeem_household_code, revoke_household_code
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.people.world import AT, OTHER, TODAY, officer, place


def household(label="演示-001", code=None):
    where = {"place_id": code} if code else {"place": place()}
    return Household.objects.create(label=label, since=date(2021, 1, 1), demonstration=True, **where)


def issue(*households, by=None):
    return issue_household_codes(place=place(), households=households, by=by or officer("residents_committee"), at=AT)


def test_a_code_has_four_groups_without_letters_that_look_alike():
    [printed] = issue(household())
    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}", printed.code)
    assert not set(printed.code) & set("01ILO")


def test_the_first_use_makes_a_resident_on_the_roll_and_the_next_finds_the_same():
    home = household()
    [printed] = issue(home)
    resident = redeem_household_code(code=printed.code, at=AT)
    assert (resident.kind, resident.demonstration) == ("resident", True)
    assert on_roll(resident, place(), TODAY)
    assert redeem_household_code(code=printed.code, at=AT) == resident
    assert not resident.account.has_usable_password()


def test_small_letters_and_missing_hyphens_are_understood():
    [printed] = issue(household())
    assert redeem_household_code(code=f" {printed.code.lower().replace('-', ' ')} ", at=AT)


@pytest.mark.parametrize("code", ["", "----", "7F3K-92MQ-7F3K-92MQ"])
def test_a_wrong_code_is_refused(code):
    issue(household())
    with pytest.raises(Invalid):
        redeem_household_code(code=code, at=AT)
    assert not Person.objects.filter(kind="resident").exists()


def test_a_code_is_readable_once_and_never_in_the_database():
    [printed] = issue(household())
    assert printed.code not in repr(printed)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_householdcode")
        stored = str(cursor.fetchall())
    assert printed.code not in stored
    assert printed.code.replace("-", "") not in stored


def test_a_new_code_stops_the_old_one_and_stays_the_same_resident():
    home = household()
    [old] = issue(home)
    resident = redeem_household_code(code=old.code, at=AT)
    [new] = issue(home)
    with pytest.raises(Invalid):
        redeem_household_code(code=old.code, at=AT)
    assert redeem_household_code(code=new.code, at=AT) == resident


def test_a_lost_code_is_revoked():
    home, clerk = household(), officer("residents_committee")
    [printed] = issue(home, by=clerk)
    revoke_household_code(household=home, by=clerk, at=AT)
    with pytest.raises(Invalid):
        redeem_household_code(code=printed.code, at=AT)


def test_a_household_that_has_gone_signs_in_no_more():
    home = household()
    [printed] = issue(home)
    Household.objects.filter(pk=home.pk).update(until=date(2021, 4, 7))
    with pytest.raises(Invalid):
        redeem_household_code(code=printed.code, at=AT)


def test_only_the_community_issues_codes_and_only_for_its_own_households():
    home = household()
    for stranger in (officer("working_committee", "440305001"), officer("party_committee", OTHER)):
        with pytest.raises(NotAllowed):
            issue(home, by=stranger)
    with pytest.raises(Refused):
        issue(home, household("演示-002", OTHER))
    assert not HouseholdCode.objects.exists()


def test_issuing_is_sealed_by_number_alone():
    issue(household("演示-001"), household("演示-002"))
    event = events_of(place().subject).last()
    assert (event.kind, event.data["households"], event.data["replaced"]) == ("household.codes_issued", 2, 0)
