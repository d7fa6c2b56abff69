"""How many matters there are of each kind, and of each combination of kinds, by one reading."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet

from linli.records.cases.models import Case

# What a list may ask for, each a column of the case or of where it stands.
COLUMNS = ("procedure", "passage__state", "passage__stage", "type", "category", "year")
Chosen = Mapping[str, str | int]


@dataclass(frozen=True)
class Kinds:
    """The matters of one place: values of `COLUMNS` -> how many have all of them."""

    counts: Mapping[tuple[Any, ...], int]

    @cached_property
    def all(self) -> int:
        return sum(self.counts.values())

    def by(self, column: str) -> Counter[Any]:
        """Value of this column -> how many."""
        at, found = COLUMNS.index(column), Counter[Any]()
        for values, n in self.counts.items():
            found[values[at]] += n
        return found

    def how_many(self, chosen: Chosen) -> int:
        """How many have all of these values."""
        asked = [(COLUMNS.index(column), value) for column, value in chosen.items()]
        return sum(n for values, n in self.counts.items() if all(values[at] == value for at, value in asked))


def kinds_of(cases: QuerySet[Case]) -> Kinds:
    return Kinds(dict(rows_by(COLUMNS, cases)))


def rows_by(columns: Sequence[str], cases: QuerySet[Case]) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Each combination of values of these columns, and how many have it."""
    for *values, n in cases.order_by().values_list(*columns).annotate(n=Count("pk")):
        yield tuple(values), n


def together(one: Kinds, other: Kinds) -> Kinds:
    """Two that count different matters."""
    return Kinds(Counter(one.counts) + Counter(other.counts)) if other.counts else one
