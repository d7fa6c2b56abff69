"""The newest matters of a place that have certain values, read so that a page costs the same in a city as in a district.

Of few matters (a small place, or a rare combination in a larger one) all are read and sorted. Of very many an index that
already lies in their order is walked from the newest on until the page is full, and what was not asked for is passed over.
PostgreSQL finds its way by itself, from what it knows of the sizes; SQLite does not know them and is led: a column it must
not go by is wrapped, so that no index of it fits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from linli.records.cases.models import Case
from linli.records.cases.selectors.kinds import Chosen, Kinds
from linli.records.cases.selectors.lists import visible_to
from linli.records.places.models import Place
from linli.records.places.selectors import bounds, is_small, within
from linli.records.prepared import Prepared

_NEWEST_FIRST = ("-opened_at", "-pk")
# A matter and its passage begin at one moment, one after the other; only the passage has an index of each state in that order.
_BY_PASSAGE = ("-passage__opened_at", "-passage__pk")
_OF_PASSAGE = frozenset(("passage__state", "passage__stage"))
_OF_CASE = frozenset(("type", "category", "year"))
# Of how many matters everywhere one may lie in a place of this level. Smaller places are always read whole.
_SHARE = {"": 1, "province": 2, "city": 10, "district": 20}
_PAGE = 20


@dataclass(frozen=True)
class Way:
    """How a list is read. `lead`: the column whose index is gone by, "" the one of all matters; None: that of the place."""

    where: str  # "": everywhere; "small", "large": a place
    columns: tuple[str, ...] = ()
    lead: str | None = None
    until: bool = False  # begun where the first one can be, past what is newer and of other kinds

    @property
    def by_passage(self) -> bool:
        return not _OF_PASSAGE.isdisjoint(self.columns) and _OF_CASE.isdisjoint(self.columns)

    @property
    def order(self) -> Sequence[str]:
        """Said by what is asked for alone, so that a cursor holds however the counts change."""
        return _BY_PASSAGE if self.by_passage else _NEWEST_FIRST


def way_to(place: Place | None, chosen: Chosen, kinds: Kinds) -> Way:
    """The way that looks at the fewest matters."""
    way = Way("" if place is None else "small" if is_small(place) else "large", tuple(chosen))
    share = _SHARE.get(place.level if place else "")
    if share is None:
        return way
    costs = {column: _looked_at(column, way, chosen, kinds) for column in [*chosen, *([] if way.by_passage else [""])]}
    lead = min(costs, key=lambda column: costs[column])
    if share * costs[lead] > max(kinds.all, _PAGE):
        return way
    return replace(way, lead=lead, until=_in_order(lead, way) and not way.by_passage and kinds.until(chosen) is not None)


def _looked_at(lead: str, way: Way, chosen: Chosen, kinds: Kinds) -> float:
    """How many of the place are looked at until a page is full."""
    each = kinds.how_many({lead: chosen[lead]} if lead else {})
    if not _in_order(lead, way) or ("year" in chosen and lead != "year"):  # all are read; all that are newer than the year
        return each
    return each * min(1.0, _PAGE / max(kinds.how_many(chosen), 1))


def _in_order(lead: str, way: Way) -> bool:
    """Whether there is an index of it in the order of the way. Of kinds there is none: SQLite would take it for other questions
    too, where it is the longer way."""
    return (lead in _OF_PASSAGE) == way.by_passage and lead != "procedure"


def newest(cases: QuerySet[Case], way: Way, *, procedures: Iterable[str], place: Place | None, chosen: Chosen) -> QuerySet[Case]:
    """Those of `cases` that lie there and have these values, in the order of the way."""
    found = _narrowed(cases, way, list(procedures), bounds(place) if place else (), list(chosen.values()))
    return found.order_by(*way.order)


def first_newest(
    way: Way, *, procedures: Iterable[str], place: Place | None, chosen: Chosen, kinds: Kinds, most: int
) -> list[Case]:
    """The first `most` of what everybody may see, by a question composed once for each way. `kinds`: what there is."""
    until = kinds.until(chosen) if way.until else None
    begins = [until] if until else []
    return _prepared(way, most)(sorted(procedures), *begins, *(bounds(place) if place else ()), *chosen.values())


@lru_cache(maxsize=256)
def _prepared(way: Way, most: int) -> Prepared[Case]:
    def ask(names: Sequence[str], *told: Any) -> QuerySet[Case]:
        begins, told = (told[:1], told[1:]) if way.until else ((), told)
        here, values = (told[:2], told[2:]) if way.where else ((), told)
        found = _narrowed(visible_to(None, date.min), way, names, here, values)
        return (found.filter(opened_at__lte=begins[0]) if begins else found).order_by(*way.order)[:most]

    return Prepared(ask)


def _narrowed(
    cases: QuerySet[Case], way: Way, procedures: Sequence[str], here: Sequence[str], values: Sequence[Any]
) -> QuerySet[Case]:
    led = way.lead is not None and connection.vendor != "postgresql"
    found = narrowed_by(cases, "procedure__in", procedures, passed_over=led and way.lead != "procedure")
    if here and led:
        # The codes are listed once; what lies elsewhere is passed over before anything of it is looked up.
        there = Place.objects.filter(within(here[0], here[1])).order_by()
        found = narrowed_by(found, "place__in", there, passed_over=True)
    elif here:
        found = found.filter(within(here[0], here[1], "place", small=way.where == "small"))
    if way.by_passage:  # the indexes of states and stages hold the passages of cases alone
        found = found.filter(passage__subject_kind="case")
    for column, value in zip(way.columns, values, strict=True):
        found = narrowed_by(found, column, value, passed_over=led and column != way.lead)
    return found


def narrowed_by(cases: QuerySet[Case], asked: str, value: Any, *, passed_over: bool) -> QuerySet[Case]:
    """`passed_over`: looked at in each row, never a reason to choose an index."""
    if not passed_over:
        return cases.filter(**{asked: value})
    column = asked.removesuffix("__in")
    plain = f"plain_{column.replace('__', '_')}"
    nothing: Any = 0 if column == "year" else ""
    return cases.alias(**{plain: Coalesce(column, Value(nothing))}).filter(**{plain + asked[len(column) :]: value})
