"""The cast of the tests: a small Nanshan under its real rules, one person per office, everybody made up (演示).

world = build()          # places, offices, adopted packs, locally set values
world.secretary          # community Party committee of 南头城社区
world.working, world.office, world.civil, world.finance, world.stranger, world.resident …
"""

from tests.records.people.world import COMMUNITY, OTHER
from tests.records.rulebook.world import DISTRICT, SUBDISTRICT, Cast, at, build, officer, place, row_counts, set_value

__all__ = ["COMMUNITY", "DISTRICT", "OTHER", "SUBDISTRICT", "Cast", "at", "build", "officer", "place", "row_counts", "set_value"]
