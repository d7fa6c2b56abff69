"""A question in SQL, and objects from its rows, the same as `Model.from_db` makes them with `select_related`.

Left out are the signals around `__init__`, which nobody here listens for. Shared is what several rows lead to: rows that lead
to the same row of another table lead to one object, so that its columns are read once. What is made here is for showing.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from json import JSONDecoder
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.expressions import Col
from django.db.models.query import ModelIterable
from django.db.models.signals import post_init, pre_init
from django.utils.dateparse import parse_date

from linli.records.reading import said

M = TypeVar("M", bound=models.Model)
Seen = dict[tuple[int, Any], models.Model]

_read = JSONDecoder().raw_decode  # of a text the database has checked


class Composed(Generic[M]):
    """The SQL of a QuerySet. Raises EmptyResultSet where it can find nothing."""

    def __init__(self, found: "models.QuerySet[M]") -> None:
        compiler = found.query.get_compiler(using=found.db)
        self._sql, self.params = compiler.as_sql()
        self._digest = sha256(self._sql.encode()).digest()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        self._table = Table(compiler.klass_info, compiler.select, converters, found.db)
        self._annotations = [
            (name, *_converter(column, *converters.get(column, ((), None))))
            for name, column in compiler.annotation_col_map.items()
        ]

    def rows(self, params: Sequence[Any]) -> list[M]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tuple(params))
            rows = cursor.fetchall()
        said(self._digest, params, rows)
        seen: Seen = {}
        return [self._made(row, seen) for row in rows]

    def _made(self, row: Sequence[Any], seen: Seen) -> M:
        made: M = self._table.made(row, seen)
        for name, column, convert in self._annotations:
            setattr(made, name, convert(row[column]))
        return made


class ComposedValues:
    """The SQL of a `values_list()`: rows are tuples, converted as Django converts them."""

    def __init__(self, found: "models.QuerySet[Any, tuple[Any, ...]]") -> None:
        compiler = found.query.get_compiler(using=found.db)
        self._sql, self.params = compiler.as_sql()
        self._digest = sha256(self._sql.encode()).digest()
        converters = compiler.get_converters([column[0] for column in compiler.select])
        self._converters = [_converter(at, *converters[at]) for at in sorted(converters)]

    def rows(self, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tuple(params))
            rows = cursor.fetchall()
        said(self._digest, params, rows)
        return [self._made(row) for row in rows] if self._converters else [tuple(row) for row in rows]

    def _made(self, row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for at, convert in self._converters:
            values[at] = convert(values[at])
        return tuple(values)


def shown_rows(found: "models.QuerySet[M]") -> list[M]:
    """The rows of a QuerySet, read for a page that shows them. One that answers in a way of its own (values, what is read
    beside, what is known already) is left to itself."""
    asked: Any = found
    if asked._iterable_class is not ModelIterable or asked._prefetch_related_lookups or asked._known_related_objects:
        return list(found)
    try:
        composed = Composed(found)
    except EmptyResultSet:
        return []
    return composed.rows(composed.params)


class Table:
    """The columns of one table in the rows of a question, and the tables read with it."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], converters: dict[int, Any], db: str) -> None:
        columns = info["select_fields"]
        self.model: type[models.Model] = info["model"]
        _require_plain(self.model, columns)
        self._db = db
        self._from, self._until = columns[0], columns[-1] + 1
        self._names = tuple(select[at][0].target.attname for at in columns)
        self._key = self._from + self._names.index(self.model._meta.pk.attname)
        self._converters = [_converter(at - self._from, *converters[at]) for at in columns if at in converters]
        self._beside = [
            (Table(each, select, converters, db), each["local_setter"], each["remote_setter"])
            for each in info.get("related_klass_infos", ())
        ]

    def made(self, row: Sequence[Any], seen: Seen) -> Any:
        values = list(row[self._from : self._until])
        for at, convert in self._converters:
            values[at] = convert(values[at])
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, self._db
        made.__dict__.update(zip(self._names, values, strict=True), _state=state)
        for table, set_here, set_there in self._beside:
            found = table._found(row, seen)
            set_here(made, found)
            if found is not None:
                set_there(found, made)
        return made

    def _found(self, row: Sequence[Any], seen: Seen) -> models.Model | None:
        """What this row leads to, None where it leads nowhere."""
        key = row[self._key]
        if key is None:
            return None
        known = seen.get((self._from, key))
        if known is None:
            known = seen[self._from, key] = self.made(row, seen)
        return known


def _require_plain(model: type[models.Model], columns: Sequence[int]) -> None:
    own = model.__init__ is models.Model.__init__ and model.__setattr__ is models.Model.__setattr__
    heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
    if not own or heard or list(columns) != list(range(columns[0], columns[-1] + 1)):
        raise AssertionError(f"{model.__name__} is made in its own way: ask with a QuerySet")


def _converter(at: int, functions: Sequence[Callable[..., Any]], expression: Any) -> tuple[int, Callable[[Any], Any]]:
    """The place of a column and what makes a value of what the database said."""
    if not functions:
        return at, _as_it_is
    quick = _quick(functions[0], expression) if len(functions) == 1 else None
    return at, quick or (lambda value: _through(functions, value, expression))


def _quick(function: Callable[..., Any], expression: Any) -> Callable[[Any], Any] | None:
    """What does the same as one of Django's converters, without asking each time what cannot change."""
    field = getattr(function, "__self__", None)
    if type(field) is models.JSONField and field.decoder is None and isinstance(expression, Col):
        return _structure
    return _SQLITE.get(function.__name__) if _keeps_utc() else None


def _through(functions: Sequence[Callable[..., Any]], value: Any, expression: Any) -> Any:
    for function in functions:
        value = function(value, expression, connection)
    return value


def _keeps_utc() -> bool:
    """SQLite keeps moments without their zone, in UTC; some columns come as texts."""
    return connection.vendor == "sqlite" and connection.timezone is UTC


def _as_it_is(value: Any) -> Any:
    return value


def _structure(value: str | None) -> Any:
    return None if value is None else _read(value)[0]


def _flag(value: int | None) -> int | bool | None:
    return bool(value) if value in (1, 0) else value


def _day(value: date | str | None) -> date | None:
    return parse_date(value) if isinstance(value, str) else value


@lru_cache(maxsize=4096)
def _code(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _moment(value: datetime | str | None) -> datetime | None:
    if value is None:
        return None
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)


# Django's converters for SQLite.
_SQLITE: dict[str, Callable[[Any], Any]] = {
    "convert_booleanfield_value": _flag,
    "convert_datefield_value": _day,
    "convert_datetimefield_value": _moment,
    "convert_uuidfield_value": _code,
}
