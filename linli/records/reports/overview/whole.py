"""Everything about one place and one year, with its parts beside it; the number of queries does not grow with the rows."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from linli.records.needs.selectors import Coverage, coverage, coverage_of_communities
from linli.records.places.models import Place
from linli.records.reports.overview.answers import AnswerFigures, Objections, Satisfaction
from linli.records.reports.overview.asked import Asked, AskedFigures
from linli.records.reports.overview.ground import Scope
from linli.records.reports.overview.matters import MatterFigures, Way
from linli.records.reports.overview.money import MoneyFigures, Purse, Shares


@dataclass(frozen=True)
class Reached:
    """How many communities asked as many as the rules want, of those for which a number is set."""

    communities: int
    with_number: int
    reached: int
    sources: int
    priority_total: int
    priority_reached: int


@dataclass(frozen=True)
class PlaceFigures:
    """The figures of one place with everything in it. `ways` are its procedures, projects first."""

    place: Place
    asked: Asked
    ways: Sequence[Way]
    objections: Objections
    satisfaction: Satisfaction
    purse: Purse | None
    shares: Shares
    reached: Reached

    @property
    def projects(self) -> Sequence[Way]:
        return [way for way in self.ways if way.course.is_project]

    @property
    def opened(self) -> int:
        return sum(way.opened for way in self.projects)

    @property
    def running(self) -> int:
        return sum(way.running for way in self.projects)

    @property
    def done(self) -> int:
        return sum(way.done for way in self.projects)


@dataclass(frozen=True)
class Overview:
    """`parts` is the level beneath, `tiles` the level beneath that (or the parts themselves where there is none)."""

    scope: Scope
    whole: PlaceFigures
    parts: Sequence[PlaceFigures]
    tiles: Sequence[PlaceFigures]
    coverage: Sequence[Coverage]


class _Everything:
    """All rows of a scope, read once."""

    def __init__(self, scope: Scope) -> None:
        self.asked = AskedFigures(scope)
        self.matters = MatterFigures(scope)
        self.money = MoneyFigures(scope)
        self.answers = AnswerFigures(scope)
        self.coverage = sorted(_coverage(scope), key=lambda one: one.place.path)
        self._paths = [one.place.path for one in self.coverage]

    def of(self, place: Place) -> PlaceFigures:
        return PlaceFigures(
            place=place,
            asked=self.asked.of(place),
            ways=self.matters.ways(place),
            objections=self.answers.objections(place),
            satisfaction=self.answers.satisfaction(place),
            purse=self.money.purse(place),
            shares=self.money.shares(place),
            reached=_reached(self._coverage_in(place)),
        )

    def _coverage_in(self, place: Place) -> list[Coverage]:
        """Of the communities in a place: in the order of paths they stand side by side."""
        first = bisect_left(self._paths, place.path)
        return self.coverage[first : bisect_left(self._paths, place.path + "\uffff", first)]


def overview(scope: Scope) -> Overview:
    """The place, its parts, and their parts."""
    everything, parts = _Everything(scope), scope.parts
    inside = [one for one in scope.places if one.path.count("/") == scope.place.path.count("/") + 2]
    figures = {place.pk: everything.of(place) for place in (scope.place, *parts, *inside)}
    tiles = [figures[one.pk] for one in inside] or [figures[one.pk] for one in parts]
    return Overview(scope, figures[scope.place.pk], [figures[one.pk] for one in parts], tiles, everything.coverage)


def _coverage(scope: Scope) -> list[Coverage]:
    if scope.place.level == "community":
        return [coverage(scope.place, scope.year, scope.last_day)]
    return coverage_of_communities(scope.place, scope.year, scope.last_day)


def _reached(communities: Sequence[Coverage]) -> Reached:
    numbered = [one for one in communities if one.needed is not None]
    return Reached(
        communities=len(communities),
        with_number=len(numbered),
        reached=sum(one.shortfall == 0 for one in numbered),
        sources=sum(one.sources for one in communities),
        priority_total=sum(one.priority_total for one in communities),
        priority_reached=sum(one.priority_reached for one in communities),
    )
