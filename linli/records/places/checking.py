"""Checking a whole table of places before anything is written."""

from dataclasses import dataclass

from linli.records.places.models import LEVELS, Place
from linli.records.places.rows import Problems, Row, Table, check_row, rows_of, stands_above
from linli.rules.plain.texts import Text


@dataclass(frozen=True, slots=True)
class Checked:
    """`anchors` are the places the table hangs on: its own tops, or parents that are there already. `levels` from the top;
    `in_order` when no row comes after one of a deeper level."""

    anchors: list[str]
    levels: list[str]
    in_order: bool


def checked(table: Table) -> Checked:
    """Raises Invalid with every wrong row."""
    problems = Problems()
    levels: dict[str, str] = {}
    in_order = _check_rows(table, problems, levels)
    hanging = _check_parents(table, problems, levels)
    _check_outside(problems, hanging)
    problems.raise_any()
    return Checked(list(hanging), sorted(set(levels.values()), key=LEVELS.index), in_order)


def _check_rows(table: Table, problems: Problems, levels: dict[str, str]) -> bool:
    """Fills `levels` by code; says whether the rows come level by level."""
    known = {level: (rank, level) for rank, level in enumerate(LEVELS)}
    last, in_order = 0, True
    for row in rows_of(table):
        for text in check_row(row):
            problems.add(row, text)
        if row.code in levels:
            problems.add(row, Text(f"编码 {row.code} 前面已经出现过。", f"the code {row.code} stands in an earlier row."))
        # One string per level, not one per row: the country has 661,000 rows.
        rank, levels[row.code] = known.get(row.level, (0, LEVELS[0]))
        in_order, last = in_order and rank >= last, rank
    return in_order


def _check_parents(table: Table, problems: Problems, levels: dict[str, str]) -> dict[str, list[Row]]:
    """Checks parents inside the table; returns the rows whose parent is not in it, by that parent (or by themselves)."""
    hanging: dict[str, list[Row]] = {}
    for row in rows_of(table):
        if row.parent in levels:
            _check_above(problems, row, levels[row.parent])
        else:
            hanging.setdefault(row.parent or row.code, []).append(row)
    return hanging


def _check_outside(problems: Problems, hanging: dict[str, list[Row]]) -> None:
    there = Place.objects.in_bulk(list(hanging))
    for code, rows in hanging.items():
        for row in (row for row in rows if row.parent):
            if code in there:
                _check_above(problems, row, there[code].level)
            else:
                problems.add(
                    row, Text(f"上级 {code} 表里没有，也还没有载入。", f"the parent {code} is neither in the table nor loaded.")
                )


def _check_above(problems: Problems, row: Row, parent_level: str) -> None:
    if row.level in LEVELS and not stands_above(parent_level, row.level):
        problems.add(
            row, Text(f"上级 {row.parent} 的层级不在本级之上。", f"the parent {row.parent} does not stand above {row.level}.")
        )
