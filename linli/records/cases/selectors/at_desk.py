"""The matters at the places of somebody's offices and beneath them, of which an office sees all.

At a small place few matters lie, and they are asked for there. In a wide one they are counted by what is held of the public
ones (tally.py) and by asking for the few that are hidden. The counts say how a page of them is found: among the running
ones, among those in one state, along all matters from the newest on, or among all of the place. PostgreSQL finds its way
by itself where that is not nearly everything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce

from linli.records.cases.models import Case
from linli.records.cases.selectors.kinds import COLUMNS, Kinds, kinds_of, together
from linli.records.cases.selectors.lists import hidden
from linli.records.cases.selectors.newest import narrowed_by
from linli.records.cases.selectors.tally import public_kinds
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, bounds, is_small
from linli.records.rulebook.models import Passage

_PAGE = 20
_EVERY = 10**9  # a limit that limits nothing: PostgreSQL then gathers them first too
_END = COLUMNS.index("passage__end")


@dataclass(frozen=True)
class Wanted:
    """What a list is asked for; "" and None: anything. `words` are looked for in title and code."""

    procedure: str = ""
    year: int | None = None
    words: str = ""
    state: str = ""
    running: bool | None = None

    @property
    def chosen(self) -> dict[str, str | int]:
        """What is counted, by column."""
        told: dict[str, str | int] = {"procedure": self.procedure, "passage__state": self.state}
        return {name: value for name, value in told.items() if value} | ({} if self.year is None else {"year": self.year})

    @property
    def in_any_state(self) -> "Wanted":
        return replace(self, state="", running=None)

    def how_many(self, kinds: Kinds) -> int:
        those = kinds.under(self.chosen).counts.items()
        return sum(n for values, n in those if self.running is None or self.running is not bool(values[_END]))


def areas(places: Sequence[Place], asked: Place | None = None) -> list[Place]:
    """These places without those that lie in another of them; where one is asked for, what they have in common with it."""
    if asked is not None:
        met = [place for place in places if place.path.startswith(asked.path) or asked.path.startswith(place.path)]
        places = [max(place, asked, key=lambda one: len(one.path)) for place in met]
    found = {place.path: place for place in places}
    return [place for path, place in found.items() if not any(path != each and path.startswith(each) for each in found)]


def kinds_at(where: Sequence[Place], wanted: Wanted) -> Kinds:
    """How many there are of each kind and in each state, under whatever else is wanted."""
    if not where:
        return Kinds({})
    if wanted.words or all(is_small(place) for place in where):
        return kinds_of(_wanted(_lying(where), wanted.in_any_state))
    found = kinds_of(_wanted(_passing(hidden(), where), wanted.in_any_state, passed_over=True))
    for place in where:
        found = together(public_kinds(place).under(wanted.in_any_state.chosen), found)
    return found


def matters_at(where: Sequence[Place], wanted: Wanted, kinds: Kinds) -> QuerySet[Case]:
    """The newest first. `kinds`: what `kinds_at` says of the same."""
    if not where or not wanted.how_many(kinds):
        return Case.objects.none()
    way = _way(where, wanted, kinds)
    if way == "":
        found = _wanted(_lying(where), wanted)
    else:
        found = _wanted(_passing(_among(way, where, wanted, kinds), where), wanted, passed_over=True)
    return found.select_related("place", "passage__place").order_by("-id")


def _way(where: Sequence[Place], wanted: Wanted, kinds: Kinds) -> str:
    """The one that looks at the fewest; "" where the database finds it by itself."""
    if wanted.words or all(is_small(place) for place in where):
        return ""
    everywhere, there = public_kinds(None), sum(public_kinds(place).all for place in where)
    most = 2 * there >= everywhere.all  # else too much of what lies elsewhere may be newer
    if connection.vendor == "postgresql" and not most:
        return ""
    costs = {"place": there}
    if most:
        costs["newest"] = everywhere.all * _PAGE // wanted.how_many(kinds)
    if wanted.running:
        costs["running"] = wanted.how_many(kinds)
    if wanted.state:
        costs["state"] = everywhere.how_many({"passage__state": wanted.state})
    return min(costs, key=lambda way: costs[way])


def _among(way: str, where: Sequence[Place], wanted: Wanted, kinds: Kinds) -> QuerySet[Case]:
    """Their numbers are gathered first, from indexes alone; SQLite then goes through them from the newest on."""
    if way == "newest":
        return Case.objects.all()
    there = Place.objects.filter(reduce(or_, (beneath(place) for place in where))).order_by()
    if way == "place":
        those = Case.objects.filter(place__in=there)
    elif way == "state":
        those = _standing(Passage.objects.filter(subject_kind="case", state=wanted.state))
    else:
        running = Passage.objects.filter(place__in=there, procedure__in=sorted(kinds.by("procedure")))
        those = _standing(running.filter(ended_at__isnull=True))
    ids = those.order_by().values("pk")
    return Case.objects.filter(pk__in=ids[:_EVERY] if connection.vendor == "postgresql" else ids)


def _standing(passages: QuerySet[Passage]) -> QuerySet[Case]:
    return Case.objects.filter(passage__in=passages.order_by().values("pk"))


def _wanted(cases: QuerySet[Case], wanted: Wanted, *, passed_over: bool = False) -> QuerySet[Case]:
    for column, value in wanted.chosen.items():
        cases = narrowed_by(cases, column, value, passed_over=passed_over)
    if wanted.running is not None:
        cases = cases.filter(passage__ended_at__isnull=wanted.running)
    if wanted.words:
        cases = cases.filter(Q(title__icontains=wanted.words) | Q(code__icontains=wanted.words))
    return cases


def _lying(where: Sequence[Place]) -> QuerySet[Case]:
    return Case.objects.filter(reduce(or_, (beneath(place, "place") for place in where)))


def _passing(cases: QuerySet[Case], where: Sequence[Place]) -> QuerySet[Case]:
    """The same of these matters: where each lies is looked at, and never a reason to choose an index."""
    if connection.vendor == "postgresql":
        return cases.filter(reduce(or_, (beneath(place, "place") for place in where)))
    lies = (Q(lies__gte=path, lies__lt=until) for path, until in map(bounds, where))
    return cases.alias(lies=Coalesce("place__path", Value(""))).filter(reduce(or_, lies))
