"""Which place a list is about. The answer stays in the address; a reader with a community begins there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.records.places.models import Place
from linli.records.places.selectors import find_place, line_to
from linli.rules.plain.texts import Text
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Tab

_EVERYWHERE = Text("所有地方", "Everywhere")


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
    return find_place(code) if code else None


def scopes(request: HttpRequest, place: Place | None) -> list[Tab]:
    """The place, what it lies in, and everywhere, as ways to the same list."""
    start = place or reader_of(request).place
    around = reversed(line_to(start)) if start else ()
    asked = request.GET.copy()
    for cursor in ("after", "before"):
        asked.pop(cursor, None)

    def of(code: str) -> str:
        asked["place"] = code
        return f"?{asked.urlencode()}"

    found = [Tab(one.short_name, of(one.code), current=place is not None and one.pk == place.pk) for one in around]
    return [*found, Tab(_EVERYWHERE, of(""), current=place is None)]
