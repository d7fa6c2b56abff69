"""The places a desk looks over."""

from collections.abc import Sequence

from linli.records.places.models import Place
from linli.records.places.selectors import beneath


def inside(places: Sequence[Place]) -> list[Place]:
    """These places and the subdistricts and communities in them, from the top; their own levels always included."""
    here = beneath(places[0])
    for place in places[1:]:
        here |= beneath(place)
    levels = {*(place.level for place in places), "district", "subdistrict", "community"}
    return list(Place.objects.filter(here, level__in=levels).order_by("path"))
