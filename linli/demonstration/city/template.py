"""What is kept of a specimen: its rows, with the places to fill in for another community."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from linli.records.places.models import Place

# Rows of a specimen are numbered from here, so many for each table: 13 digits are never anything else.
FAR = 7_000_000_000_000
ROOM = 1_000_000_000

Fill = Callable[[Sequence[str]], str]
Derive = tuple[int, Callable[[Sequence[str]], str]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with places to fill in: `form % pick(values)`."""

    form: str
    pick: Callable[[Sequence[str]], Any]

    def filled(self, values: Sequence[str]) -> str:
        return str(self.form % self.pick(values))


@dataclass(frozen=True, slots=True)
class Bytes:
    text: Text


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text kept encrypted; `place` is the table and column it is bound to."""

    text: Text
    place: str


@dataclass(frozen=True, slots=True)
class Row:
    """The number of a row of the specimen: how many places after the first of its table."""

    table: int
    offset: int


@dataclass(frozen=True, slots=True)
class Own:
    """An id that is random."""

    slot: int


Cell = Any  # a plain value, or one of the five above


@dataclass
class Table:
    model: type[models.Model]
    columns: list[str]
    rows: list[list[Cell]]
    count: int  # how many numbers its rows take


@dataclass
class Template:
    """Everything one specimen wrote. `slots` are its tokens as they read in the specimen, by kind."""

    place: Place
    tables: dict[int, Table] = field(default_factory=dict)
    slots: dict[tuple[str, str], int] = field(default_factory=dict)
    derived: list[Derive] = field(default_factory=list)

    def slot(self, kind: str, word: str) -> int:
        return self.slots.setdefault((kind, word), len(self.slots))

    def of(self, model: type[models.Model]) -> Table | None:
        return next((table for table in self.tables.values() if table.model is model), None)
