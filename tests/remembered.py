"""A ground that many tests begin with is built once by each worker through the real services; later its rows are put back.

Only where the database stands, row for row, as it stood before the building; else it is built anew. What comes back is the
same to the last column (tests/records/test_remembered.py), in a tenth of the time.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models import BinaryField, Model

Made = TypeVar("Made")
# What a migration, not a test, has filled.
_THERE_ALREADY = {"contenttypes", "auth"}
_AT_ONCE = 50


@dataclass(frozen=True)
class _Table:
    """The first column is the key."""

    name: str
    columns: tuple[str, ...]
    asked: str  # the columns as they are stored, not as Python would read them

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.asked} FROM {self.name}")
            return cursor.fetchall()

    def put(self, rows: Sequence[tuple[Any, ...]]) -> None:
        one = f"({', '.join(['%s'] * len(self.columns))})"
        with connection.cursor() as cursor:
            for start in range(0, len(rows), _AT_ONCE):
                part = rows[start : start + _AT_ONCE]
                values = [value for row in part for value in row]
                into = f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES {', '.join([one] * len(part))}"
                cursor.execute(into, values)

    def change(self, rows: Sequence[tuple[Any, ...]]) -> None:
        key, *others = self.columns
        how = f"UPDATE {self.name} SET {', '.join(f'{name} = %s' for name in others)} WHERE {key} = %s"
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute(how, [*row[1:], row[0]])


@dataclass(frozen=True)
class _Ground:
    rows: Sequence[tuple[_Table, list[tuple[Any, ...]]]]
    made: Any


@dataclass(frozen=True)
class _Step:
    before: "_State"
    new: Sequence[tuple[_Table, list[tuple[Any, ...]]]]
    changed: Sequence[tuple[_Table, list[tuple[Any, ...]]]]
    came_of_it: Any  # what was returned, and the fields that somebody on the ground got by it


_State = Mapping[_Table, Mapping[Any, tuple[Any, ...]]]
_known: dict[Hashable, _Ground] = {}
_steps: dict[Hashable, _Step] = {}


def remembered(build: Callable[..., Made]) -> Callable[..., Made]:
    """For a function that builds a ground and returns who stands on it."""

    @wraps(build)
    def standing(*args: Hashable, **named: Hashable) -> Made:
        return _standing((build, args, tuple(sorted(named.items()))), lambda: build(*args, **named))

    return standing


def remembered_class(kind: type[Made]) -> type[Made]:
    """For a class whose making builds the ground."""
    begin = kind.__init__

    @wraps(begin)
    def standing(self: Any, *args: Hashable, **named: Hashable) -> None:
        def build() -> dict[str, Any]:
            begin(self, *args, **named)
            return vars(self)

        vars(self).update(_standing((type(self), args, tuple(sorted(named.items()))), build))

    kind.__init__ = standing  # type: ignore[assignment,method-assign]
    return kind


def remembered_step(whose: str) -> Callable[[Callable[[Any], Made]], Callable[[Any], Made]]:
    """For a method that goes on from a ground. What is kept of it: its rows, what it returns, and the fields that the object
    under `whose` got by it. Remembered from the first state it was begun in, which is the ground."""

    def of(step: Callable[[Any], Made]) -> Callable[[Any], Made]:
        @wraps(step)
        def gone(self: Any) -> Made:
            fields = vars(getattr(self, whose))
            key, had = (step, type(self), *_surroundings()), set(fields)
            known, before = _steps.get(key), _state()
            if known is None:
                returned = step(self)
                got = {name: value for name, value in fields.items() if name not in had}
                _steps[key] = _stepped(before, _state(), deepcopy((returned, got)))
                return returned
            if before != known.before:
                return step(self)
            with transaction.atomic():
                for table, rows in known.new:
                    table.put(rows)
                for table, rows in known.changed:
                    table.change(rows)
            returned, got = deepcopy(known.came_of_it)
            fields.update(got)
            return returned

        return gone

    return of


def _stepped(before: _State, after: _State, came_of_it: Any) -> _Step:
    assert all(key in after.get(table, {}) for table, rows in before.items() for key in rows), "a step takes nothing away"
    new, changed = [], []
    for table, rows in after.items():
        stood = before.get(table, {})
        new.append((table, [row for key, row in rows.items() if key not in stood]))
        changed.append((table, [row for key, row in rows.items() if key in stood and row != stood[key]]))
    return _Step(before, [one for one in new if one[1]], [one for one in changed if one[1]], came_of_it)


def _standing(key: Hashable, build: Callable[[], Made]) -> Made:
    key = (key, *_surroundings())
    if _filled():
        return build()
    if key in _known:
        with transaction.atomic():
            for table, rows in _known[key].rows:
                table.put(rows)
        return deepcopy(_known[key].made)
    made = build()
    _known[key] = _Ground([(table, table.rows()) for table in _filled()], deepcopy(made))
    return made


def _surroundings() -> tuple[Hashable, ...]:
    """Other packs build another ground; files stand in the storage of the moment; what waits for a commit comes with one."""
    return str(settings.PACKS), storages["default"], connection.in_atomic_block


def _state() -> _State:
    return {table: {row[0]: row for row in table.rows()} for table in _filled()}


def _filled() -> list[_Table]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT 1 FROM {table.name})" for table in _tables()))
        return [table for table, filled in zip(_tables(), cursor.fetchone(), strict=True) if filled]


@cache
def _tables() -> Sequence[_Table]:
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.app_label not in _THERE_ALREADY]
    return tuple(_table(model) for model in models if model._meta.managed and not model._meta.proxy)


def _table(model: type[Model]) -> _Table:
    quoted = connection.ops.quote_name
    key = model._meta.pk
    fields = [key, *(field for field in model._meta.local_concrete_fields if not field.generated and field is not key)]
    columns = tuple(quoted(str(field.column)) for field in fields)
    if connection.vendor == "postgresql":
        asked = [name if isinstance(field, BinaryField) else f"{name}::text" for field, name in zip(fields, columns, strict=True)]
    else:
        asked = [f"+{name}" for name in columns]
    return _Table(quoted(model._meta.db_table), columns, ", ".join(asked))
