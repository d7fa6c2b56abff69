"""Building a city, community by community. What is stamped is committed, so that a build that was stopped goes on from there."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from time import perf_counter, process_time

from django.core.management.color import no_style
from django.db import connection, transaction

from linli.demonstration.city import ground
from linli.demonstration.city.apart import tables
from linli.demonstration.city.scale import Scale
from linli.demonstration.city.specimen import specimen
from linli.demonstration.city.stamp import Counters, Press, Sheet
from linli.demonstration.days import Days, moment
from linli.demonstration.names import Names
from linli.demonstration.world import CITY, DISTRICT
from linli.records.places.models import Place
from linli.records.rulebook.selectors import library
from linli.records.trail.models import Stream
from linli.records.trail.services import take_checkpoint

Say = Callable[[str, str, float], None]
# Called with every batch of stamped places, for what other apps keep beside the rows (an index for searching).
Follow = Callable[[Sequence[Place]], None]

# A build can be begun again, so it need not survive a power cut line by line.
_QUICK = "PRAGMA synchronous=OFF; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=20000"


def build(
    *,
    scale: Scale,
    anchor: date,
    seed: int = 2018,
    password: str,
    say: Say = lambda *_: None,
    follow: Sequence[Follow] = (),
) -> Counter[str]:
    """How many rows of each table were written. Communities that stand already are left as they are."""
    began, worked = perf_counter(), process_time()
    _quick()
    if not ground.laid():
        said = ground.lay(Days(anchor, library().calendar), Names(seed), password)
        say("地面", said, perf_counter() - began)
    written: Counter[str] = Counter()
    presses: dict[tuple[bool, int], Press] = {}
    todo = waiting(scale)
    done = 0
    for _, group in groupby(todo, key=lambda place: place.parent_id):
        places = list(group)
        for place in places:
            if _kind(place, scale) not in presses:
                presses[_kind(place, scale)] = _press(place, scale, anchor, seed, password)
                say("样本", place.short_name, perf_counter() - began)
        written += _stamp([(presses[_kind(place, scale)], place) for place in places], seed, follow)
        done += len(places)
        say("社区", f"{done}/{len(todo)}, {written['trail.Event']:,} events", perf_counter() - began)
    take_checkpoint(at=moment(anchor, 0))
    _settle()
    say("检查点", f"CPU {process_time() - worked:.0f} s", perf_counter() - began)
    return written


def communities(scale: Scale) -> list[Place]:
    """Those of the district with a course of its own first in each half, so that a small scale has both."""
    found = list(Place.objects.filter(level="community", path__contains=f"/{CITY}/").order_by("code"))
    if scale.communities is None:
        return found
    own = [place for place in found if f"/{DISTRICT}/" in place.path]
    rest = [place for place in found if f"/{DISTRICT}/" not in place.path]
    half = (scale.communities + 1) // 2
    return [*own[:half], *rest[: scale.communities - half]]


def waiting(scale: Scale) -> list[Place]:
    """Communities in which nothing has happened yet."""
    there = set(Stream.objects.values_list("code", flat=True))
    return [place for place in communities(scale) if place.pk not in there]


def _kind(place: Place, scale: Scale) -> tuple[bool, int]:
    """Which specimen a community is stamped from: by the course that holds there, and by its number."""
    return f"/{DISTRICT}/" in place.path, int(place.pk[-3:]) % len(scale.reach)


def _press(place: Place, scale: Scale, anchor: date, seed: int, password: str) -> Press:
    made = Press(specimen(place, scale, _kind(place, scale)[1], anchor=anchor, seed=seed, password=password))
    _settle()
    return made


@transaction.atomic
def _stamp(work: Sequence[tuple[Press, Place]], seed: int, follow: Sequence[Follow]) -> Counter[str]:
    """The communities of one subdistrict together, so that the chains they share go forward in time."""
    counters, sheet = Counters.read(tables(), seed), Sheet()
    districts = Place.objects.in_bulk({place.ancestor_codes[2] for _, place in work})
    for press, place in work:
        press.stamp(place, districts[place.ancestor_codes[2]], counters, sheet)
    counters.save()
    written = sheet.write()
    for one in follow:
        one([place for _, place in work])
    return written


def _quick() -> None:
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            for line in _QUICK.split(";"):
                cursor.execute(line)


def _settle() -> None:
    """Numbers go on after the last row; a sequence does not go back by itself with what was taken back."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(sql)
