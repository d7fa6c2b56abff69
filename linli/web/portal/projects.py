"""The list of projects; every filter stays in the address."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_PUBLIC
from linli.records.cases.selectors import project_list, visible_to
from linli.records.places.models import Place
from linli.records.places.selectors import bounds, is_small, within
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.web.portal.asking import asked_place, at_home, scopes
from linli.web.portal.finding import rules_here
from linli.web.portal.listing import CaseRow, project_rows
from linli.web.shared import clock
from linli.web.shared.counting import held
from linli.web.shared.doors import door
from linli.web.shared.paging import SIZE, at_the_beginning, first_page, page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Filter, Link, Table
from linli.web.shared.tags.quick import address

_COLUMNS = (
    Column(Text("项目", "Project"), "link"),
    Column(Text("现在", "Stands at"), "stamp"),
    Column(Text("社区", "Community")),
    Column(Text("金额（元）", "Amount (yuan)"), "money"),
    Column(Text("这一步始于", "Since"), "date"),
)
_NEWEST_FIRST = ("-opened_at", "-pk")
# Places so large ("": everywhere) that the newest matters are soon theirs; what is less than one in so many of them is found
# by an index instead.
_RARE = {"": 200, "province": 200, "city": 200, "district": 20}
_CAPTION = Text("项目", "Projects")
# What is asked for in the address, and where it stands; each value is counted.
_COLUMN = {"way": "procedure", "state": "passage__state", "type": "type", "category": "category", "year": "year"}


def project_procedures() -> frozenset[str]:
    """The procedures that move what people call a project: as the packs say."""
    return _project_procedures(clock.today())


@lru_cache(maxsize=4)
def _project_procedures(on: date) -> frozenset[str]:
    packs = library()
    found = (known for id in packs.packs for known in packs.rules(id).procedures(on).values())
    return frozenset(known.id for known in found if known.listed)


@door(may=READ_PUBLIC)
def projects(request: HttpRequest) -> HttpResponse:
    if (home := at_home(request)) is not None:
        return home
    place = asked_place(request)
    asked = _asked(request)
    about = ("projects", place.pk if place else "", clock.today())
    public = reader_of(request).person is None
    counted = held(about, lambda: _counted(_visible(request, place)), public=public)
    found = partial(_found, request, place, asked, counted)
    total = held((*about, *asked.items()), lambda: found().count(), public=public)
    first = _first(place, asked, counted) if public and at_the_beginning(request) else None
    if first is not None:
        page = first_page(first, by=_NEWEST_FIRST, about=f"{total:,}")
    else:
        page = page_of(found(), request, by=_NEWEST_FIRST, about=f"{total:,}")
    context = {
        "place": place,
        "total": total,
        "page": page,
        "filters": _filters(counted, place),
        "scopes": scopes(request, place),
        "asked": {key: value for key, value in asked.items() if value},
        "table": Table(_CAPTION, _COLUMNS, [_cells(row) for row in project_rows(page.items)], hide_caption=True),
    }
    return render(request, "portal/projects.html", context)


def _planned() -> bool:
    """PostgreSQL chooses by itself between an index and the newest, from what it knows of the sizes; SQLite is led."""
    return connection.vendor == "postgresql"


def _found(
    request: HttpRequest, place: Place | None, asked: Mapping[str, str], counted: Mapping[str, Counter[Any]]
) -> QuerySet[Case]:
    led = not _planned() and _soon_found(asked, place, counted)
    if not led:
        return _narrowed(_visible(request, place), asked)
    cases = project_list(viewer=reader_of(request).person, on=clock.today())
    return _narrowed(_newest_on(cases, project_procedures(), within(*bounds(place)) if place else None), asked)


def _visible(request: HttpRequest, place: Place | None) -> QuerySet[Case]:
    return _by_index(project_list(viewer=reader_of(request).person, on=clock.today(), place=place), project_procedures())


def _by_index(cases: QuerySet[Case], procedures: Iterable[str]) -> QuerySet[Case]:
    """The few of a small place, or of a rare kind, out of very many."""
    found = cases.filter(procedure__in=procedures)
    # Said of the passage too: then SQLite finds the few in a rare state by where they stand.
    return found if _planned() else found.filter(passage__procedure__in=procedures)


def _newest_on(cases: QuerySet[Case], procedures: Iterable[str], where: Q | None = None) -> QuerySet[Case]:
    """The same, read from the newest on: an index by procedure or place would have very many sorted before the first is shown."""
    found = cases.alias(moved_by=Coalesce("procedure", Value(""))).filter(moved_by__in=procedures)
    if where is None:
        return found
    # The codes are listed once; what lies elsewhere is passed over before anything of it is looked up.
    return found.alias(lies_in=Coalesce("place", Value(""))).filter(lies_in__in=Place.objects.filter(where).order_by())


def _first(place: Place | None, asked: Mapping[str, str], counted: Mapping[str, Counter[Any]]) -> list[Case] | None:
    """The pages most often asked for: the first of what everybody may see, by a prepared question where there is one."""
    procedures, chosen = sorted(project_procedures()), _chosen(asked)
    if asked["q"]:
        return None
    if chosen:
        if _planned() or not _soon_found(asked, place, counted):
            return None
        return _led(place is not None, tuple(chosen))(procedures, *(bounds(place) if place else ()), *chosen.values())
    if place is None:
        return _EVERYWHERE(procedures)
    if place.level in _RARE and not _planned():
        return _IN_WIDE(procedures, *bounds(place))
    return (_IN_SMALL if is_small(place) else _IN_LARGE)(procedures, *bounds(place))


@lru_cache(maxsize=64)
def _led(somewhere: bool, columns: tuple[str, ...]) -> Prepared[Case]:
    """Of a wide place or of all, read from the newest on, where some columns have these values."""

    def ask(names: Sequence[str], *told: Any) -> QuerySet[Case]:
        where, values = (within(*told[:2]), told[2:]) if somewhere else (None, told)
        return _newest_on(_everybodys(), names, where).filter(**dict(zip(columns, values, strict=True)))[: SIZE + 1]

    return Prepared(ask)


def _everybodys(where: Q | None = None) -> QuerySet[Case]:
    found = visible_to(None, date.min).order_by(*_NEWEST_FIRST)
    return found.filter(where) if where is not None else found


_EVERYWHERE = Prepared(lambda names: (_by_index if _planned() else _newest_on)(_everybodys(), names)[: SIZE + 1])
_IN_WIDE = Prepared(lambda names, path, until: _newest_on(_everybodys(), names, within(path, until))[: SIZE + 1])
_IN_SMALL = Prepared(
    lambda names, path, until: _by_index(_everybodys(within(path, until, "place", small=True)), names)[: SIZE + 1]
)
_IN_LARGE = Prepared(lambda names, path, until: _by_index(_everybodys(within(path, until, "place")), names)[: SIZE + 1])


def _soon_found(asked: Mapping[str, str], place: Place | None, counted: Mapping[str, Counter[Any]]) -> bool:
    """Whether a page is full before many others have been looked at: a wide place, and nothing rare is asked for."""
    rare = _RARE.get(place.level if place else "", 0)
    chosen = _chosen(asked)
    found = [counted[column][chosen[column]] for column in _COLUMN.values() if column in chosen]
    return rare > 0 and all(n * rare >= sum(counted["year"].values()) for n in found)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:60] for key in ("way", "state", "stage", "type", "category", "year", "q")}


def _chosen(asked: Mapping[str, str]) -> dict[str, str | int]:
    """Column -> the value asked for. A year that is none asks for nothing."""
    columns = {**_COLUMN, "stage": "passage__stage"}
    found: dict[str, str | int] = {column: asked[key] for key, column in columns.items() if asked[key] and key != "year"}
    return found | ({"year": int(asked["year"])} if asked["year"].isdecimal() else {})


def _narrowed(cases: QuerySet[Case], asked: Mapping[str, str]) -> QuerySet[Case]:
    found = cases.filter(**_chosen(asked))
    if asked["q"]:
        found = found.filter(title__icontains=asked["q"]) | found.filter(code__icontains=asked["q"])
    return found


def _cells(row: CaseRow) -> list[Any]:
    case = row.case
    link = Link(case.title, address("portal:project", case.code), case.code)
    return [link, row.stamp, case.place.short_name, case.amount_fen, row.since]


def _counted(cases: QuerySet[Case]) -> Mapping[str, Counter[Any]]:
    """How many there are of each kind, state, type, category and year: one reading for all of them."""
    found: dict[str, Counter[Any]] = {name: Counter() for name in _COLUMN.values()}
    for *values, n in cases.order_by().values_list(*_COLUMN.values()).annotate(n=Count("pk")):
        for name, value in zip(_COLUMN.values(), values, strict=True):
            found[name][value] += n
    return found


def _filters(counted: Mapping[str, Counter[Any]], place: Place | None) -> Sequence[Filter]:
    """Only what occurs is offered, each with how many there are."""
    titles = _titles(place)
    ways = _choices(counted["procedure"].items(), titles)
    return [
        Filter("q", Text("名称或编号", "Name or number"), kind="text"),
        *([Filter("way", Text("哪一类事", "Kind of matter"), ways)] if len(ways) > 1 else []),
        Filter("state", Text("状态", "State"), _choices(counted["passage__state"].items(), titles)),
        Filter("type", Text("类型", "Type"), _choices(counted["type"].items(), titles)),
        Filter("category", Text("类别", "Category"), _choices(counted["category"].items(), titles)),
        Filter("year", Text("年度", "Year"), _choices(sorted(counted["year"].items()), {})),
        Filter("place", Text("范围", "Where"), kind="hidden"),
    ]


def _choices(counts: Iterable[tuple[Any, int]], titles: Mapping[str, Text]) -> list[tuple[str, Text]]:
    found = [(str(code), titles.get(str(code), Text(str(code), str(code))), n) for code, n in counts if code]
    order = list(titles)
    found.sort(key=lambda one: order.index(one[0]) if one[0] in titles else len(order))
    return [(code, Text(f"{title.zh}（{n}）", f"{title.en} ({n})")) for code, title, n in found]


def _titles(place: Place | None) -> Mapping[str, Text]:
    """Words for procedures, states and catalogue codes in the order of the course: the place's own, then those of every pack.

    A list of a city or of everywhere has matters under the rules of the places below.
    """
    rules = rules_here(place) if place else None
    return _all_titles(clock.today(), rules.pack.id if rules else "")


@lru_cache(maxsize=32)
def _all_titles(on: date, pack: str) -> Mapping[str, Text]:
    packs, found = library(), dict[str, Text]()
    for id in dict.fromkeys([*([pack] if pack else []), *packs.packs]):
        rules = packs.rules(id)
        for known in sorted(rules.procedures(on).values(), key=lambda one: not one.listed):
            words = {known.id: known.title, **{state.id: state.title for state in known.states.values()}}
            for name in filter(None, (known.type_catalogue, known.category_catalogue)):
                words |= rules.titles_in(name, on)
            found = {**found, **{code: title for code, title in words.items() if code not in found}}
    return found
