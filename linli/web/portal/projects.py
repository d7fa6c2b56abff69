"""The list of projects; every filter stays in the address."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse

from linli.records.cases.permissions import READ_PUBLIC
from linli.records.cases.selectors import seen_besides, visible_to
from linli.records.cases.selectors.kinds import Kinds, kinds_of, together
from linli.records.cases.selectors.newest import first_newest, narrowed_by, newest, way_to
from linli.records.cases.selectors.tally import public_kinds
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.web.portal.asking import asked_place, at_home, scopes
from linli.web.portal.finding import rules_here
from linli.web.portal.listing import CaseRow, project_rows
from linli.web.shared import clock
from linli.web.shared.as_read import page_as_read
from linli.web.shared.counting import held
from linli.web.shared.doors import door
from linli.web.shared.paging import SIZE, at_the_beginning, first_page, page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Filter, Link, Page, Table
from linli.web.shared.tags.quick import address

_COLUMNS = (
    Column(Text("项目", "Project"), "link"),
    Column(Text("现在", "Stands at"), "stamp"),
    Column(Text("社区", "Community")),
    Column(Text("金额（元）", "Amount (yuan)"), "money"),
    Column(Text("这一步始于", "Since"), "date"),
)
_CAPTION = Text("项目", "Projects")
# What is asked for in the address, and where it stands.
_ASKED = {
    "way": "procedure",
    "state": "passage__state",
    "stage": "passage__stage",
    "type": "type",
    "category": "category",
    "year": "year",
}


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
    kinds = _kinds(request, place)
    page, total = _page(request, place, asked, kinds)
    rows, ways = project_rows(page.items), scopes(request, place)
    return page_as_read(
        request,
        "portal/projects.html",
        lambda: {
            "place": place,
            "total": total,
            "page": page,
            "filters": _filters(kinds, place),
            "scopes": ways,
            "asked": {key: value for key, value in asked.items() if value},
            "table": Table(_CAPTION, _COLUMNS, [_cells(row) for row in rows], hide_caption=True),
        },
        total,
    )


def _kinds(request: HttpRequest, place: Place | None) -> Kinds:
    """What everybody sees, and what this reader sees besides."""
    person, everybodys = reader_of(request).person, public_kinds(place, project_procedures())
    if person is None:
        return everybodys
    own = narrowed_by(seen_besides(person, clock.today()), "procedure__in", sorted(project_procedures()), passed_over=True)
    return together(everybodys, kinds_of(own.filter(beneath(place, "place")) if place else own))


def _page(request: HttpRequest, place: Place | None, asked: Mapping[str, str], kinds: Kinds) -> tuple[Page, int]:
    """The part of the list the address asks for, and how many there are in all."""
    viewer, chosen, words = reader_of(request).person, _chosen(asked), asked["q"]
    way = way_to(place, chosen, kinds)
    those: Any = {"procedures": project_procedures(), "place": place, "chosen": chosen}
    total = kinds.how_many(chosen)
    if not total:
        return first_page([], by=way.order), 0
    if viewer is None and not words and at_the_beginning(request):
        return first_page(first_newest(way, **those, kinds=kinds, most=SIZE + 1), by=way.order, about=f"{total:,}"), total
    found = newest(visible_to(viewer, clock.today()), way, **those)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(code__icontains=words))
        about = ("projects named", place.pk if place else "", clock.today(), *asked.items())
        total = held(about, found.count, public=viewer is None)
    return page_of(found, request, by=way.order, about=f"{total:,}"), total


def _asked(request: HttpRequest) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:60] for key in (*_ASKED, "q")}


def _chosen(asked: Mapping[str, str]) -> dict[str, str | int]:
    """Column -> the value asked for. A year that is none asks for nothing."""
    found: dict[str, str | int] = {column: asked[key] for key, column in _ASKED.items() if asked[key] and key != "year"}
    return found | ({"year": int(asked["year"])} if asked["year"].isdecimal() else {})


def _cells(row: CaseRow) -> list[Any]:
    case = row.case
    link = Link(case.title, address("portal:project", case.code), case.code)
    return [link, row.stamp, case.place.short_name, case.amount_fen, row.since]


def _filters(kinds: Kinds, place: Place | None) -> Sequence[Filter]:
    """Only what occurs is offered, each with how many there are."""
    titles = _titles(place)
    ways = _choices(kinds.by("procedure").items(), titles)
    return [
        Filter("q", Text("名称或编号", "Name or number"), kind="text"),
        *([Filter("way", Text("走哪种程序", "Procedure"), ways)] if len(ways) > 1 else []),
        Filter("state", Text("走到哪一步", "Stands at"), _choices(kinds.by("passage__state").items(), titles)),
        *_such_as("type", Text("类型", "Type"), kinds, titles),
        *_such_as("category", Text("类别", "Field"), kinds, titles),
        Filter("year", Text("年度", "Year"), _choices(sorted(kinds.by("year").items()), {})),
        Filter("place", Text("范围", "Where"), kind="hidden"),
    ]


def _such_as(column: str, name: Text, kinds: Kinds, titles: Mapping[str, Text]) -> list[Filter]:
    """Words a catalogue gives: their name alone says little, so the commonest of them stands beside it; none, no question."""
    counts = [(str(code), n) for code, n in kinds.by(column).items() if code]
    if not counts:
        return []
    first = titles.get(most := max(counts, key=lambda one: one[1])[0], Text(most, most))
    example = first.en[:1].lower() + first.en[1:]
    such_as = Text(f"，如{first.zh}", f", such as {example}")
    return [Filter(column, name, _choices(counts, titles), such_as=such_as)]


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
