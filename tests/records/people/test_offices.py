"""Power comes from an office at an exact place, and lasts as long as the office."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.records.people import selectors
from linli.records.people.access import Permission, looked_over, may, require
from linli.records.people.models import OfficeHeld, Residency
from linli.records.people.services import appoint, end_office
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.records.people.world import AT, COMMUNITY, OTHER, TODAY, officer, person, place

VERIFY = Permission("verify_need", offices=("community.party_committee",))
READ = Permission("read_need", offices=("community.party_committee",), read_above=True)


def appointed(holder, office="party_committee", code=COMMUNITY, since=date(2021, 1, 1), by=None, until=None):
    return appoint(person=holder, office=office, place=place(code), since=since, by=by, at=AT, until=until, document="任职文件")


def test_an_actor_carries_the_offices_on_the_line_of_the_place():
    clerk = person("演示·书记", "staff")
    appointed(clerk)
    appointed(clerk, "working_committee", "440305001")
    offices = selectors.actor_for(clerk, place(), TODAY).offices
    assert {office for office in offices if not office.endswith(".anyone")} == {
        "community.party_committee",
        "subdistrict.working_committee",
    }
    assert selectors.actor_for(clerk, place(), TODAY).person == clerk.ref


def test_everybody_is_anyone_signed_in_or_not():
    anyone = {f"{level}.anyone" for level in ("province", "city", "district", "subdistrict", "community")}
    assert selectors.actor_for(None, place(), TODAY).offices == anyone
    assert selectors.actor_for(None, place(), TODAY).person == "anonymous"
    assert selectors.actor_for(person(), place(), TODAY).offices == anyone


def test_a_resident_is_a_resident_of_the_own_community_only():
    resident = person()
    Residency.objects.create(person=resident, place=place(), since=date(2020, 1, 1), until=TODAY)
    assert "community.resident" in selectors.actor_for(resident, place(), TODAY).offices
    assert "community.resident" not in selectors.actor_for(resident, place(OTHER), TODAY).offices
    assert "community.resident" not in selectors.actor_for(resident, place(), date(2021, 4, 9)).offices


def test_the_community_clerk_may_act():
    assert may(officer("party_committee"), VERIFY, place(), TODAY)


def test_another_communitys_clerk_may_neither_act_nor_read():
    clerk = officer("party_committee", OTHER)
    assert not may(clerk, VERIFY, place(), TODAY)
    assert not may(clerk, READ, place(), TODAY)


def test_a_subdistrict_officer_may_read_but_not_act_in_a_community():
    above = officer("working_committee", "440305001")
    assert may(above, READ, place(), TODAY)
    assert not may(above, VERIFY, place(), TODAY)
    with pytest.raises(NotAllowed, match="南头城社区"):
        require(above, VERIFY, place(), TODAY)


@pytest.mark.parametrize(("office", "code"), [("delegate", "440305"), ("supplier", COMMUNITY), ("council", COMMUNITY)])
def test_neighbours_and_suppliers_do_not_read_as_an_office_above(office, code):
    assert not may(officer(office, code), READ, place(), TODAY)


def test_an_office_ends_and_its_authority_ends_the_next_day():
    clerk = person("演示·书记", "staff")
    held = appointed(clerk)
    end_office(held=held, until=TODAY, by=None, at=AT, reason="调任")
    assert may(clerk, VERIFY, place(), TODAY)
    assert not may(clerk, VERIFY, place(), date(2021, 4, 9))


def test_an_office_gives_no_authority_before_its_first_day():
    clerk = officer("party_committee", since=TODAY)
    assert not may(clerk, VERIFY, place(), date(2021, 4, 7))
    assert may(clerk, VERIFY, place(), TODAY)


def test_an_office_held_in_the_subdistrict_counts_for_its_communities_in_its_own_name_only():
    above = officer("party_committee", "440305")
    assert "district.party_committee" in selectors.actor_for(above, place(), TODAY).offices
    assert not may(above, VERIFY, place(), TODAY)


def test_a_relation_opens_and_a_relation_closes():
    own = Permission("read_own", relations=("proposer",))
    decide = Permission("decide", offices=("community.party_committee",), apart_from=("recused",))
    assert may(person(), own, place(), TODAY, frozenset({"proposer"}))
    assert not may(person(), own, place(), TODAY)
    clerk = officer("party_committee")
    assert may(clerk, decide, place(), TODAY)
    assert not may(clerk, decide, place(), TODAY, frozenset({"recused"}))


def test_strangers_meet_only_what_is_open_to_everybody():
    assert may(None, Permission("read", anonymous=True), place(), TODAY)
    assert not may(None, Permission("read", staff=True, resident=True, read_above=True), place(), TODAY)


def test_staff_of_anywhere_meet_what_is_open_to_staff():
    staff = Permission("see_desk", staff=True)
    assert may(officer("party_committee", OTHER), staff, place(), TODAY)
    assert not may(person(), staff, place(), TODAY)


def test_the_subdistrict_appoints_for_its_communities():
    above = officer("working_committee", "440305001")
    held = appointed(person("演示·新书记", "staff"), by=above)
    assert held.title == "community.party_committee"
    event = events_of(held.person.subject).get()
    assert (event.kind, event.by, event.stream) == ("office.appointed", above.ref, COMMUNITY)


def test_a_community_does_not_appoint_its_subdistrict_nor_its_neighbour():
    clerk = officer("party_committee")
    for code in ("440305001", OTHER):
        with pytest.raises(NotAllowed):
            appointed(person("演示·甲", "staff"), code=code, by=clerk)
    assert OfficeHeld.objects.count() == 1


def test_nobody_appoints_themself():
    clerk = officer("party_committee")
    with pytest.raises(NotAllowed, match="别人"):
        appointed(clerk, "residents_committee", by=clerk)


def test_an_office_is_held_once_at_a_time():
    clerk = person("演示·书记", "staff")
    appointed(clerk, since=date(2021, 1, 1), until=date(2021, 3, 31))
    with pytest.raises(Refused, match="已经在任"):
        appointed(clerk, since=date(2021, 3, 31))
    appointed(clerk, since=date(2021, 4, 1))
    assert OfficeHeld.objects.count() == 2


def test_an_office_cannot_end_before_it_began():
    held = appointed(person("演示·书记", "staff"), since=date(2021, 4, 1))
    with pytest.raises(Invalid):
        end_office(held=held, until=date(2021, 3, 31), by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficeHeld.objects.filter(pk=held.pk).update(until=date(2021, 3, 31))
    held.refresh_from_db()
    assert held.until is None


def test_the_holders_of_an_office_are_known_by_day():
    clerk = officer("party_committee", until=TODAY)
    assert list(selectors.holders("party_committee", place(), TODAY)) == [clerk]
    assert list(selectors.holders("party_committee", place(), date(2021, 4, 9))) == []
    assert [held.person for held in selectors.staff_of(place("440305"), TODAY)] == [clerk]


def test_who_was_forgotten_is_nobody_whatever_they_held():
    clerk = officer("party_committee")
    clerk.erased_at = AT
    for row in (VERIFY, READ, Permission("own", relations=("proposer",)), Permission("desk", staff=True)):
        assert not may(clerk, row, place(), TODAY, frozenset({"proposer"}))
    assert may(clerk, Permission("all", anonymous=True), place(), TODAY)
    assert selectors.actor_for(clerk, place(), TODAY) == selectors.actor_for(None, place(), TODAY)
    assert looked_over(clerk, TODAY) == frozenset()


def test_what_is_for_residents_is_for_those_on_the_roll_that_day_alone():
    for_residents, resident = Permission("ask", resident=True), person()
    Residency.objects.create(person=resident, place=place(), since=date(2020, 1, 1), until=TODAY)
    assert may(resident, for_residents, place(), TODAY)
    assert not may(resident, for_residents, place(), date(2019, 12, 31))
    assert not may(resident, for_residents, place(), date(2030, 1, 1))
    assert not may(resident, for_residents, place(OTHER), TODAY)
    for other in (None, person(), officer("party_committee")):
        assert not may(other, for_residents, place(), TODAY)


def test_an_office_of_the_neighbourhood_looks_over_nothing():
    assert looked_over(officer("party_committee"), TODAY) == {COMMUNITY}
    assert looked_over(officer("supplier"), TODAY) == looked_over(None, TODAY) == frozenset()
