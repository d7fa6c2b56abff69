"""Keeping the entries current. The trail says what was touched; what it says now is read from the records themselves.

Every stream of the trail is read on from where it was left, so nothing is missed whatever wrote it: a page, an import, a
command. Running it again changes nothing. It stands outside the act: if it fails, the next run makes it good.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reports.search.engines import made_anew
from linli.records.reports.search.entries import entries_of, every_number, notices_over
from linli.records.reports.search.models import KINDS, SearchCursor, SearchEntry
from linli.records.trail.models import CHECKPOINTS, Event, Stream

_KIND_OF = {"need": "need", "case": "project", "meeting": "meeting"}
_AT_ONCE = 500
_LOCK = ""
_COLUMNS = [field.name for field in SearchEntry._meta.fields if not field.primary_key]
log = logging.getLogger(__name__)

Touched = dict[str, set[int]]
Thing = TypeVar("Thing")


def keep_current(on: date) -> None:
    """As `refresh`, for whoever has just recorded an act: never fails; what is left undone is done next time."""
    try:
        refresh(on)
    except Exception:
        log.exception("the search index waits for the next act")


def refresh(on: date) -> int:
    """Bring in everything sealed since the last time. Returns how many things were looked at again."""
    if not _grown():
        return 0
    with transaction.atomic():
        _wait_for_others()
        touched: Touched = {}
        for code, done, head in _grown():
            _read(code, done, head, touched)
            SearchCursor.objects.update_or_create(pk=code, defaults={"seq": head})
        for kind, numbers in touched.items():
            for some in _batches(sorted(numbers), _AT_ONCE):
                _put(kind, some, on)
    return sum(len(numbers) for numbers in touched.values())


@transaction.atomic
def look_again(things: Mapping[str, Sequence[int]], on: date) -> None:
    """Read these anew: for what changes without an act about them."""
    _wait_for_others()
    for kind, numbers in things.items():
        for some in _batches(numbers, _AT_ONCE):
            _put(kind, some, on)


@transaction.atomic
def end_notices(on: date) -> int:
    """Notices end by themselves, without an act: once a day their entries are told."""
    _wait_for_others()
    over = tuple(notices_over(on))
    for some in _batches(over, _AT_ONCE):
        _put("notice", some, on)
    return len(over)


def rebuild(on: date, say: Callable[[str, int], None] = lambda kind, done: None) -> int:
    """Make every entry anew from the records: after loading in bulk, or when words of a pack have changed."""
    with transaction.atomic():
        _wait_for_others()
        # Read before the records: what is sealed meanwhile is only looked at twice.
        heads = list(Stream.objects.exclude(pk=CHECKPOINTS).values_list("code", "seq"))
        with made_anew(connection):
            total = sum(_fill(kind, on, say) for kind in KINDS)
        SearchCursor.objects.exclude(pk=_LOCK).delete()
        SearchCursor.objects.bulk_create([SearchCursor(stream=code, seq=seq) for code, seq in heads], batch_size=_AT_ONCE)
    return total


def _fill(kind: str, on: date, say: Callable[[str, int], None]) -> int:
    done = 0
    for some in _batches(every_number(kind).iterator(chunk_size=2_000), _AT_ONCE):
        found = entries_of(kind, some, on)
        SearchEntry.objects.bulk_create(found)
        done += len(found)
        say(kind, done)
    return done


def _grown() -> list[tuple[str, int, int]]:
    """Streams with something new: code, how far it was read, where it ends. Asked after every act, so in plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, [CHECKPOINTS])
        found: list[tuple[str, int, int]] = cursor.fetchall()
    return found


_GROWN = f"""
    SELECT grown.code, COALESCE(done.seq, 0), grown.seq
    FROM {Stream._meta.db_table} grown LEFT JOIN {SearchCursor._meta.db_table} done ON done.stream = grown.code
    WHERE grown.code <> %s AND grown.seq > COALESCE(done.seq, 0)
    ORDER BY grown.code
"""


def _wait_for_others() -> None:
    """Two at once could put an older state over a newer one."""
    SearchCursor.objects.bulk_create([SearchCursor(stream=_LOCK)], ignore_conflicts=True)
    SearchCursor.objects.select_for_update().get(pk=_LOCK)


def _read(code: str, done: int, head: int, touched: Touched) -> None:
    """What the events of a stretch are about. A notice is sealed under its matter and named inside."""
    events = Event.objects.filter(stream=code, seq__gt=done, seq__lte=head).order_by("seq")
    for kind, number, what in events.values_list("subject_kind", "subject_id", "kind").iterator():
        if kind in _KIND_OF and number.isdecimal():
            _add(touched, _KIND_OF[kind], [int(number)])
        if what == "place.renamed":
            _all_of(number, touched)
    for event in events.filter(kind__startswith="notice.").iterator():
        _add(touched, "notice", [int(event.data["notice"])])


def _all_of(code: str, touched: Touched) -> None:
    """Everything in a place that has a new name."""
    place = Place.objects.filter(pk=code).first()
    if place is not None:
        for kind, number in SearchEntry.objects.filter(beneath(place, "place")).values_list("kind", "number"):
            _add(touched, kind, [number])


def _add(touched: Touched, kind: str, numbers: Iterable[int]) -> None:
    touched.setdefault(kind, set()).update(numbers)


def _put(kind: str, numbers: tuple[int, ...], on: date) -> None:
    """Write what may be found now; take out what may not."""
    found = entries_of(kind, numbers, on)
    SearchEntry.objects.filter(kind=kind, number__in=numbers).exclude(pk__in=[entry.pk for entry in found]).delete()
    SearchEntry.objects.bulk_create(found, update_conflicts=True, unique_fields=["id"], update_fields=_COLUMNS)


def _batches(things: Iterable[Thing], size: int) -> Iterator[tuple[Thing, ...]]:
    rest = iter(things)
    while some := tuple(islice(rest, size)):
        yield some
