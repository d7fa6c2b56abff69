"""Search over everything that can be read here: needs, projects, notices, meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.reports.search.models import SearchEntry
from linli.web.portal.asking import asked_place, scopes
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.searching import searched

_PAGES = {"need": "portal:need", "project": "portal:project", "notice": "portal:notice", "meeting": "portal:meeting"}


@door(may=PUBLIC)
def search(request: HttpRequest) -> HttpResponse:
    place = asked_place(request)
    context = searched(request, place, address_of)
    return render(request, "portal/search.html", {**context, "scopes": scopes(request, place)})


def address_of(entry: SearchEntry) -> str:
    return reverse(_PAGES[entry.kind], args=[entry.ref])
