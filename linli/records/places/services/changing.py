"""Single changes of the tree, each with its day and its document."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from linli.records.places import events
from linli.records.places.models import LEVELS, Place, PlaceChange
from linli.records.places.rows import Row, check_row, stands_above
from linli.records.places.selectors import descendants, standing
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text, quoted


@transaction.atomic
def add_place(
    *,
    code: str,
    name: str,
    level: str,
    parent: Place,
    since: date,
    document: str,
    by: str,
    at: datetime,
    demonstration: bool = False,
) -> Place:
    """Open one place, such as a grid, an estate or a building of a community. Raises Invalid."""
    _check_new(Row(0, code, name, level, parent.pk), parent)
    place = Place.objects.create(
        code=code,
        name=name,
        level=level,
        parent=parent,
        path=f"{parent.path}{code}/",
        since=since,
        demonstration=demonstration,
    )
    _change(place, "opened", since, document, at, name_after=name)
    opened = events.PlaceOpened(place=code, name=name, level=level, parent=parent.pk, since=since.isoformat(), document=document)
    record(opened, stream=parent.pk, subject=place.subject, by=by, at=at)
    return place


@transaction.atomic
def rename_place(*, place: Place, name: str, since: date, document: str, by: str, at: datetime) -> Place:
    """The place is called `name` from `since` on; the day may not lie ahead. Raises Refused, Invalid."""
    place = _locked(place)
    _check_document(document)
    if since > day_in_china(at):
        raise Refused(Text("更名日还没有到，请到那天再登记。", "The day of the new name is still ahead; record it on that day."))
    if not name.strip() or name == place.name:
        raise Invalid(Text("请写新的名称。", "Please give the new name."), fields={"name": Text("新名称", "the new name")})
    _change(place, "renamed", since, document, at, name_before=place.name, name_after=name)
    done = events.PlaceRenamed(place=place.pk, before=place.name, after=name, since=since.isoformat(), document=document)
    place.name = name
    place.save(update_fields=["name"])
    record(done, stream=place.pk, subject=place.subject, by=by, at=at)
    return place


@transaction.atomic
def split_place(*, place: Place, into: Sequence[Place], since: date, document: str, by: str, at: datetime) -> Place:
    """Parts of the place became places of their own on `since`; the place itself goes on until `end_place`. Raises Refused."""
    place = _locked(place)
    _check_document(document)
    _check_successors(place, into)
    for successor in into:
        _change(place, "split", since, document, at, successor=successor)
    done = events.PlaceSplit(place=place.pk, into=[part.pk for part in into], since=since.isoformat(), document=document)
    record(done, stream=place.pk, subject=place.subject, by=by, at=at)
    return place


@transaction.atomic
def end_place(*, place: Place, until: date, document: str, by: str, at: datetime, merged_into: Sequence[Place] = ()) -> Place:
    """`until` is the place's last day; it may go on in other places. Raises Refused while living places are inside."""
    place = _locked(place)
    _check_document(document)
    if place.until is not None:
        raise Refused(Text(f"{place.short_name}已经撤销。", f"{place.short_name} has already ended."))
    inside = descendants(place).filter(standing(until)).exclude(until=until).first()
    if inside is not None:
        raise Refused(
            Text(
                f"里面还有{inside.short_name}。请先撤销或划走下级。",
                f"{inside.short_name} is still inside. End what is below first.",
            )
        )
    if merged_into:
        _check_successors(place, merged_into)
    for successor in merged_into:
        _change(place, "merged", until, document, at, successor=successor)
    _change(place, "ended", until, document, at)
    place.until = until
    place.save(update_fields=["until"])
    done = events.PlaceEnded(
        place=place.pk, until=until.isoformat(), merged_into=[successor.pk for successor in merged_into], document=document
    )
    record(done, stream=place.pk, subject=place.subject, by=by, at=at)
    return place


def _check_new(row: Row, parent: Place) -> None:
    wrong = {f"row{number or ''}": text for number, text in enumerate(check_row(row))}
    if row.level in LEVELS and not stands_above(parent.level, row.level):
        wrong["level"] = Text(
            f"{parent.short_name}不在{quoted(row.level)}之上。", f"{parent.short_name} does not stand above a {row.level}."
        )
    if Place.objects.filter(pk=row.code).exists():
        wrong["code"] = Text(
            f"编码 {row.code} 已有地方在用，编码不换主人。", f"The code {row.code} is taken; codes never change hands."
        )
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def _check_document(document: str) -> None:
    if not document.strip():
        need = Text("请写依据的文件名称或文号。", "Name the document this rests on.")
        raise Invalid(need, fields={"document": need})


def _check_successors(place: Place, others: Sequence[Place]) -> None:
    if not others or any(other.level != place.level or other.pk == place.pk for other in others):
        raise Refused(Text("只能拆到、并入同一层级的其他地方。", "A place can only go on in other places of its own level."))


def _change(
    place: Place,
    kind: str,
    since: date,
    document: str,
    at: datetime,
    *,
    name_before: str = "",
    name_after: str = "",
    successor: Place | None = None,
) -> None:
    PlaceChange.objects.create(
        place=place,
        kind=kind,
        since=since,
        document=document,
        name_before=name_before,
        name_after=name_after,
        successor=successor,
        recorded_at=at,
    )


def _locked(place: Place) -> Place:
    return Place.objects.select_for_update().get(pk=place.pk)
