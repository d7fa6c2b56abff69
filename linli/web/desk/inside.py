"""The places a desk looks over."""

from collections.abc import Sequence

from django.db.models import Q

from linli.records.made_rows import shown_rows
from linli.records.places.models import Place
from linli.records.places.selectors import beneath

MOST = 400  # places to choose from; a province has thousands, and nobody reads a list of them


def inside(places: Sequence[Place], *asked: str) -> list[Place]:
    """These places and the subdistricts and communities in them, from the top; their own levels always included.

    Where that is too many: these places and the districts (subdistricts too, in a city) in them, and the one asked for with
    what lies right beneath it, so that one comes to every place step by step.
    """
    here = beneath(places[0])
    for place in places[1:]:
        here |= beneath(place)
    own = {place.level for place in places}
    known = Place.objects.filter(here, level__in={*own, "district", "subdistrict", "community"}).order_by("path")
    found = shown_rows(known[: MOST + 1])
    if len(found) <= MOST:
        return found
    first = {*own, "district"} if "province" in own else {*own, "district", "subdistrict"}
    return shown_rows(known.filter(Q(level__in=first) | Q(pk__in=asked) | Q(parent__in=asked)))
