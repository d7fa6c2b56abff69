"""Places of the administrative tree."""

from django.db.models import Q
from django.http import HttpRequest
from ninja import Schema

from linli.records.places.models import Place
from linli.records.places.selectors import beneath, standing
from linli.web.api.asking import asked_place, listed
from linli.web.api.shapes import Listed
from linli.web.api.site import reading
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC


class PlaceOut(Schema):
    code: str
    name: str
    short_name: str
    level: str
    parent: str
    settlement: str  # urban, rural or ""


@reading("/places", may=PUBLIC, answer=Listed[PlaceOut], tags=["places"])
def places(request: HttpRequest, place: str = "", level: str = "", q: str = "") -> Listed[PlaceOut]:
    """Places that exist today, by code.

    `place`: this place and everything in it. `level`: province, city, district, subdistrict, community, grid, estate or
    building. `q`: part of the name.
    """
    wanted = standing(clock.today())
    inside = asked_place(place)
    if inside is not None:
        wanted &= beneath(inside)
    if level:
        wanted &= Q(level=level)
    if q:
        wanted &= Q(name__icontains=q[:60])
    return listed(Place.objects.filter(wanted), request, lambda rows: [place_out(row) for row in rows], by=("pk",))


def place_out(place: Place) -> PlaceOut:
    return PlaceOut(
        code=place.code,
        name=place.name,
        short_name=place.short_name,
        level=place.level,
        parent=place.parent_id or "",
        settlement=place.settlement,
    )
