"""Columns of a table from the shape of its rows. Lists within a row have no column: they are in the JSON file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, get_args, get_origin

from ninja import Schema

from linli.rules.plain.texts import Text
from linli.web.api.words import meaning

AS_OF = "as_of"
# Table Schema's words for types; a bool is an int to Python, a datetime a date, so they come first.
_TYPES = ((bool, "boolean"), (int, "integer"), (datetime, "datetime"), (date, "date"), (str, "string"))
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """`path` leads from the row to the value: ("place", "code") is the column place_code."""

    path: tuple[str, ...]
    type: str
    meaning: Text
    may_be_empty: bool

    @property
    def name(self) -> str:
        return "_".join(self.path)

    def cell(self, row: Schema) -> str:
        """As it stands in a CSV file. A text that a spreadsheet would take for a formula is quoted."""
        value: Any = row
        for part in self.path:
            value = getattr(value, part) if value is not None else None
        if value is None:
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, date):
            return value.isoformat()
        return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else str(value)


def columns(shape: type[Schema]) -> list[Column]:
    as_of = Column((AS_OF,), "string", meaning("", AS_OF), False)
    return [*_columns(shape, (), None, False), as_of]


def _columns(shape: type[Schema], path: tuple[str, ...], of: Text | None, empty: bool) -> Iterator[Column]:
    for name, field in shape.model_fields.items():
        kind, optional = _bare(field.annotation)
        said = meaning(shape.__name__, name)
        told = Text(f"{of.zh}：{said.zh}", f"{of.en}: {said.en}") if of else said
        if isinstance(kind, type) and issubclass(kind, Schema):
            yield from _columns(kind, (*path, name), said, empty or optional)
        elif isinstance(kind, type) and (word := _word(kind)):
            yield Column((*path, name), word, told, empty or optional)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether that was there."""
    if isinstance(annotation, UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return kinds[0], len(kinds) < len(get_args(annotation))
    return (None if get_origin(annotation) else annotation), False


def _word(kind: type) -> str:
    return next((word for known, word in _TYPES if issubclass(kind, known)), "")
