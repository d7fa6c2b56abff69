"""Persons or households: one paper of a household and one of its member are one source."""

import pytest

from linli.records.needs.sources import count_sources


@pytest.mark.requirement("S1-34", how="kept")
@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([], 0),
        ([("", "")], 0),
        ([("h1", "")], 1),
        ([("h1", ""), ("h1", "")], 1),
        ([("h1", ""), ("h1", "p1")], 1),
        ([("h1", "p1"), ("h1", "p2")], 2),
        ([("h1", ""), ("h1", "p1"), ("h1", "p2")], 2),
        ([("", "p1"), ("h1", "p1")], 1),
        ([("h1", "p1"), ("h2", "p1")], 1),
        ([("h1", "p1"), ("h2", "p1"), ("h2", "")], 1),
        ([("h1", ""), ("h2", ""), ("", "phone:x")], 3),
    ],
)
def test_a_household_counts_once_or_as_many_as_its_persons(rows: list[tuple[str, str]], count: int) -> None:
    assert count_sources(rows) == count
    assert count_sources(reversed(rows)) == count
