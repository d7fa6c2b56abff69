"""Questions asked on nearly every page: their SQL is composed once, afterwards only the values change.

Composing the SQL of a QuerySet takes four times as long as running it on a small table. A prepared question is the same
QuerySet, composed once per thread and shape; what it answers is read from the database every time.

    _PAPERS = Prepared(lambda kind, id: Filling.objects.filter(subject_kind=kind, subject_id=id).select_related("filed_by"))
    rows = _PAPERS("case", "12")

Within `one_reading()` (reading.py), such as a page that only shows, the same question is asked once.

Values are texts, whole numbers, days, aware moments, UUIDs, or lists of them for an `__in`. No prefetch: a second question
does that.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from threading import local
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from linli.records.made_rows import Composed, ComposedValues
from linli.records.reading import once

M = TypeVar("M", bound=models.Model)
Row = TypeVar("Row")
Value = str | int | date | UUID | Sequence[str] | Sequence[int] | Sequence[UUID]
_ONE = (str, int, date, UUID)
_LARGEST = 2**63 - 1  # no column holds more, so nothing is found

# Marks that stand for values while the SQL is composed: nobody's words, nobody's id, nobody's day.
_WORDS, _SMALL, _NUMBERS = "\x07linli", 31_457, 7_210_450_000_000_000


class _Question(Generic[Row]):
    """`ask` makes the QuerySet; it is called once per thread and length of lists, with marks for values."""

    _composed: Callable[[Any], Any]

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask
        self._plans = local()

    def __call__(self, *values: Value) -> list[Row]:
        said = tuple(value if isinstance(value, _ONE) else tuple(value) for value in values)
        return list(once((self, said), lambda: self._rows(values)))

    def _rows(self, values: Sequence[Value]) -> list[Row]:
        given: list[Any] = [value if isinstance(value, _ONE) else _padded(value) for value in values]
        if any(value == [] or (isinstance(value, int) and abs(value) > _LARGEST) for value in given):
            return []
        shape = tuple(len(value) if isinstance(value, list) else type(value) for value in given)
        plans: dict[Any, _Plan] = self._plans.__dict__
        plan = plans.get(str(shape))
        if plan is None:
            plan = plans[str(shape)] = _Plan(self._ask, given, self._composed)
        return plan.rows(given)

    def first(self, *values: Value) -> Row | None:
        return next(iter(self(*values)), None)


class Prepared(_Question[M]):
    """A question whose answers are objects."""

    _composed = Composed

    def __init__(self, ask: "Callable[..., models.QuerySet[M]]") -> None:
        super().__init__(ask)


class PreparedValues(_Question[tuple[Any, ...]]):
    """A question whose answers are tuples: a `values_list()`, such as counts."""

    _composed = ComposedValues


class PreparedCount:
    """How many a question finds."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = PreparedValues(lambda *values: _counted(ask(*values)))

    def __call__(self, *values: Value) -> int:
        return sum(n for (n,) in self._ask(*values))


def _counted(found: Any) -> Any:
    return found.order_by().annotate(one=models.Value(1)).values("one").annotate(n=models.Count("pk")).values_list("n")


class _Plan:
    """One composed question, to be asked with other values."""

    def __init__(self, ask: Callable[..., Any], like: Sequence[Any], composed: Callable[[Any], Any]) -> None:
        marks = [_marks(index, value) for index, value in enumerate(like)]
        try:
            self._composed = composed(ask(*marks))
        except EmptyResultSet as error:
            raise AssertionError("a prepared question must be able to find something") from error
        at = {mark: (place, "") for place, mark in _flat(marks)}
        at |= {f"{mark}%": (place, "%") for mark, (place, _) in at.items() if isinstance(mark, str)}  # begins with
        self._params = [(at.get(param), param) for param in self._composed.params]

    def rows(self, values: Sequence[Any]) -> list[Any]:
        found: list[Any] = self._composed.rows([_at(values, *place) if place else kept for place, kept in self._params])
        return found


def _padded(values: Any) -> list[Any]:
    """To a power of two, so that lists of any length need few plans; the same value twice finds nothing twice."""
    found = list(dict.fromkeys(values))
    length = 1
    while length < len(found):
        length *= 2
    return found + found[-1:] * (length - len(found))


def _marks(index: int, value: Any) -> Any:
    if isinstance(value, list):
        return [_mark(index, number, each) for number, each in enumerate(value)]
    # A year stands in a small column, whose database knows that no large number is in it.
    return _SMALL + index if isinstance(value, int) else _mark(index, 0, value)


def _mark(index: int, number: int, like: Any) -> Any:
    if isinstance(like, str):
        return f"{_WORDS} {index}.{number}"
    if isinstance(like, datetime):
        return datetime(1, 1 + index, 1, tzinfo=UTC)
    if isinstance(like, date):
        return date(1, 1 + index, 1)
    marked = _NUMBERS + index * 1_000_000 + number
    return UUID(int=marked) if isinstance(like, UUID) else marked


def _flat(marks: Sequence[Any]) -> Iterator[tuple[tuple[int, int], Any]]:
    for index, mark in enumerate(marks):
        for number, each in enumerate(mark if isinstance(mark, list) else [mark]):
            yield (index, number), _adapted(each)


def _adapted(value: Any) -> Any:
    """As the database wants it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value


def _at(values: Sequence[Any], place: tuple[int, int], ending: str) -> Any:
    value = values[place[0]]
    found = _adapted(value[place[1]] if isinstance(value, list) else value)
    return connection.ops.prep_for_like_query(found) + ending if ending else found
