"""Loading a region, or the whole country, from a table `code,name,level,parent`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from linli.records.places.checking import Checked, checked
from linli.records.places.events import PlacesLoaded
from linli.records.places.models import Place, PlaceChange
from linli.records.places.rows import Problems, Row, Table, rows_of
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

# Tables of real places that come with the project.
TABLES = Path(__file__).resolve().parents[1] / "data"
_BATCH = 5_000
_UNSAID = ("settlement", "phone", "counter")
_COLUMNS = ("code", "name", "level", "parent_id", "path", *_UNSAID, "demonstration")


@dataclass(slots=True)
class Loaded:
    """How many places a load created, renamed, and found as they were."""

    created: int = 0
    renamed: int = 0
    unchanged: int = 0


@dataclass(slots=True)
class _Load:
    source: str
    at: datetime
    deepest: str
    first: bool  # nothing is there yet, so nothing need be compared
    # Paths of everything that can be a parent; the deepest level, by far the largest, is not kept.
    paths: dict[str, str]
    result: Loaded = field(default_factory=Loaded)
    problems: Problems = field(default_factory=Problems)


@transaction.atomic
def load_places(*, rows: Table, source: str, at: datetime, by: str = "system") -> Loaded:
    """Create the places of a table (a CSV path or mappings) and rename those whose name changed, with `source` as document.

    May be repeated: what is there already stays. A place that is missing from the table is left alone (see `end_place`).
    Raises Invalid naming every wrong row, and then nothing is written; a code never moves to another parent or level.
    """
    table = rows if isinstance(rows, Path) else list(rows)
    plan = checked(table)
    paths = dict(Place.objects.filter(pk__in=plan.anchors).values_list("code", "path"))
    load = _Load(source, at, plan.levels[-1] if plan.levels else "", not Place.objects.exists(), paths)
    for batch in _batches(_level_by_level(table, plan)):
        _write(load, batch)
    load.problems.raise_any()
    done = PlacesLoaded(source=source, created=load.result.created, renamed=load.result.renamed)
    for anchor in plan.anchors:
        record(done, stream=anchor, subject=Subject("place", anchor), by=by, at=at)
    return load.result


def _level_by_level(table: Table, plan: Checked) -> Iterator[Row]:
    """Parents before children, without holding or sorting the table."""
    if plan.in_order:
        return rows_of(table)
    return chain.from_iterable(_of_level(table, level) for level in plan.levels)


def _of_level(table: Table, level: str) -> Iterator[Row]:
    return (row for row in rows_of(table) if row.level == level)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _write(load: _Load, batch: list[Row]) -> None:
    there = {} if load.first else _there(batch)
    fresh = []
    for row in batch:
        if row.code in there:
            _compare(load, there[row.code], row)
            path = there[row.code].path
        else:
            path = f"{load.paths[row.parent] if row.parent else '/'}{row.code}/"
            fresh.append((row.code, row.name, row.level, row.parent or None, path, *("" for _ in _UNSAID), False))
        if row.level != load.deepest:
            load.paths[row.code] = path
    _insert(fresh)
    load.result.created += len(fresh)


def _there(batch: list[Row]) -> dict[str, "_There"]:
    found = Place.objects.filter(pk__in=[row.code for row in batch])
    return {row[0]: _There(*row) for row in found.values_list("code", "name", "level", "parent_id", "path")}


class _There(NamedTuple):
    code: str
    name: str
    level: str
    parent: str | None
    path: str


def _insert(fresh: Sequence[Sequence[str | bool | None]]) -> None:
    """One prepared statement for the whole batch: several times as fast as building model rows."""
    if fresh:
        marks = ", ".join(["%s"] * len(_COLUMNS))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {Place._meta.db_table} ({', '.join(_COLUMNS)}) VALUES ({marks})", fresh)


def _compare(load: _Load, place: _There, row: Row) -> None:
    if (place.level, place.parent or "") != (row.level, row.parent):
        load.problems.add(row, _moved(place))
    elif place.name == row.name:
        load.result.unchanged += 1
    else:
        _rename(load, place, row.name)


def _rename(load: _Load, place: _There, name: str) -> None:
    PlaceChange.objects.create(
        place_id=place.code,
        kind="renamed",
        since=day_in_china(load.at),
        document=load.source,
        name_before=place.name,
        name_after=name,
        recorded_at=load.at,
    )
    Place.objects.filter(pk=place.code).update(name=name)
    load.result.renamed += 1


def _moved(place: _There) -> Text:
    return Text(
        f"编码 {place.code} 已经是 {place.path} 处的 {place.level}。编码不换主人：请撤销旧的，用新编码新设。",
        f"the code {place.code} is already a {place.level} at {place.path}. "
        "Codes never change hands: end the old place and open one with a new code.",
    )
