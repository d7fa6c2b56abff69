"""Sealed tables: the database itself refuses to change or remove a row.

This stops mistakes and bugs, not the owner of the database, who can drop a trigger. What an owner does is found by the
verifier and the checkpoints kept elsewhere. On SQLite a migration that rebuilds a sealed table drops its triggers:
such a migration ends with `sealed(...)` again (a test looks for them).
"""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """
CREATE TRIGGER sealed_{table}_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is sealed: no {verb}'); END
"""
# REPLACE INTO removes the old row without firing a DELETE trigger.
_SQLITE_REPLACE = """
CREATE TRIGGER sealed_{table}_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, '{table} is sealed: no replacement'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION sealed_table() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is sealed: no %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER sealed_{table} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION sealed_table()
"""


def sealed(table: str, *unique: Sequence[str]) -> migrations.RunPython:
    """A migration operation that seals a table. `unique`: the column groups by which a row could be replaced."""

    def put_on(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in _statements(editor.connection.vendor, table, unique):
            editor.execute(statement, params=None)

    def take_off(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for name in _triggers(editor.connection.vendor, table):
            editor.execute(f"DROP TRIGGER {name}")

    return migrations.RunPython(put_on, take_off)


def _statements(vendor: str, table: str, unique: Sequence[Sequence[str]]) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRESQL_FUNCTION, _POSTGRESQL.format(table=table)]
    same = " OR ".join(" AND ".join(f'"{column}" = NEW."{column}"' for column in group) for group in unique)
    return [
        *(_SQLITE.format(table=table, verb=verb) for verb in ("UPDATE", "DELETE")),
        _SQLITE_REPLACE.format(table=table, same=same),
    ]


def _triggers(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [f"sealed_{table} ON {table}"]
    return [f"sealed_{table}_{verb}" for verb in ("UPDATE", "DELETE", "replace")]
