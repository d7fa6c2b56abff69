"""The same search at the desk: hits lead to the desk's page where one looks over the place, else to everybody's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.people.access import looked_over
from linli.records.places.models import Place
from linli.records.reports.search.models import SearchEntry
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, door
from linli.web.shared.reader import reader_of
from linli.web.shared.searching import searched

_HERE = {"need": "desk:need", "project": "desk:dossier", "notice": "desk:notice", "meeting": "desk:meeting"}
_THERE = {"need": "portal:need", "project": "portal:project", "notice": "portal:notice", "meeting": "portal:meeting"}


@door(may=STAFF)
def search(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("place", "")
    place = Place.objects.filter(pk=code).first() if code else None
    return render(request, "desk/search.html", searched(request, place, _address(request)))


def _address(request: HttpRequest) -> Callable[[SearchEntry], str]:
    mine = looked_over(reader_of(request).person, clock.today())

    def address(entry: SearchEntry) -> str:
        inside = not mine.isdisjoint(entry.place.ancestor_codes)
        return reverse((_HERE if inside else _THERE)[entry.kind], args=[entry.ref])

    return address
