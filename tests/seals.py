"""Taking the seals off tables, for tests that empty the database or play its dishonest owner. Not in the product."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections

_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'sealed_%'"
_POSTGRESQL = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'sealed_%'"


@contextmanager
def lifted(aliases: Iterable[str] = ("default",)) -> Iterator[None]:
    with ExitStack() as stack:
        for alias in aliases:
            stack.enter_context(_lifted(alias))
        yield


@contextmanager
def _lifted(alias: str) -> Iterator[None]:
    off, on = _statements(alias)
    _run(alias, off)
    try:
        yield
    finally:
        _run(alias, on)


def _statements(alias: str) -> tuple[list[str], list[str]]:
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute(_POSTGRESQL)
            tables = [table for (table,) in cursor.fetchall()]
            return [f"ALTER TABLE {t} DISABLE TRIGGER USER" for t in tables], [
                f"ALTER TABLE {t} ENABLE TRIGGER USER" for t in tables
            ]
        cursor.execute(_SQLITE)
        triggers = cursor.fetchall()
        return [f"DROP TRIGGER {name}" for name, _ in triggers], [sql for _, sql in triggers]


def _run(alias: str, statements: list[str]) -> None:
    if connections[alias].vendor == "postgresql":
        # Foreign keys still waiting to be checked would forbid to alter their tables.
        connections[alias].check_constraints()
    with connections[alias].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
