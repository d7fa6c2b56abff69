"""How far the asking has reached in a year: wide (how many sources) and key (every household of the priority groups)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.records.made_rows import shown_rows
from linli.records.needs.models import Need, Visit
from linli.records.needs.permissions import READ_TO_VISIT
from linli.records.needs.sources import COUNTED, count_sources
from linli.records.people.access import require
from linli.records.people.models import Household, Person
from linli.records.people.selectors import priority_among, priority_households
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, bounds, descendants, is_small, within
from linli.records.prepared import PreparedValues
from linli.records.rulebook.edition import Edition, edition
from linli.rules.gates.model import Facts
from linli.rules.plain.refusals import Refused
from linli.rules.policy.reading import Reading

WIDE = "coverage_wide"
Asked = tuple[object, str, str]  # household, source, channel of somebody asked


@dataclass(frozen=True)
class Coverage:
    """Two meters of a place and a year. `wide` is what the rules ask for, None where they ask for nothing."""

    place: Place
    year: int
    sources: int
    online: int
    offline: int
    unidentified: int  # forms that name nobody who could be told apart: kept and answered, not counted
    priority_total: int
    priority_reached: int
    wide: Reading | None

    @property
    def priority_missing(self) -> int:
        return self.priority_total - self.priority_reached

    @property
    def needed(self) -> int | None:
        """How many sources the rules ask for; None where it is not set."""
        value = self.wide.value if self.wide else None
        return value if type(value) is int else None

    @property
    def shortfall(self) -> int | None:
        return None if self.needed is None else max(0, self.needed - self.sources)

    @property
    def facts(self) -> Facts:
        return {
            "sources": self.sources,
            "priority_total": self.priority_total,
            "priority_missing": self.priority_missing,
            "online": self.online,
            "offline": self.offline,
        }


def coverage(place: Place, year: int, on: date | None = None) -> Coverage:
    """As things stand; priority households are those on the list on a day (by default the last of the year)."""
    day = on or date(year, 12, 31)
    if is_small(place):
        here = bounds(place)
        asked: list[Asked] = [*_ASKED(year, *here), *_VISITED(year, *here)]
        priority: set[object] = {key for (key,) in _PRIORITY(day, *here)}
    else:
        asked = _asked(place, year)
        priority = set(priority_households(place, day).values_list("pk", flat=True))
    return _coverage(place, year, asked, priority, _wide(place, day))


def _coverage(place: Place, year: int, asked: list[Asked], priority: set[object], wide: Reading | None) -> Coverage:
    households = {household for household, _, _ in asked if household}
    return Coverage(
        place=place,
        year=year,
        sources=count_sources((str(household or ""), source) for household, source, _ in asked),
        online=sum(channel == "online" for _, _, channel in asked),
        offline=sum(channel == "offline" for _, _, channel in asked),
        unidentified=sum(not household and not source for household, source, _ in asked),
        priority_total=len(priority),
        priority_reached=len(priority & households),
        wide=wide,
    )


def coverage_facts(place: Place, year: int, on: date | None = None) -> Facts:
    """`coverage` as a gate reads it: {sources, priority_total, priority_missing, online, offline}."""
    return coverage(place, year, on).facts


def coverage_of_communities(place: Place, year: int, on: date) -> list[Coverage]:
    """`coverage` of every community in a place, by code, at a constant number of queries."""
    asked = _grouped(_asked(place, year, "place_id"))
    priority: dict[str, set[object]] = {}
    for community, household in priority_households(place, on).values_list("place_id", "pk"):
        priority.setdefault(community, set()).add(household)
    now = edition()
    return [
        _coverage(one, year, asked.get(one.pk, []), priority.get(one.pk, set()), _wide_in(now, one, on))
        for one in shown_rows(descendants(place, "community"))
    ]


def _grouped(rows: list[tuple[object, ...]]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for household, source, channel, community in rows:
        found.setdefault(str(community), []).append((household, str(source), str(channel)))
    return found


def households_to_visit(place: Place, year: int, on: date, *, by: Person) -> QuerySet[Household]:
    """Priority households nobody has asked this year, by label. Raises NotAllowed."""
    require(by, READ_TO_VISIT, place, on)
    reached = {household for household, _, _ in _asked(place, year) if household}
    return priority_households(place, on).exclude(pk__in=reached).order_by("label")


def _asked(place: Place, year: int, *more: str) -> list[Any]:
    """(household, source, channel) of everybody asked, and whatever more of the row."""
    here = beneath(place, "place")
    return [*_raised(here, year, *more), *_visited(here, year, *more)]


def _raised(here: Q, year: int, *more: str) -> Any:
    found = Need.objects.filter(here, year=year, withdrawn_at__isnull=True, asker__in=COUNTED)
    return found.order_by().values_list(*_COLUMNS, *more)


def _visited(here: Q, year: int, *more: str) -> Any:
    return Visit.objects.filter(here, year=year).order_by().values_list(*_COLUMNS, *more)


def _in_small(path: str, until: str) -> Q:
    return within(path, until, "place", small=True)


# The same of a small place, composed once.
_COLUMNS = ("household_id", "source", "channel")
_ASKED = PreparedValues(lambda year, *here: _raised(_in_small(*here), year))
_VISITED = PreparedValues(lambda year, *here: _visited(_in_small(*here), year))
_PRIORITY = PreparedValues(lambda on, *here: priority_among(_in_small(*here), on).order_by().values_list("pk"))


def _wide(place: Place, on: date) -> Reading | None:
    return _wide_in(edition(), place, on)


def _wide_in(now: Edition, place: Place, on: date) -> Reading | None:
    line = place.ancestor_codes
    try:
        return now.rules(now.pack_at(line), line).read(WIDE, on=on)
    except (KeyError, Refused):
        return None
