"""Changing the tree of places by whoever keeps the place above. Each change rests on a document and has its day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.people.permissions import KEEP_PLACES
from linli.records.places.models import Place, PlaceChange
from linli.records.places.selectors import beneath
from linli.records.places.services import (
    Loaded,
    add_place,
    end_place,
    load_places,
    rename_place,
    set_reached,
    split_place,
    undo_change,
)
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text

_LONGEST = 120
_TOP = Text("省一级的变更由网站管理员登记。", "Changes of a province are recorded by whoever keeps the site.")


@transaction.atomic
def open_new(*, parent: Place, code: str, name: str, level: str, since: date, document: str, by: Person, at: datetime) -> Place:
    """A place more beneath this one. Raises NotAllowed, Invalid."""
    require(by, KEEP_PLACES, parent, day_in_china(at))
    return add_place(code=code, name=name, level=level, parent=parent, since=since, document=document, by=by.ref, at=at)


@transaction.atomic
def give_name(*, place: Place, name: str, since: date, document: str, by: Person, at: datetime) -> Place:
    """Raises NotAllowed, Refused, Invalid."""
    _require(by, place, at)
    if len(name) > _LONGEST:
        wrong = Text(f"名称最长 {_LONGEST} 个字。", f"A name has {_LONGEST} characters at most.")
        raise Invalid(wrong, fields={"name": wrong})
    return rename_place(place=place, name=name, since=since, document=document, by=by.ref, at=at)


@transaction.atomic
def close(*, place: Place, into: Sequence[Place], until: date, document: str, by: Person, at: datetime) -> Place:
    """Its last day; with `into` it goes on in these, whose offices finish what is open. Raises NotAllowed, Refused, Invalid."""
    for each in (place, *into):
        _require(by, each, at)
    _living(into, until)
    return end_place(place=place, until=until, merged_into=into, document=document, by=by.ref, at=at)


@transaction.atomic
def divide(*, place: Place, into: Sequence[Place], since: date, document: str, by: Person, at: datetime) -> Place:
    """Parts of it became the places `into`, opened before. Raises NotAllowed, Refused, Invalid."""
    for each in (place, *into):
        _require(by, each, at)
    _living(into, since)
    return split_place(place=place, into=into, since=since, document=document, by=by.ref, at=at)


@transaction.atomic
def move(*, place: Place, parent: Place, code: str, since: date, document: str, by: Person, at: datetime) -> Place:
    """It belongs to another place from `since` on, under a code of that one: codes never change hands, so the old code ends
    the day before and goes on in the new one. Raises NotAllowed, Refused, Invalid."""
    _require(by, place, at)
    if parent.pk == place.parent_id:
        raise Refused(Text(f"{place.short_name}已经属于{parent.short_name}。", f"{place.short_name} lies there already."))
    made = open_new(parent=parent, code=code, name=place.name, level=place.level, since=since, document=document, by=by, at=at)
    end_place(place=place, until=since - timedelta(days=1), merged_into=[made], document=document, by=by.ref, at=at)
    return made


@transaction.atomic
def load_table(*, place: Place, rows: Sequence[Mapping[str, str]], source: str, by: Person, at: datetime) -> Loaded:
    """The table of `linli places load` for what lies beneath this place: new ones and new names. Raises NotAllowed, Refused,
    Invalid; then nothing is written."""
    require(by, KEEP_PLACES, place, day_in_china(at))
    if not source.strip() or not rows:
        need = Text("请写表从哪里来，并选一个有内容的表。", "Say where the table comes from, and choose one with rows.")
        raise Invalid(need, fields={"source": need})
    done = load_places(rows=rows, source=source, at=at, by=by.ref)
    codes = {(row.get("code") or "").strip() for row in rows}
    outside = Place.objects.filter(pk__in=codes).exclude(beneath(place) & ~Q(pk=place.pk)).first()
    if outside is not None:
        raise Refused(
            Text(
                f"表里的{outside.short_name}（{outside.pk}）不在{place.short_name}里面，整张表都没有写入。",
                f"{outside.short_name} ({outside.pk}) does not lie in {place.short_name}; nothing of the table was written.",
            )
        )
    return done


@transaction.atomic
def say_how_reached(*, place: Place, phone: str, counter: str, by: Person, at: datetime) -> Place:
    """Its own office says it. Raises NotAllowed, Invalid."""
    require(by, KEEP_PLACES, place, day_in_china(at))
    return set_reached(place=place, phone=phone, counter=counter, by=by.ref, at=at)


@transaction.atomic
def take_back(*, change: PlaceChange, reason: str, by: Person, at: datetime) -> Place:
    """Raises NotAllowed, Refused, Invalid."""
    _require(by, change.place, at)
    return undo_change(change=change, reason=reason, by=by.ref, at=at)


def _require(by: Person, place: Place, at: datetime) -> None:
    """Whoever keeps the place above it: nobody ends or renames the place of the own office alone."""
    if place.parent is None:
        raise NotAllowed(_TOP)
    require(by, KEEP_PLACES, place.parent, day_in_china(at))


def _living(places: Sequence[Place], on: date) -> None:
    for place in places:
        if place.until is not None and place.until <= on:
            raise Refused(Text(f"{place.short_name}到那天已经撤销。", f"{place.short_name} has ended by that day."))
