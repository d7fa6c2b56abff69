"""The kinds of public matters in a place, counted again only where something was recorded since.

Counting all matters of a city takes half a second; between two acts nothing changes, and an act changes one place. So each
process keeps what it counted, place by place, beside the head of the place's chain: what is done to a matter lengthens that
chain in the same transaction. Heads are read before what they stand for is counted, so a count is never older than its head.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from threading import Lock
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from linli.records.cases.models import Case
from linli.records.cases.selectors.kinds import COLUMNS, Kinds, kinds_of, later_of, rows_by
from linli.records.cases.selectors.lists import visible_to
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reading import remembering
from linli.records.trail.models import Stream
from linli.records.trail.selectors import acts_so_far

_MOST = 1_000  # places whose sums one process keeps
_KINDS = b"the kinds of public matters"
_versions = count(1)
_MANY = 500  # places: beyond these all are counted in one go

Counts = Counter[tuple[Any, ...]]
Asked = tuple[str, frozenset[str] | None]  # code of a place, procedures; None: whatever they are


@dataclass(frozen=True)
class _Part:
    """What lies in one place itself, and the head of its chain before it was counted."""

    head: str
    counts: Counts = field(default_factory=Counter)
    newest: dict[tuple[Any, ...], datetime] = field(default_factory=dict)


@dataclass
class _Sum:
    """What lies in one place and in every place in it. `newest` only grows: it is a moment after which there is nothing."""

    acts: int = -1
    parts: dict[str, _Part] = field(default_factory=dict)
    counts: Counts = field(default_factory=Counter)
    newest: dict[tuple[Any, ...], datetime] = field(default_factory=dict)
    kinds: Kinds = field(default_factory=lambda: Kinds({}))
    version: int = 0  # another one with every change; nought: nothing lies there

    def replace(self, code: str, part: _Part | None) -> None:
        before = self.parts.pop(code, None)
        if before is not None:
            self.counts.subtract(before.counts)
        if part is not None:
            self.counts.update(part.counts)
            self.newest = later_of(self.newest, part.newest)
            self.parts[code] = part


_parts: dict[str, _Part] = {}
_sums: OrderedDict[Asked, _Sum] = OrderedDict()
_lock = Lock()


def public_kinds(place: Place | None, procedures: frozenset[str] | None = None) -> Kinds:
    """What everybody may see there, as of now. `None`: everywhere, of any procedure."""
    if not settings.HOLD_FIGURES:
        found = kinds_of(_public(place))
        return found if procedures is None else found.of(procedures)
    key = (place.pk if place else "", procedures)
    with _lock:
        known = _sums.setdefault(key, _Sum())
        _sums.move_to_end(key)
        while len(_sums) > _MOST:
            _sums.popitem(last=False)
        with remembering(_KINDS, lambda: known.version):
            acts = acts_so_far()
            if acts != known.acts:
                _bring_up(known, dict(_heads(place).values_list("code", "sha256")), procedures)
                known.acts = acts
        return known.kinds


def forget() -> None:
    """Count everything anew."""
    with _lock:
        _parts.clear()
        _sums.clear()


def _bring_up(known: _Sum, heads: Mapping[str, str], procedures: frozenset[str] | None) -> None:
    heads_known = {code: part.head for code, part in known.parts.items()}
    changed = [code for code in heads.keys() | heads_known.keys() if heads.get(code) != heads_known.get(code)]
    if not changed:
        return
    _count([code for code in changed if code in heads and _head_of(code) != heads[code]], heads)
    for code in changed:
        known.replace(code, _parts.get(code) if code in heads else None)
    there = {values: n for values, n in known.counts.items() if n}
    kinds = Kinds(there, {values: known.newest[values] for values in there})
    kinds = kinds if procedures is None else kinds.of(procedures)
    if kinds != known.kinds:
        known.kinds, known.version = kinds, next(_versions)


def _head_of(code: str) -> str:
    part = _parts.get(code)
    return part.head if part else ""


def _count(codes: Sequence[str], heads: Mapping[str, str]) -> None:
    """What lies in these places, each by itself."""
    found = {code: _Part(heads[code]) for code in codes}
    those = _public(None)
    rows = rows_by(("place", *COLUMNS), those if len(codes) > _MANY else those.filter(place__in=codes))
    for (code, *values), n, newest in rows:
        if code in found:
            found[code].counts[tuple(values)] = n
            found[code].newest[tuple(values)] = newest
    _parts.update(found)


def _public(place: Place | None) -> QuerySet[Case]:
    found = visible_to(None, date.min)
    return found.filter(beneath(place, "place")) if place is not None else found


def _heads(place: Place | None) -> QuerySet[Stream]:
    if place is None:
        return Stream.objects.all()
    return Stream.objects.filter(code__in=Place.objects.filter(beneath(place)).order_by().values("code"))
