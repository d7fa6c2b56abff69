"""How many matters there are of each kind, and of each combination of kinds, by one reading."""

from collections import Counter
from collections.abc import Mapping
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
    counted = cases.order_by().values_list(*COLUMNS).annotate(n=Count("pk"))
    return Kinds({tuple(values): n for *values, n in counted})
