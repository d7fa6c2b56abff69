"""Asking the entries. The same question gives the same answers in the same order, on either database.

The order: things whose title holds every word come first, those that hold them elsewhere follow; in both, the latest day
first. A page is a place in that order, so every page costs the same.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from linli.records.needs.codes import read_code
from linli.records.places.models import Place
from linli.records.reports.search.engines import keys
from linli.records.reports.search.models import KINDS, STATES, SearchEntry
from linli.records.reports.search.tokens import Word, words

SIZE = 20
_CURSOR = re.compile(r"([12])-([0-9]{1,19})")
_TIERS = (True, False)

Place_ = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """A question as the address puts it. A kind or state nobody knows finds nothing."""

    text: str = ""
    kind: str = ""
    place: Place | None = None
    year: int | None = None
    state: str = ""
    words: Sequence[Word] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", words(read_code(self.text) or self.text))

    @property
    def empty(self) -> bool:
        """Nothing to look for: no word that can be read, and no filter but the place."""
        return not self.words and (bool(self.text.strip()) or not (self.kind or self.year or self.state))

    @property
    def tags(self) -> list[str]:
        found = [f"k{self.kind}"] if self.kind else []
        found += [f"s{self.state}"] if self.state else []
        found += [f"y{self.year}"] if self.year is not None else []
        return found + ([f"p{self.place.code}"] if self.place is not None else [])


@dataclass(frozen=True)
class Found:
    """One page. Cursors are "" at the ends."""

    entries: Sequence[SearchEntry]
    next: str = ""
    previous: str = ""


def readable(cursor: str) -> bool:
    return _CURSOR.fullmatch(cursor) is not None


def find(asked: Asked, *, after: str = "", before: str = "", size: int = SIZE) -> Found:
    """A page of what was asked for; three queries. A cursor that makes no sense is taken as none."""
    if asked.empty or (asked.kind and asked.kind not in KINDS) or (asked.state and asked.state not in STATES):
        return Found(())
    start, backwards = _read(after), False
    if start is None and (start := _read(before)) is not None:
        backwards = True
    places = _walk(asked, start, backwards, size + 1)
    more, places = len(places) > size, places[:size]
    if backwards:
        places.reverse()
    rows = SearchEntry.objects.select_related("place").defer("title_grams", "text_grams", "initials", "tags")
    entries = rows.in_bulk([key for _, key in places])
    earlier, later = (more, True) if backwards else (start is not None, more)
    return Found(
        [entries[key] for _, key in places if key in entries],
        next=_cursor(places[-1]) if places and later else "",
        previous=_cursor(places[0]) if places and earlier else "",
    )


def _walk(asked: Asked, start: Place_ | None, backwards: bool, limit: int) -> list[Place_]:
    """First what stands in titles, then the rest; or from there back."""
    tiers = (1, 2) if asked.words else (1,)
    found: list[Place_] = []
    for tier in reversed(tiers) if backwards else tiers:
        if start is not None and (tier > start[0] if backwards else tier < start[0]):
            continue
        beyond = start[1] if start is not None and start[0] == tier else None
        rest = limit - len(found)
        if rest > 0:
            some = keys(
                connection,
                asked.words,
                asked.tags,
                titles=_TIERS[tier - 1],
                beyond=beyond,
                backwards=backwards,
                limit=rest,
            )
            found += [(tier, key) for key in some]
    return found


def _read(cursor: str) -> Place_ | None:
    match = _CURSOR.fullmatch(cursor)
    return (int(match[1]), int(match[2])) if match and int(match[2]) < 2**63 else None


def _cursor(place: Place_) -> str:
    return f"{place[0]}-{place[1]}"
