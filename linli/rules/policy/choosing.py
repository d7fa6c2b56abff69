"""Choosing the best of many, and what last year's results do to next year's places. Pure: scores in, names out.

A tie at the last place is never broken here: it is named, and the office the pack names decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import groupby
from typing import Literal

from linli.rules.policy.models import Quota


@dataclass(frozen=True, slots=True)
class Candidate:
    """`part` is the place whose quota counts ("" where there is none)."""

    id: str
    score: Fraction
    part: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`chosen` best first; `tied` stand equal before the `left` places that remain; `over_quota` gave way to their neighbours."""

    chosen: tuple[str, ...]
    tied: tuple[str, ...] = ()
    left: int = 0
    over_quota: tuple[str, ...] = ()


def choose(candidates: Sequence[Candidate], places: int | None, quotas: Mapping[str, int] | None = None) -> Choice:
    """The best within the places, and within the quota of each part that has one. `None` places: no limit.

    Everybody of one score is looked at together; where not all of them fit, nobody of them is taken before the tie is decided.
    """
    left = len(candidates) if places is None else places
    room = dict(quotas or {})
    chosen: list[str] = []
    over: list[str] = []
    for group in _by_score(candidates):
        if left == 0:
            break
        over += [one.id for one in group if room.get(one.part) == 0]
        group = [one for one in group if room.get(one.part) != 0]
        counted = Counter(one.part for one in group)
        short = {part for part, count in counted.items() if part in room and room[part] < count}
        if short or len(group) > left:
            tied = [one.id for one in group if len(group) > left or one.part in short]
            sure = [one.id for one in group if one.id not in tied]
            return Choice((*chosen, *sure), tuple(tied), _open(left - len(sure), short, room, len(group) > left), tuple(over))
        chosen += [one.id for one in group]
        left -= len(group)
        room = {part: number - counted[part] for part, number in room.items()}
    return Choice(tuple(chosen), (), 0, tuple(over))


def _by_score(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    ranked = sorted(candidates, key=lambda one: one.score, reverse=True)
    return [list(group) for _, group in groupby(ranked, key=lambda one: one.score)]


def _open(left: int, short: set[str], room: Mapping[str, int], crowded: bool) -> int:
    """How many of those who tie can still be taken."""
    return left if crowded else min(left, sum(room[part] for part in short))


@dataclass(frozen=True, slots=True)
class Lot:
    """`number` is the SHA-256 of the seed, a line feed and the id, in hexadecimal: anybody can recompute it."""

    id: str
    number: str
    part: str = ""


def lots(seed: str, parts: Mapping[str, str]) -> list[Lot]:
    """A draw: the ids in the order of their numbers, smallest first. `parts` says in whose quota each stands ("" in none)."""
    found = [Lot(id, sha256(f"{seed}\n{id}".encode()).hexdigest(), part) for id, part in parts.items()]
    return sorted(found, key=lambda one: one.number)


def drawn(order: Iterable[Lot], left: int, room: Mapping[str, int]) -> list[str]:
    """The first in the order for whom a place is left, in all and in their part."""
    free = dict(room)
    taken: list[str] = []
    for one in order:
        if len(taken) < left and free.get(one.part, 1) > 0:
            taken.append(one.id)
            if one.part in free:
                free[one.part] -= 1
    return taken


Change = Literal["more", "fewer", "same"]


def next_change(quota: Quota, grade: str) -> Change | None:
    """What a place's grade does to its places next year; None while nobody has graded it."""
    if not grade:
        return None
    return "more" if grade in quota.more else "fewer" if grade in quota.fewer else "same"


def next_places(places: int, step: int, change: Change) -> int:
    """Never below none."""
    return max(0, places + {"more": step, "fewer": -step, "same": 0}[change])
