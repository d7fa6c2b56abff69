"""Writing thousands of rows that differ in a few columns only: what they share is prepared once."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models


def insert_alike(rows: Sequence[models.Model], differ: tuple[str, ...]) -> None:
    """Insert rows of one table; every column not named in `differ` is taken from the first row. Keys are not filled in."""
    if not rows:
        return
    fields = [one for one in rows[0]._meta.local_concrete_fields if not one.primary_key]
    changing = [(position, one) for position, one in enumerate(fields) if one.name in differ]
    shared = [_prepared(rows[0], one) for one in fields]
    quoted = connection.ops.quote_name
    columns, marks = ", ".join(quoted(one.column) for one in fields), ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        sql = f"INSERT INTO {quoted(rows[0]._meta.db_table)} ({columns}) VALUES ({marks})"
        cursor.executemany(sql, list(_values(rows, shared, changing)))


def _values(
    rows: Sequence[models.Model], shared: list[Any], changing: "list[tuple[int, models.Field[object, object]]]"
) -> Iterator[list[Any]]:
    for row in rows:
        values = shared.copy()
        for position, one in changing:
            values[position] = _prepared(row, one)
        yield values


def _prepared(row: models.Model, one: "models.Field[object, object]") -> object:
    return one.get_db_prep_save(getattr(row, one.attname), connection)
