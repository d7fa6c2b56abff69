"""Long lists by cursor: a place in the order, not a number of rows to skip, so every page costs the same."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from linli.records.made_rows import shown_rows
from linli.web.shared.shapes import Page

SIZE = 20
_LONGEST = 400  # signs of a cursor; forty Chinese signs of a household's number and its key are the most one holds


def page_of(
    rows: QuerySet[Any], request: HttpRequest, *, by: Sequence[str] = ("-pk",), size: int = SIZE, about: str = ""
) -> Page:
    """The part of `rows` the address asks for (`?after=` or `?before=`). `by` must end in something unique and never null.

    A cursor that makes no sense is taken as none.
    """
    after, before = _read(request.GET.get("after", ""), by), _read(request.GET.get("before", ""), by)
    backwards = before is not None and after is None
    order = [_turned(name) for name in by] if backwards else list(by)
    start = before if backwards else after
    wanted = rows.order_by(*order)
    try:
        wanted = wanted.filter(_beyond(order, start)) if start is not None else wanted
    except (ValueError, TypeError, ValidationError):
        start, backwards, wanted = None, False, rows.order_by(*by)
    return _page(shown_rows(wanted[: size + 1]), by, size, about, backwards=backwards, begun=start is not None)


def first_page(found: list[Any], *, by: Sequence[str] = ("-pk",), about: str = "", size: int = SIZE) -> Page:
    """As `page_of` without a cursor, of the first `size` + 1 rows a prepared question found."""
    return _page(found, by, size, about)


def at_the_beginning(request: HttpRequest) -> bool:
    """Whether the address has no cursor."""
    return not request.GET.get("after") and not request.GET.get("before")


def _page(found: list[Any], by: Sequence[str], size: int, about: str, *, backwards: bool = False, begun: bool = False) -> Page:
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    earlier = more if backwards else begun
    later = more if not backwards else True
    return Page(
        found,
        next=_cursor(found[-1], by) if found and later else "",
        previous=_cursor(found[0], by) if found and earlier else "",
        about=about,
    )


def part_of(rows: Sequence[Any], asked: Mapping[str, str], *, size: int = SIZE) -> Page:
    """The same of a list that is not in the database: its cursors are places in it. One that makes no sense is none."""
    after, before = _place(asked.get("after", "")), _place(asked.get("before", ""))
    start = after or max(before - size, 0)
    start = start if start < len(rows) else 0
    end = start + size
    return Page(rows[start:end], next=str(end) if end < len(rows) else "", previous=str(start) if start else "")


def _place(cursor: str) -> int:
    return int(cursor) if cursor.isascii() and cursor.isdecimal() and len(cursor) < 9 else 0


def readable(cursor: str, rows: QuerySet[Any], by: Sequence[str] = ("-pk",)) -> bool:
    """Whether a cursor was given out for this order."""
    start = _read(cursor, by)
    try:
        return start is not None and bool(str(rows.filter(_beyond(by, start)).query))
    except (ValueError, TypeError, ValidationError):
        return False
    except EmptyResultSet:
        return True


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], start: Sequence[Any]) -> Q:
    """After `start` in this order: later in the first column, or equal there and later in the second, and so on.

    What is said of the first column alone lets an index begin right there, on the last page as on the first.
    """
    found, equal = Q(), Q()
    for name, value in zip(order, start, strict=True):
        column = name.removeprefix("-")
        found |= equal & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{column: value})
    first = order[0].removeprefix("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": start[0]}) & found


def _cursor(row: Model, by: Sequence[str]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in by]
    return base64.urlsafe_b64encode(json.dumps(values, cls=_Exact).encode()).decode().rstrip("=")


def _value(row: Any, column: str) -> Any:
    for part in column.split("__"):
        row = getattr(row, part)
    return row


def _read(cursor: str, by: Sequence[str]) -> list[Any] | None:
    if len(cursor) > _LONGEST:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        return None
    plain = isinstance(values, list) and len(values) == len(by) and all(isinstance(value, str | int) for value in values)
    return values if plain else None


class _Exact(DjangoJSONEncoder):
    """Keeps microseconds: a cursor cut to milliseconds would repeat or skip rows."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
