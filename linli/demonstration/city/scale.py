"""How big a city is built."""

from dataclasses import dataclass
from datetime import date

# The regulation was issued on 2018-11-20, and the official holidays are known here from 2018 on: no year before is made up.
FIRST_YEAR = 2019


@dataclass(frozen=True)
class Scale:
    """`full`, `refused` and `proposed` are project lives of a community in a year; `reach` the sources of its one round, one
    number for each kind of community."""

    name: str
    communities: int | None  # None: all of them
    full: int
    refused: int
    proposed: int
    reach: tuple[int, ...]
    first_year: int = FIRST_YEAR

    def years(self, anchor: date) -> range:
        return range(max(FIRST_YEAR, self.first_year), anchor.year + 1)


CITY = Scale("city", None, full=2, refused=1, proposed=10, reach=(502, 80))
TOWN = Scale("town", 12, full=2, refused=1, proposed=10, reach=(502, 80))
SCALES = {scale.name: scale for scale in (CITY, TOWN)}
