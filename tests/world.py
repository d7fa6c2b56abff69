"""The cast of the tests: a small Nanshan under its real rules, one person per office, everybody made up (演示).

world = build()          # places, offices, adopted packs, locally set values
world.secretary          # community Party committee of 南头城社区
world.working, world.office, world.civil, world.finance, world.stranger, world.resident …
"""

from collections.abc import Callable

import pytest

from linli.rules.plain.refusals import TurnedDown
from tests.records.people.world import COMMUNITY, OTHER
from tests.records.rulebook.world import DISTRICT, SUBDISTRICT, Cast, at, build, officer, place, row_counts, set_value

__all__ = [
    "COMMUNITY",
    "DISTRICT",
    "OTHER",
    "SUBDISTRICT",
    "Cast",
    "at",
    "build",
    "officer",
    "place",
    "refused",
    "row_counts",
    "set_value",
]


def refused(kind: type[TurnedDown], act: Callable[[], object]) -> TurnedDown:
    """It is turned down in this way, and nothing has changed."""
    before = row_counts()
    with pytest.raises(kind) as no:
        act()
    assert row_counts() == before
    return no.value
