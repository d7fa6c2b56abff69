"""Who is late with what: for the desk, by office and place, the longest overdue first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import overdue, replies_overdue
from linli.records.people.models import OfficeHeld
from linli.records.people.selectors.offices import holding
from linli.records.places.models import Place
from linli.records.reports.overview.ground import Scope


@dataclass(frozen=True)
class Overdue:
    """What one office at one place is late with, and who holds the office now. `oldest`: the earliest day that passed."""

    office: str
    place: Place
    duties: int
    replies: int
    oldest: date
    holders: tuple[str, ...]

    @property
    def total(self) -> int:
        return self.duties + self.replies


def overdue_by_office(scope: Scope) -> list[Overdue]:
    """As things stand on the day asked, whatever year they come from. Four queries."""
    duties = _late(overdue(scope.on, scope.place))
    replies = _late(replies_overdue(scope.on, scope.place))
    keys = {*duties, *replies}
    places = Place.objects.in_bulk({place for _, place in keys})
    names = _holders(keys, scope.on)
    found = []
    for office, place in keys:
        (many, first), (asked, asked_first) = duties.get((office, place), (0, None)), replies.get((office, place), (0, None))
        oldest = min(day for day in (first, asked_first) if day is not None)
        found.append(Overdue(office, places[place], many, asked, oldest, tuple(names.get((office, place), ()))))
    return sorted(found, key=lambda one: (-one.total, one.oldest, one.place.path, one.office))


def _late(rows: "QuerySet[Duty] | QuerySet[Reply]") -> dict[tuple[str, str], tuple[int, date | None]]:
    counted = rows.order_by().values_list("office", "place_id").annotate(many=Count("pk"), first=Min("due_on"))
    return {(office, place): (many, first) for office, place, many, first in counted}


def _holders(keys: Iterable[tuple[str, str]], on: date) -> dict[tuple[str, str], list[str]]:
    """An office of a level above the place that owes it is not looked for: the desk shows the office alone."""
    places = {place for _, place in keys}
    rows = OfficeHeld.objects.filter(holding(on), place__in=places).order_by("since", "pk")
    found: dict[tuple[str, str], list[str]] = {}
    for level, office, place, name in rows.values_list("place__level", "office", "place_id", "person__name"):
        found.setdefault((f"{level}.{office}", place), []).append(name)
    return found
