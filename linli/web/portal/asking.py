"""Which place a list is about. The answer stays in the address; a reader with a community begins there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.records.places.models import Place
from linli.web.shared.reader import reader_of


def at_home(request: HttpRequest) -> HttpResponse | None:
    """To the same list of the reader's own place, when the address says nothing of a place."""
    if "place" in request.GET:
        return None
    place = reader_of(request).place
    if place is None:
        return None
    asked = request.GET.copy()
    asked["place"] = place.code
    return redirect(f"{request.path}?{asked.urlencode()}")


def asked_place(request: HttpRequest) -> Place | None:
    """None: everywhere."""
    code = request.GET.get("place", "")
    return Place.objects.filter(pk=code).first() if code else None
