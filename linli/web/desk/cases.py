"""The list of matters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.selectors import rows
from linli.records.cases.selectors.at_desk import Wanted, areas, kinds_at, matters_at
from linli.records.cases.selectors.kinds import Kinds
from linli.records.cases.selectors.lists import Row
from linli.records.duties.permissions import READ_TODO
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.web.desk.inside import inside
from linli.web.desk.loaders import address, held_offices, places_held, reader_person, takes_part
from linli.web.desk.states import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Filter, Link, Tab, Table

_COLUMNS = (
    Column(Text("事项", "Matter"), "link"),
    Column(Text("状态", "State"), "stamp"),
    Column(Text("地方", "Place")),
    Column(Text("金额（元）", "Amount (yuan)"), "money"),
    Column(Text("进入这一步", "In this state since"), "date"),
)
# Not states of any procedure: those have plain names.
_RUNNING, _ENDED = "-running", "-ended"
_STATES = ("procedure", "passage__state", "passage__end")
MOST_TABS = 8


@door(may=READ_TODO)
def cases(request: HttpRequest) -> HttpResponse:
    """Everything at the places of the reader's offices and beneath, by filters that stay in the address."""
    places = places_held(held_offices(request))
    on, asked = clock.today(), request.GET
    where, wanted = areas(places, _place(asked.get("place", ""))), _wanted(request)
    kinds = kinds_at(where, wanted)
    page, states = page_of(matters_at(where, wanted, kinds), request), _states(request, kinds)
    shown = rows(page.items)
    context = {
        "page": page,
        "table": _table(shown, _doors(request, shown, on)),
        "empty": not shown,
        "filtered": any(asked.get(key) for key in ("place", "procedure", "state", "year", "q")),
        "tabs": _tabs(request, states),
        "filters": [*_filters(places, on, asked.get("place", "")), _by_state(states)],
        "begin_url": address("desk:new_case"),
    }
    return render(request, "desk/cases/list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = {key: str(value) for key, value in request.GET.items()}
    state, year = asked.get("state") or _RUNNING, asked.get("year", "")
    return Wanted(
        procedure=asked.get("procedure", ""),
        year=int(year) if year.isdecimal() else None,
        words=asked.get("q", "").strip(),
        state="" if state in (_RUNNING, _ENDED, "all") else state,
        running={_RUNNING: True, _ENDED: False}.get(state),
    )


def _place(code: str) -> Place | None:
    if not code:
        return None
    place = Place.objects.filter(pk=code).first()
    if place is None:
        raise NotFound
    return place


@dataclass(frozen=True)
class States:
    """How many stand in each state under the other filters."""

    running: Mapping[str, tuple[Text, int]]
    ended: int

    @property
    def many(self) -> bool:
        """Too many for tabs: then the state is chosen among the filters."""
        return len(self.running) > MOST_TABS


def _states(request: HttpRequest, kinds: Kinds) -> States:
    titles = _titles_of(request)
    merged: dict[str, tuple[Text, int]] = {}
    for (procedure, state, end), many in sorted(kinds.by_all(_STATES).items(), key=lambda one: [str(value) for value in one[0]]):
        if not end:
            title = titles.get((procedure, state), Text(state, state))
            merged[state] = (title, merged.get(state, (title, 0))[1] + many)
    return States(merged, sum(many for (end,), many in kinds.by_all(("passage__end",)).items() if end))


def _tabs(request: HttpRequest, states: States) -> list[Tab]:
    now = request.GET.get("state") or _RUNNING
    tabs = [Tab(_ALL_RUNNING, _with(request, _RUNNING), now == _RUNNING, sum(many for _, many in states.running.values()))]
    tabs += [
        Tab(title, _with(request, state), now == state, many)
        for state, (title, many) in states.running.items()
        if not states.many or state == now
    ]
    return [*tabs, Tab(_ALL_ENDED, _with(request, _ENDED), now == _ENDED, states.ended)]


def _by_state(states: States) -> Filter:
    title = Text("状态", "State")
    if not states.many:
        return Filter("state", title, kind="hidden")
    known = [(state, Text(f"{title.zh}（{many}）", f"{title.en} ({many})")) for state, (title, many) in states.running.items()]
    return Filter("state", title, [*known, (_ENDED, _ALL_ENDED)])


_ALL_RUNNING, _ALL_ENDED = Text("在办", "Running"), Text("已办结", "Ended")


def _titles_of(request: HttpRequest) -> dict[tuple[str, str], Text]:
    place = places_held(held_offices(request))[0]
    known = _procedures(place, clock.today())
    return {(known_one.id, state.id): state.title for known_one in known for state in known_one.states.values()}


def _procedures(place: Place, on: date) -> list[Procedure]:
    try:
        return [each for each in rules_at(place, on).procedures(on).values() if each.moves != "need"]
    except Refused:  # no rules adopted here yet
        return []


def _with(request: HttpRequest, state: str) -> str:
    query = request.GET.copy()
    for key in ("after", "before"):
        query.pop(key, None)
    query["state"] = state
    return "?" + str(query.urlencode())


def _filters(places: Sequence[Place], on: date, asked: str) -> list[Filter]:
    procedures = [(each.id, each.title) for each in _procedures(places[0], on)]
    years = [(str(year), str(year)) for year in range(on.year + 1, on.year - 5, -1)]
    found = [
        Filter("q", Text("编号或名称", "Number or name"), kind="text"),
        Filter("procedure", Text("种类", "Kind"), procedures),
    ]
    known = inside(places, asked)
    if len(known) > 1:
        found.append(Filter("place", Text("地方", "Place"), [(each.code, each.short_name) for each in known]))
    return [*found, Filter("year", Text("年度", "Year"), years)]


def _doors(request: HttpRequest, shown: Sequence[Row], on: date) -> list[str]:
    """Where each title leads: to the dossier, or to the public page for those who look over nobody and have no part in it."""
    over, person = reader_of(request).looks_over, reader_person(request)
    return [
        "desk:dossier"
        if over.intersection(each.case.place.ancestor_codes) or takes_part(person, each.procedure, each.case.place, on)
        else "portal:project"
        for each in shown
    ]


def _table(shown: Sequence[Row], doors: Sequence[str]) -> Table:
    found = [_row(each, name) for each, name in zip(shown, doors, strict=True)]
    return Table(Text("事项", "Matters"), _COLUMNS, found, hide_caption=True)


def _row(row: Row, name: str) -> tuple[Any, ...]:
    case = row.case
    note = Text(f"{case.code} · {row.procedure.title.zh}", f"{case.code} · {row.procedure.title.en}")
    link = Link(case.title, address(name, case.code), note)
    entered = case.passage.entered_at if case.passage else None
    return link, stamp_of(row.state), case.place.short_name, case.amount_fen, entered
