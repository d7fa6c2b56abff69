"""Where the money goes: what a year has, what is promised, what is left, project by project, place by place."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.selectors import visible_to
from linli.records.funds.models import Commitment, Envelope
from linli.records.funds.permissions import READ_ENVELOPE
from linli.records.places.models import Place
from linli.records.places.selectors import ancestors, beneath
from linli.records.reports.overview import Shares, scope_of
from linli.records.reports.overview.money import MoneyFigures
from linli.rules.plain.texts import Text
from linli.web.portal.finding import person_of, place_named
from linli.web.portal.listing import project_rows
from linli.web.portal.shares import all_of
from linli.web.shared import clock
from linli.web.shared.charts import Bar, Bars
from linli.web.shared.doors import door
from linli.web.shared.overview.tables import ENDS, money_table
from linli.web.shared.overview.words import in_words, titles_here
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Link, Tab, Table

MOST_PLACES = 60
_KINDS = {"reserved": Text("预留", "Reserved"), "committed": Text("已答应", "Promised"), "released": Text("已退回", "Given back")}
_PROJECTS = (
    Column(Text("项目", "Project"), "link"),
    Column(Text("现在", "Stands at"), "stamp"),
    Column(Text("答应的钱（元）", "Promised (yuan)"), "money"),
    Column(Text("这笔钱", "The money")),
    Column(Text("哪天起", "Since"), "date"),
)
_PLACES = (
    Column(Text("地方", "Place"), "link"),
    Column(Text("共有（元）", "In all (yuan)"), "money"),
    Column(Text("已答应（元）", "Promised (yuan)"), "money"),
    Column(Text("还剩（元）", "Left (yuan)"), "money"),
)


@door(may=READ_ENVELOPE)
def here(request: HttpRequest) -> HttpResponse:
    """To the reader's own place."""
    place = reader_of(request).place
    return redirect("portal:money", code=place.code) if place else redirect(reverse("portal:places") + "?for=money")


@door(may=READ_ENVELOPE, load=place_named)
def money(request: HttpRequest, place: Place) -> HttpResponse:
    years = _years(place)
    year = _year(request, years)
    envelopes = list(_envelopes(place, year))
    counted = _counted(place, envelopes)
    scope = scope_of(place, year, clock.today())
    found = MoneyFigures(scope).shares(place)
    page = page_of(_promises(place, year), request, by=("-pk",))
    context = {
        "place": place,
        "above": ancestors(place),
        "year": year,
        "years": [Tab(str(one), f"?year={one}", current=one == year) for one in years],
        "purse": all_of(counted),
        "spends": scope.spends_money,
        "own": next((one for one in envelopes if one.place_id == place.pk), None) if len(counted) < len(envelopes) else None,
        "charts": _charts(place, found) if found.total_fen else [],
        "this_year": clock.today().year,
        "last_year": clock.today().year - 1,
        "envelopes": envelopes,
        "places": _places(place, counted),
        "page": page,
        "table": _projects(request, page.items),
    }
    return render(request, "portal/money.html", context)


def _years(place: Place) -> list[int]:
    known = Envelope.objects.filter(beneath(place, "place")).order_by().values_list("year", flat=True).distinct()
    return sorted({*known, clock.today().year}, reverse=True)


def _year(request: HttpRequest, years: Sequence[int]) -> int:
    asked = request.GET.get("year", "")
    return int(asked) if asked.isdecimal() and int(asked) in years else clock.today().year


def _envelopes(place: Place, year: int) -> QuerySet[Envelope]:
    return Envelope.objects.filter(beneath(place, "place"), year=year).select_related("place").order_by("place__path")


def _counted(place: Place, envelopes: list[Envelope]) -> list[Envelope]:
    """Where communities have money of their own they are the sum: a district's line is handed on to them."""
    return [one for one in envelopes if one.place.level == "community"] or envelopes


def _charts(place: Place, shares: Shares) -> list[Bars]:
    """What the money went to: by category, and by what became of the projects."""
    drawn = []
    for column in ("categories", "ends"):
        table = money_table(shares, titles_here(place) if column == "categories" else ENDS, column)
        rows = [Bar(row[0], row[1], shares.total_fen, said=in_words(row[1])) for row in table.rows]
        drawn.append(Bars(table.caption, rows, whole=shares.total_fen, table=table))
    return drawn


def _places(place: Place, envelopes: list[Envelope]) -> Table | None:
    if place.level == "community" or not envelopes:
        return None
    rows = [
        [
            Link(one.place.short_name, reverse("portal:money", args=[one.place_id]) + f"?year={one.year}"),
            one.amount_fen,
            one.promised_fen,
            one.left_fen,
        ]
        for one in envelopes[:MOST_PLACES]
    ]
    return Table(Text("按地方", "By place"), _PLACES, rows, hide_caption=True)


def _promises(place: Place, year: int) -> QuerySet[Commitment]:
    return Commitment.objects.filter(beneath(place, "envelope__place"), envelope__year=year)


def _projects(request: HttpRequest, promises: Sequence[Commitment]) -> Table:
    ids = [int(one.subject_id) for one in promises if one.subject_kind == "case"]
    cases = visible_to(person_of(request), clock.today()).filter(pk__in=ids)
    known = {str(row.case.pk): row for row in project_rows(cases)}
    rows: list[list[Any]] = []
    for one in promises:
        row = known.get(one.subject_id)
        if row is not None:
            rows.append([_link(row.case), row.stamp, one.amount_fen, _KINDS[one.state], one.released_at or one.at])
    return Table(Text("给了哪些项目", "Which projects"), _PROJECTS, rows, hide_caption=True)


def _link(case: Case) -> Link:
    return Link(case.title, reverse("portal:project", args=[case.code]), case.code)
