"""Figures of a place for everybody: how needs and projects go, how fast, how wide, for what money; down to the records."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.places.models import Place
from linli.records.places.selectors import ancestors
from linli.records.reports.overview import Scope, definitions, overview, scope_of
from linli.records.reports.overview.ways import project_procedures
from linli.web.portal.finding import place_named, rules_here
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.overview import WaysOn, measure_of, measures_of, outline_of, pictures, tables, workbook
from linli.web.shared.overview.asking import XLSX, asked_year, year_tabs
from linli.web.shared.overview.ways_on import address
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Tab


@door(may=PUBLIC)
def here(request: HttpRequest) -> HttpResponse:
    """To the reader's own place, else to the choice of one."""
    place = reader_of(request).place
    return redirect("portal:overview", code=place.pk) if place else redirect(reverse("portal:places") + "?for=overview")


@door(may=PUBLIC, load=place_named)
def place_overview(request: HttpRequest, place: Place) -> HttpResponse:
    found = overview(_scope(request, place))
    told = tables(found, _WAYS)
    measure = measure_of(found, request.GET.get("measure", "")).id
    context = {
        "place": place,
        "above": ancestors(place),
        "year": found.scope.year,
        "years": year_tabs(place, found.scope.year),
        "found": found,
        "whole": found.whole,
        "drawn": pictures(found, told, _WAYS, measure),
        "measures": [
            Tab(one.title, _asked(request, measure=one.id) + "#map", current=one.id == measure) for one in measures_of(found)
        ],
        "outline": outline_of(found, _WAYS, measure),
        "money_url": _WAYS.money(place.pk, found.scope.year),
        "projects_url": address("portal:projects", place=place.pk, year=found.scope.year),
    }
    return render(request, "portal/overview.html", context)


@door(may=PUBLIC, load=place_named)
def figures(request: HttpRequest, place: Place) -> HttpResponse:
    """The tables behind the pictures as a spreadsheet."""
    found = overview(_scope(request, place))
    headers = {"Content-Disposition": f'attachment; filename="linli-{place.pk}-{found.scope.year}.xlsx"'}
    return HttpResponse(workbook(found, tables(found, _WAYS)), content_type=XLSX, headers=headers)


@door(may=PUBLIC, load=place_named)
def meanings(request: HttpRequest, place: Place) -> HttpResponse:
    """How every figure is counted, from which records, on the ground of which clause."""
    rules, on = rules_here(place), clock.today()
    rows = [(one, one.clause(rules, on)) for one in definitions()]
    context = {"place": place, "above": ancestors(place), "rows": rows, "rules": rules, "on": on}
    return render(request, "portal/overview_meanings.html", context)


def _scope(request: HttpRequest, place: Place) -> Scope:
    return scope_of(place, asked_year(request), clock.today())


def _asked(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for key, value in changed.items():
        query[key] = value
    return f"?{query.urlencode()}"


# --- ways on --------------------------------------------------------------------------------------------------------
def _overview(code: str, year: int) -> str:
    return reverse("portal:overview", args=[code]) + ("" if year == clock.today().year else f"?year={year}")


def _needs(code: str, year: int, **asked: str) -> str:
    """The list knows the state and the channel, not the category."""
    known: Mapping[str, Any] = {key: value for key, value in asked.items() if key in ("state", "channel")}
    return address("portal:needs", code, year=year, **known) if known else ""


def _matters(code: str, year: int, procedure: str, state: str) -> str:
    """The portal lists projects; other matters have no public list."""
    if procedure not in project_procedures(clock.today()):
        return ""
    asked = {"place": code, "year": year, "way": procedure, **({"state": state} if state else {})}
    return address("portal:projects", **asked)


_WAYS = WaysOn(
    overview=_overview,
    needs=_needs,
    matters=_matters,
    money=lambda code, year: address("portal:money", code, year=year),
    coverage=lambda code, year: address("portal:needs", code),
)
