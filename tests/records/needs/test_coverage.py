"""Two meters: how wide the asking reached, and whether every priority household was asked."""

from datetime import date

import pytest

from linli.records.needs import selectors, services
from linli.records.needs.codes import new_code
from linli.records.needs.models import Need
from linli.rules.plain.refusals import Invalid, NotAllowed
from tests.records.needs.world import LATER, NOW, OTHER, TODAY, Village, at, place


def forms(count: int, year: int = 2021, code: str = "440305001001") -> None:
    """So many residents, each known by a phone, with one need."""
    Need.objects.bulk_create(
        Need(
            code=new_code(),
            place_id=code,
            year=year,
            what="路灯",
            where="三栋",
            mode="daily",
            channel="online",
            asker="resident",
            source=f"phone:{n}",
            collected_on=date(year, 4, 8),
            raised_at=NOW,
            fingerprint=f"{year}{n}",
        )
        for n in range(count)
    )


@pytest.mark.requirement("S1-32", how="kept")
@pytest.mark.parametrize(("count", "shortfall"), [(499, 1), (500, 0), (501, 0)])
def test_the_number_asked_for_comes_from_the_rules(village: Village, count: int, shortfall: int) -> None:
    forms(count)
    coverage = selectors.coverage(place(), 2021, TODAY)
    assert (coverage.sources, coverage.needed, coverage.shortfall) == (count, 500, shortfall)
    assert coverage.wide.clause == "S1 ¶5.3"


def test_before_the_rule_there_is_no_number(village: Village) -> None:
    coverage = selectors.coverage(place(), 2019, date(2019, 6, 1))
    assert (coverage.needed, coverage.shortfall) == (None, None)


@pytest.mark.requirement("S1-33", how="kept")
@pytest.mark.requirement("S1-24", how="kept")
def test_ninety_of_ninety_one_priority_households_leave_one_to_visit(village: Village) -> None:
    households = [village.priority(f"P-{n:03d}") for n in range(91)]
    for household in households[:90]:
        services.record_visit(place=place(), household=household, by=village.host, at=NOW)
    coverage = selectors.coverage(place(), 2021, TODAY)
    assert (coverage.priority_total, coverage.priority_reached, coverage.priority_missing) == (91, 90, 1)
    assert [one.label for one in selectors.households_to_visit(place(), 2021, TODAY, by=village.host)] == ["P-090"]
    village.asks(village.host, details=services.Details(household=households[90]), asker="household", channel="offline")
    assert selectors.coverage(place(), 2021, TODAY).priority_missing == 0
    assert not selectors.households_to_visit(place(), 2021, TODAY, by=village.host).exists()


def test_the_list_of_whom_to_visit_is_for_the_community_only(village: Village) -> None:
    village.priority("P-001")
    for nobody in (village.cast.stranger, village.resident(), village.cast.office):
        with pytest.raises(NotAllowed):
            selectors.households_to_visit(place(), 2021, TODAY, by=nobody)


@pytest.mark.requirement("S1-34", how="kept")
def test_a_household_and_its_member_are_one_source_two_members_are_two(village: Village) -> None:
    household = village.household()
    village.asks(village.host, details=services.Details(household=household), asker="household", channel="offline")
    assert selectors.coverage(place(), 2021).sources == 1
    village.asks(village.resident(household), what="加装扶手")
    assert selectors.coverage(place(), 2021).sources == 1
    village.asks(village.resident(household), what="修电梯")
    assert selectors.coverage(place(), 2021).sources == 2


def test_one_person_by_two_channels_is_one_source(village: Village) -> None:
    resident = village.resident(village.household(), phone="13800000006")
    village.asks(resident)
    village.asks(village.host, details=services.Details(name="演示"), contact="13800000006", channel="offline", what="修路")
    coverage = selectors.coverage(place(), 2021)
    assert (coverage.sources, coverage.online, coverage.offline) == (1, 1, 1)


def test_a_name_nobody_can_tell_apart_is_kept_and_not_counted(village: Village) -> None:
    village.asks(village.host, details=services.Details(name="演示·王阿姨"), channel="offline")
    coverage = selectors.coverage(place(), 2021)
    assert (coverage.sources, coverage.unidentified, coverage.offline) == (0, 1, 1)


def test_a_need_taken_back_no_longer_counts(village: Village) -> None:
    need = village.asks()
    services.withdraw_need(need=need, reason="本人说没有提过", by=village.host, at=LATER)
    assert selectors.coverage(place(), 2021).sources == 0


def test_another_year_and_another_community_do_not_count(village: Village) -> None:
    forms(3, year=2020)
    forms(2, code=OTHER)
    assert selectors.coverage(place(), 2021).sources == 0
    assert selectors.coverage(place(), 2020).sources == 3


@pytest.mark.requirement("S1-23", how="kept")
def test_the_gate_reads_five_plain_facts(village: Village) -> None:
    village.priority("P-001")
    village.asks()
    assert selectors.coverage_facts(place(), 2021, TODAY) == {
        "sources": 1,
        "priority_total": 1,
        "priority_missing": 1,
        "online": 1,
        "offline": 0,
    }


def test_a_visit_names_whom_and_lies_not_ahead(village: Village) -> None:
    with pytest.raises(Invalid):
        services.record_visit(place=place(), by=village.host, at=NOW)
    with pytest.raises(Invalid):
        services.record_visit(place=place(), household=village.household(), on=date(2021, 4, 9), by=village.host, at=NOW)
    with pytest.raises(NotAllowed):
        services.record_visit(place=place(), household=village.household("B"), by=village.cast.stranger, at=at(2021, 4, 8))


def test_read_for_one_community_or_for_all_of_a_district_it_is_the_same(village: Village) -> None:
    forms(3)
    forms(2, code=OTHER)
    forms(1, year=2020)
    Need.objects.filter(source="phone:1", place=place()).update(withdrawn_at=NOW, withdrawn_reason="演示")
    visited, _ = village.priority("P-1"), village.priority("P-2")
    services.record_visit(place=place(), household=visited, by=village.host, at=NOW)
    found = {one.place.pk: one for one in selectors.coverage_of_communities(place("440305"), 2021, TODAY)}
    here = selectors.coverage(place(), 2021, TODAY)
    assert (here.sources, here.priority_total, here.priority_reached) == (3, 2, 1)
    assert here == found[place().pk] and selectors.coverage(place(OTHER), 2021, TODAY) == found[OTHER]
    assert selectors.coverage(place(OTHER), 2021, TODAY).sources == 2


def test_the_newest_of_a_community_are_those_of_its_list(village: Village) -> None:
    forms(25)
    forms(2, code=OTHER)
    Need.objects.filter(source="phone:24", place=place()).update(withdrawn_at=NOW, withdrawn_reason="演示")
    everything = selectors.needs_at(place()).order_by("-pk")
    assert selectors.newest_needs(place()) == list(everything[:21])
    assert selectors.how_many_needs(place()) == everything.count() == 24
    assert [need.place_id for need in selectors.newest_needs(place(OTHER))] == [OTHER, OTHER]
