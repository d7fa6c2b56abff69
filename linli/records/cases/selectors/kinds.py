"""How many matters there are of each kind, and of each combination of kinds, by one reading."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, QuerySet

from linli.records.cases.models import Case

# What a list may ask for, each a column of the case or of where it stands.
COLUMNS = ("procedure", "passage__state", "passage__stage", "type", "category", "year", "passage__end")
Chosen = Mapping[str, str | int]


@dataclass(frozen=True)
class Kinds:
    """The matters of one place: values of `COLUMNS` -> how many have all of them, and a moment after which none of them was
    opened, where it is known."""

    counts: Mapping[tuple[Any, ...], int]
    newest: Mapping[tuple[Any, ...], datetime] = field(default_factory=dict)

    @cached_property
    def all(self) -> int:
        return sum(self.counts.values())

    def by(self, column: str) -> Counter[Any]:
        """Value of this column -> how many."""
        at, found = COLUMNS.index(column), Counter[Any]()
        for values, n in self.counts.items():
            found[values[at]] += n
        return found

    def by_all(self, columns: Sequence[str]) -> Counter[tuple[Any, ...]]:
        """Values of these columns -> how many have all of them."""
        at, found = [COLUMNS.index(column) for column in columns], Counter[tuple[Any, ...]]()
        for values, n in self.counts.items():
            found[tuple(values[each] for each in at)] += n
        return found

    def how_many(self, chosen: Chosen) -> int:
        """How many have all of these values."""
        return sum(self.counts[values] for values in self._those(chosen))

    def of(self, procedures: Container[str]) -> "Kinds":
        """Those of these procedures alone."""
        return self._only(values for values in self.counts if values[0] in procedures)

    def under(self, chosen: Chosen) -> "Kinds":
        """Those with all of these values."""
        return self._only(self._those(chosen))

    def _only(self, those: Iterable[tuple[Any, ...]]) -> "Kinds":
        there = {values: self.counts[values] for values in those}
        return Kinds(there, {values: at for values, at in self.newest.items() if values in there})

    def until(self, chosen: Chosen) -> datetime | None:
        """A moment after which none with all of these values was opened; None where none has them or it is not known."""
        return max((self.newest[values] for values in self._those(chosen) if values in self.newest), default=None)

    def _those(self, chosen: Chosen) -> Iterator[tuple[Any, ...]]:
        asked = [(COLUMNS.index(column), value) for column, value in chosen.items()]
        return (values for values in self.counts if all(values[at] == value for at, value in asked))


def kinds_of(cases: QuerySet[Case]) -> Kinds:
    rows = list(rows_by(COLUMNS, cases))
    return Kinds({values: n for values, n, _ in rows}, {values: newest for values, _, newest in rows})


def rows_by(columns: Sequence[str], cases: QuerySet[Case]) -> Iterator[tuple[tuple[Any, ...], int, datetime]]:
    """Each combination of values of these columns, how many have it, and when the newest of them was opened."""
    for *values, n, newest in cases.order_by().values_list(*columns).annotate(n=Count("pk"), newest=Max("opened_at")):
        yield tuple(values), n, newest


def together(one: Kinds, other: Kinds) -> Kinds:
    """Two that count different matters."""
    if not other.counts:
        return one
    return Kinds(Counter(one.counts) + Counter(other.counts), later_of(one.newest, other.newest))


def later_of(
    one: Mapping[tuple[Any, ...], datetime], other: Mapping[tuple[Any, ...], datetime]
) -> dict[tuple[Any, ...], datetime]:
    return {**one, **{values: max(at, one.get(values, at)) for values, at in other.items()}}
