"""The first page: the reader's community, or the way to find it."""

from django.http import HttpRequest, HttpResponse

from linli.web.portal.places import choose, place_page
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.reader import reader_of


@door(may=PUBLIC)
def home(request: HttpRequest) -> HttpResponse:
    place = reader_of(request).place
    return choose(request) if place is None else place_page(request, place)
