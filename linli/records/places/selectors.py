"""Questions about the tree of places."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from linli.records.places.models import Place, PlaceChange
from linli.records.prepared import Prepared
from linli.rules.plain.refusals import NotFound


def place(code: str) -> Place:
    """The place with this official code. Raises NotFound."""
    found = find_place(code)
    if found is None:
        raise NotFound
    return found


def find_place(code: str) -> Place | None:
    """The place with this code, if there is one."""
    return _PLACE.first(code)


def line_to(place: Place) -> list[Place]:
    """From the province down to this place itself."""
    return _LINE(place.ancestor_codes)


def ancestors(place: Place) -> list[Place]:
    """From the province down to the place above this one."""
    return _LINE(place.ancestor_codes[:-1])


_PLACE = Prepared(lambda code: Place.objects.filter(pk=code))
_LINE = Prepared(lambda codes: Place.objects.filter(pk__in=codes).order_by("path"))


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Code -> short name, of those that exist."""
    return {found.pk: found.short_name for found in _LINE(sorted(codes))}


def at_level(place: Place, level: str) -> Place | None:
    """The place of a level on the line from the province down to this place itself."""
    if place.level == level:
        return place
    return Place.objects.filter(pk__in=place.ancestor_codes, level=level).first()


_SMALL = ("community", "grid", "estate", "building")


def beneath(place: Place, through: str = "") -> Q:
    """This place and everything in it, as a condition: `Need.objects.filter(beneath(district, "place"))`.

    For a small place the few codes come first, so that an index that begins with the place is used in a city of any size.
    """
    return within(*bounds(place), through, small=is_small(place))


def bounds(place: Place) -> tuple[str, str]:
    """Paths of a place and of everything in it lie from the first on, before the second: "0" is the character after "/"."""
    return place.path, place.path[:-1] + "0"


def within(path: str, until: str, through: str = "", *, small: bool = False) -> Q:
    """The same by the bounds alone, for a prepared question."""
    if through and small:
        return Q(**{f"{through}__in": Place.objects.filter(within(path, until)).order_by()})
    column = f"{through}__path" if through else "path"
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": path})
    # SQLite's LIKE cannot use the index; a range can.
    return Q(**{f"{column}__gte": path, f"{column}__lt": until})


def is_small(place: Place) -> bool:
    """Whether few places can lie in it."""
    return place.level in _SMALL


def descendants(place: Place, level: str = "") -> QuerySet[Place]:
    """Everything in this place without itself, by code; of one level when given."""
    found = Place.objects.filter(beneath(place)).exclude(pk=place.pk)
    return found.filter(level=level) if level else found


def standing(on: date) -> Q:
    """Places that exist on a day. `until` is the last day."""
    return (Q(since__isnull=True) | Q(since__lte=on)) & (Q(until__isnull=True) | Q(until__gte=on))


def changes(place: Place) -> QuerySet[PlaceChange]:
    """The dated changes of a place, oldest first."""
    return PlaceChange.objects.filter(place=place, undone_at__isnull=True).select_related("successor")


def heirs_of(codes: Iterable[str], on: date) -> dict[str, list[str]]:
    """By the code of a place that had ended by then: the codes of those it goes on in."""
    found: dict[str, list[str]] = {}
    rows = PlaceChange.objects.filter(merged(on), place__in=list(codes)).values_list("place", "successor")
    for code, successor in rows:
        found.setdefault(code, []).append(successor)
    return found


def went_on_in(codes: Iterable[str], on: date) -> dict[str, list[Place]]:
    """By the code of a place: the places that had ended by then and whose business it goes on with."""
    found: dict[str, list[Place]] = {}
    for change in _MERGED(sorted(codes), on):
        if change.successor_id is not None:
            found.setdefault(change.successor_id, []).append(change.place)
    return found


def merged(on: date) -> Q:
    """Mergers of places whose last day is over. `since` of a merger is that last day."""
    return Q(kind="merged", undone_at__isnull=True, since__lt=on)


_MERGED = Prepared(
    lambda codes, on: PlaceChange.objects.filter(merged(on), successor__in=codes).select_related("place").order_by("place__path")
)


def name_on(place: Place, on: date) -> str:
    """What the place was called on a day."""
    later = changes(place).filter(kind="renamed", since__gt=on).first()
    return later.name_before if later else place.name
