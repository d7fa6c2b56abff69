"""Loading a region, or the whole country, from a table `code,name,level,parent`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from linli.records.places.checking import checked
from linli.records.places.events import PlacesLoaded
from linli.records.places.models import LEVELS, Place, PlaceChange
from linli.records.places.rows import Problems, Row, Table, rows_of
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

SHENZHEN = Path(__file__).resolve().parents[1] / "data" / "shenzhen.csv"
_BATCH = 5_000


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
    load = _Load(source, at, dict(Place.objects.filter(pk__in=plan.anchors).values_list("code", "path")))
    deepest = plan.deepest
    for level in LEVELS[: LEVELS.index(deepest) + 1]:
        for batch in _batches(row for row in rows_of(table) if row.level == level):
            _write(load, batch, keep_paths=level != deepest)
    load.problems.raise_any()
    done = PlacesLoaded(source=source, created=load.result.created, renamed=load.result.renamed)
    for anchor in plan.anchors:
        record(done, stream=anchor, subject=Subject("place", anchor), by=by, at=at)
    return load.result


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _write(load: _Load, batch: list[Row], *, keep_paths: bool) -> None:
    there = Place.objects.in_bulk([row.code for row in batch])
    fresh = [_place(load, row) for row in batch if row.code not in there]
    Place.objects.bulk_create(fresh, batch_size=_BATCH)
    load.result.created += len(fresh)
    for row in batch:
        if row.code in there:
            _compare(load, there[row.code], row)
    if keep_paths:
        load.paths.update((place.code, place.path) for place in fresh)
        load.paths.update((place.code, place.path) for place in there.values())


def _place(load: _Load, row: Row) -> Place:
    above = load.paths[row.parent] if row.parent else "/"
    return Place(code=row.code, name=row.name, level=row.level, parent_id=row.parent or None, path=f"{above}{row.code}/")


def _compare(load: _Load, place: Place, row: Row) -> None:
    if (place.level, place.parent_id or "") != (row.level, row.parent):
        load.problems.add(row, _moved(place))
    elif place.name == row.name:
        load.result.unchanged += 1
    else:
        _rename(load, place, row.name)


def _rename(load: _Load, place: Place, name: str) -> None:
    PlaceChange.objects.create(
        place=place,
        kind="renamed",
        since=day_in_china(load.at),
        document=load.source,
        name_before=place.name,
        name_after=name,
        recorded_at=load.at,
    )
    Place.objects.filter(pk=place.pk).update(name=name)
    load.result.renamed += 1


def _moved(place: Place) -> Text:
    return Text(
        f"编码 {place.code} 已经是 {place.path} 处的 {place.level}。编码不换主人：请撤销旧的，用新编码新设。",
        f"the code {place.code} is already a {place.level} at {place.path}. "
        "Codes never change hands: end the old place and open one with a new code.",
    )
