"""Rules as if one value were another: for trying a change, touching nothing."""

from datetime import date

import pytest

from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules
from tests.real_packs import real_packs

ON = date(2021, 4, 8)


@pytest.fixture(scope="module")
def nanshan() -> Rules:
    return real_packs().rules("nanshan")


def test_the_value_supposed_is_read_on_every_day_and_the_others_stay(nanshan: Rules) -> None:
    tried = nanshan.supposing("project_cap", 70_000_000, "service")
    for day in (date(2019, 1, 1), ON):
        assert tried.read("project_cap", on=day, key="service").value == 70_000_000
    assert tried.read("project_cap", on=ON, key="works").value == nanshan.read("project_cap", on=ON, key="works").value
    assert nanshan.read("project_cap", on=ON, key="service").value == 50_000_000


def test_a_value_set_locally_for_that_entry_no_longer_speaks(nanshan: Rules) -> None:
    set_here = [
        LocalValue("acceptance_residents", "", 2, date(2018, 1, 1), None, "440305", "district", "district.civil_affairs", "演示"),
        LocalValue(
            "large_amount", "", 40_000_000, date(2018, 1, 1), None, "440305", "district", "district.civil_affairs", "演示"
        ),
    ]
    local = nanshan.with_local(set_here)
    tried = local.supposing("acceptance_residents", 5)
    assert (local.read("acceptance_residents", on=ON).value, tried.read("acceptance_residents", on=ON).value) == (2, 5)
    assert tried.read("large_amount", on=ON).value == 40_000_000


def test_a_value_nobody_knows_cannot_be_supposed(nanshan: Rules) -> None:
    with pytest.raises(KeyError):
        nanshan.supposing("no_such_value", 1)
