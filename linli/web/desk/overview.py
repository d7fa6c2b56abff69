"""The officer's overview: the figures of everybody's page with drafts and priority households, who is late with what,
where communities differ; as a page, a sheet of paper and a spreadsheet."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.places.models import Place
from linli.records.places.selectors import ancestors
from linli.records.reports.overview import Overdue, Overview, PlaceFigures, definitions, overdue_by_office, overview, scope_of
from linli.records.reports.permissions import READ_OVERVIEW
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.overview import WaysOn, measure_of, measures_of, outline_of, pictures, tables, workbook
from linli.web.shared.overview.asking import XLSX, asked_year, year_tabs
from linli.web.shared.overview.ways_on import address
from linli.web.shared.rulebooks import office_words
from linli.web.shared.shapes import Column, Link, Tab, Table


@door(may=READ_OVERVIEW, load=place_here)
def desk_overview(request: HttpRequest, place: Place) -> HttpResponse:
    found = _found(request, place)
    late = overdue_by_office(found.scope)
    told = tables(found, _WAYS, late)
    measure, year = measure_of(found, request.GET.get("measure", "")).id, found.scope.year
    asked = {"place": place.pk, "year": year}
    context = {
        "place": place,
        "above": [one for one in ancestors(place) if looks_at(me(request), one)],
        "year": year,
        "years": year_tabs(place, year, f"&place={place.pk}"),
        "found": found,
        "whole": found.whole,
        "drawn": pictures(found, told, _WAYS, measure),
        "measures": [
            Tab(one.title, address("desk:overview", **asked, measure=one.id) + "#map", one.id == measure)
            for one in measures_of(found)
        ],
        "outline": outline_of(found, _WAYS, measure),
        "late": _late(late),
        "late_total": sum(one.total for one in late),
        "differ": _differ(found),
        "money_url": _WAYS.money(place.pk, year),
        "projects_url": address("desk:cases", place=place.pk, year=year, state="all"),
        "figures_url": address("desk:overview_figures", **asked),
        "print_url": address("desk:overview_print", **asked),
        "meanings_url": address("portal:overview_meanings", place.pk),
    }
    return render(request, "desk/overview/overview.html", context)


@door(may=READ_OVERVIEW, load=place_here)
def figures(request: HttpRequest, place: Place) -> HttpResponse:
    """Every table with what it means, priority households and overdue duties included."""
    found = _found(request, place)
    headers = {"Content-Disposition": f'attachment; filename="linli-desk-{place.pk}-{found.scope.year}.xlsx"'}
    told = tables(found, _WAYS, overdue_by_office(found.scope))
    return HttpResponse(workbook(found, told), content_type=XLSX, headers=headers)


@door(may=READ_OVERVIEW, load=place_here)
def on_paper(request: HttpRequest, place: Place) -> HttpResponse:
    """The same tables on paper, with their definitions."""
    found = _found(request, place)
    context = {
        "place": place,
        "year": found.scope.year,
        "on": found.scope.on,
        "told": tables(found, _WAYS, overdue_by_office(found.scope)),
        "meanings": [(one, one.clause(found.scope.rules_of(place.path), found.scope.on)) for one in definitions(staff=True)],
        "rules": found.scope.rules_of(place.path),
        "back_url": address("desk:overview", place=place.pk, year=found.scope.year),
    }
    return render(request, "desk/overview/paper.html", context)


def _found(request: HttpRequest, place: Place) -> Overview:
    return overview(scope_of(place, asked_year(request), clock.today(), public=False))


def _late(late: Sequence[Overdue]) -> Table:
    """Each line leads to the calendar of the place that owes it."""
    columns = (
        Column(Text("承办单位", "Office"), "link"),
        Column(Text("逾期的事", "Duties late"), "number"),
        Column(Text("逾期的答复", "Answers late"), "number"),
        Column(Text("最早到期", "Oldest day"), "date"),
        Column(Text("提醒谁", "Whom to remind")),
    )
    rows = [
        [
            Link(office_words(one.office), address("desk:obligations", place=one.place.pk), one.place.short_name),
            one.duties,
            one.replies,
            one.oldest,
            "、".join(one.holders) or Text("没有人任职", "nobody holds the office"),
        ]
        for one in late
    ]
    return Table(Text("谁的事逾期了", "Who is late"), columns, rows, hide_caption=True)


# --- where communities differ ----------------------------------------------------------------------------------------
def _answered(one: PlaceFigures) -> Fraction | None:
    return Fraction(one.asked.answered, one.asked.total) if one.asked.total else None


def _done(one: PlaceFigures) -> Fraction | None:
    return Fraction(one.done, one.opened) if one.opened else None


def _promised(one: PlaceFigures) -> Fraction | None:
    return Fraction(one.purse.promised_fen, one.purse.amount_fen) if one.purse and one.purse.amount_fen else None


def _reached(one: PlaceFigures) -> Fraction | None:
    """Priority households asked, of those on the list."""
    reached = one.reached
    return Fraction(reached.priority_reached, reached.priority_total) if reached.priority_total else None


_COMPARED: tuple[tuple[Text, Callable[[PlaceFigures], Fraction | None]], ...] = (
    (Text("需求已答复", "Needs answered"), _answered),
    (Text("项目已办成", "Projects carried through"), _done),
    (Text("资金已答应", "Money promised"), _promised),
    (Text("重点家庭已问到", "Priority households asked"), _reached),
)


def _differ(found: Overview) -> Table:
    """Per measure the lowest, the middle and the highest of the places on the map; only those of which something is known."""
    columns = (
        Column(Text("看什么", "Measure")),
        Column(Text("有数的地方", "Places"), "number"),
        Column(Text("最低", "Lowest"), "share"),
        Column(Text("是哪里", "Where"), "link"),
        Column(Text("中间", "Middle"), "share"),
        Column(Text("最高", "Highest"), "share"),
        Column(Text("是哪里", "Where"), "link"),
    )
    rows = [row for title, of in _COMPARED if (row := _compared(title, of, found)) is not None]
    return Table(Text("各地差多少", "How far places differ"), columns, rows, hide_caption=True)


def _compared(title: Text, of: Callable[[PlaceFigures], Fraction | None], found: Overview) -> list[Any] | None:
    known = sorted(((share, one.place.pk, one) for one in found.tiles if (share := of(one)) is not None), key=lambda row: row[:2])
    if len(known) < 2:
        return None
    (low, _, least), (high, _, most) = known[0], known[-1]
    upper, lower = known[len(known) // 2][0], known[(len(known) - 1) // 2][0]
    return [title, len(known), low, _way(least, found), (upper + lower) / 2, high, _way(most, found)]


def _way(one: PlaceFigures, found: Overview) -> Link:
    return Link(one.place.short_name, _WAYS.overview(one.place.pk, found.scope.year))


# --- ways on ---------------------------------------------------------------------------------------------------------
def _matters(code: str, year: int, procedure: str, state: str) -> str:
    return address("desk:cases", place=code, procedure=procedure, year=year, state=state or "all")


_WAYS = WaysOn(
    overview=lambda code, year: address("desk:overview", place=code, year=year),
    needs=lambda code, year, **asked: address("desk:needs", place=code, year=year, **asked) if "category" not in asked else "",
    matters=_matters,
    money=lambda code, year: address("portal:money", code, year=year),
    coverage=lambda code, year: address("desk:coverage", code, year=year),
)
