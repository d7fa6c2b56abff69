"""Needs that seem alike. Suggested to whoever is typing, and to the staff who judge; never decided here."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.db.models import Q, QuerySet

from linli.records.needs.models import Judgement, Need
from linli.records.people.forgetting import GONE, people_forgotten
from linli.records.places.models import Place
from linli.rules.matching.nearest import SUGGESTIONS, Index

# The newest of the community, then of its neighbours in the subdistrict.
CANDIDATES = 5_000
_PLACES_HELD = 8
# As alike as this, somebody should say whether it is the same thing.
NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Similar:
    """`elsewhere`: it was raised in a neighbouring community."""

    need: Need
    likeness: float
    shared: tuple[str, ...]
    elsewhere: bool


@dataclass
class _Held:
    """An index over the needs of a subdistrict, own community first; grows with what is raised after it was made."""

    index: Index[int]
    last: int


_held: OrderedDict[str, _Held] = OrderedDict()
_forgotten = -1  # how many people were forgotten when the oldest of `_held` was read
_lock = Lock()


def similar_needs(
    place: Place, text: str, *, limit: int = SUGGESTIONS, apart_from: frozenset[int] = frozenset()
) -> list[Similar]:
    """The most alike that still stand, in this community and its neighbours; at most `limit`."""
    with _lock:
        matches = _index(place).nearest(text, limit=limit * 2, apart_from=apart_from)
    standing = Need.objects.filter(pk__in=[match.key for match in matches], withdrawn_at__isnull=True)
    needs = standing.defer("asker_name", "contact", "sealed").select_related("place", "cluster").in_bulk()
    found = [
        Similar(needs[match.key], match.likeness, match.shared, needs[match.key].place_id != place.pk)
        for match in matches
        if match.key in needs
    ]
    return found[:limit]


def near_duplicates(need: Need) -> list[Similar]:
    """Needs of the same community and year so alike that somebody should judge, and nobody has yet."""
    judged = Judgement.objects.filter(Q(first=need) | Q(second=need)).values_list("first", "second")
    known = {need.pk, *(number for pair in judged for number in pair)}
    found = similar_needs(need.place, need_text(need.what, need.where), limit=20, apart_from=frozenset(known))
    return [
        one
        for one in found
        if one.likeness >= NEAR
        and not one.elsewhere
        and one.need.year == need.year
        and (need.cluster_id is None or one.need.cluster_id != need.cluster_id)
    ]


def duplicates_open(need: Need) -> int:
    """`need.duplicates_open`: how many near duplicates nobody has judged."""
    return len(near_duplicates(need))


def need_text(what: str, where: str) -> str:
    return f"{where} {what}"


def _index(place: Place) -> Index[int]:
    _drop_the_forgotten()
    held = _held.get(place.pk)
    fresh = list(_rows(place, after=held.last)[: CANDIDATES + 1]) if held else []
    if held is None or len(held.index) + len(fresh) > 2 * CANDIDATES:
        # Too much is new (an import, say): the newest are read again from the beginning.
        held, fresh = _made(place), []
        _held[place.pk] = held
    _held.move_to_end(place.pk)
    while len(_held) > _PLACES_HELD:
        _held.popitem(last=False)
    for number, what, where in fresh:
        held.index.add(number, need_text(what, where))
        held.last = number
    return held.index


def _drop_the_forgotten() -> None:
    """Somebody was forgotten since, whichever process did it: no word read before stays in memory.

    Counted before anything is read, so what is read is never older than the count.
    """
    global _forgotten
    forgotten = people_forgotten()
    if forgotten != _forgotten:
        _held.clear()
        _forgotten = forgotten


def _made(place: Place) -> _Held:
    own = list(_candidates(Q(place=place))[:CANDIDATES])
    beside = list(_candidates(Q(place__parent=place.parent_id) & ~Q(place=place))[: CANDIDATES - len(own)])
    index: Index[int] = Index()
    for number, what, where in reversed(beside):
        index.add(number, need_text(what, where))
    for number, what, where in reversed(own):
        index.add(number, need_text(what, where))
    return _Held(index, max((row[0] for row in (*own[:1], *beside[:1])), default=0))


def _candidates(where: Q) -> "QuerySet[Need, tuple[int, str, str]]":
    rows = Need.objects.filter(where, withdrawn_at__isnull=True).exclude(what=GONE).order_by("-pk")
    return rows.values_list("pk", "what", "where")


def _rows(place: Place, after: int) -> "QuerySet[Need, tuple[int, str, str]]":
    """What was raised since, here and beside; oldest first."""
    return (
        _candidates(Q(place=place) | Q(place__parent=place.parent_id, place__parent__isnull=False))
        .filter(pk__gt=after)
        .order_by("pk")
    )
