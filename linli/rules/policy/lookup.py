"""Which row of a parameter is in force."""

from collections.abc import Sequence
from datetime import date

from linli.rules.policy.models import Dated, Parameter, Value


def row_in_force(parameter: Parameter, chain: Sequence[str], on: date, key: str) -> Dated | None:
    """The row of the lowest pack of `chain` (ids, the law above first) that says anything about an entry on a day.

    A row names an entry by its key, or every entry by "" (written `value`).
    """
    for pack in reversed(chain):
        rows = [
            row for row in parameter.values if row.pack == pack and row.since <= on and (key in row.entries or "" in row.entries)
        ]
        if rows and (rows[-1].until is None or on <= rows[-1].until):
            return rows[-1]
    return None


def entry(row: Dated, key: str) -> Value:
    """The value of an entry in a row that names it."""
    return row.entries[key] if key in row.entries else row.entries[""]
