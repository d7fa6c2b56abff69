"""How far the asking has come: two meters, what is short in words, and whom to visit (for those who may know)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.needs.gate import takes_needs
from linli.records.needs.models import Need
from linli.records.needs.permissions import ENTER_FOR_OTHERS, READ_TO_VISIT
from linli.records.needs.selectors import Coverage, coverage_of_communities, households_to_visit
from linli.records.needs.selectors import coverage as coverage_of
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.intake_ground import address, me, place_named
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.shapes import Column, Link, Meter, Stamp, Tab, Table

MOST_SHOWN = 50
ROUND = "collection_round"


@door(may="needs.read_needs_at_desk", load=lambda request, code: place_named(request, code))
def coverage(request: HttpRequest, place: Place) -> HttpResponse:
    on, person = clock.today(), me(request)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= on.year else on.year
    day = on if year == on.year else date(year, 12, 31)
    rules, reached = rules_at(place), coverage_of(place, year, day)
    inside = place.level in ("district", "subdistrict")
    enters = takes_needs(rules, on) and may(person, ENTER_FOR_OTHERS, place, on)
    context = {
        "place": place,
        "year": year,
        "rules": rules,
        "reached": reached,
        "inside": inside,
        "meters": [] if inside else [_wide(reached), _priority(reached, person, day, _clause(rules, day), enters)],
        "words": [] if inside else _in_words(reached),
        "tabs": [Tab(Text(str(one), str(one)), f"?year={one}", current=one == year) for one in range(on.year, on.year - 3, -1)],
        "modes": _modes(place, year, rules, on),
        "rounds": _rounds(place, year),
        "table": _table(place, year, day) if inside else None,
        "may_enter": enters,
    }
    return render(request, "desk/coverage/coverage.html", context)


def _wide(reached: Coverage) -> Meter:
    clause = reached.wide.clause if reached.wide else ""
    return Meter(Text("问到的居民（户）", "Residents or households asked"), reached.sources, reached.needed, _PEOPLE, clause)


_PEOPLE = Text("人（户）", "people or households")


def _priority(reached: Coverage, person: Person, on: date, clause: str, enters: bool) -> Meter:
    """Offices above see how many; the list is for those who go and knock, with the way to the form for who may enter it."""
    visits: list[Link] = []
    total = reached.priority_missing
    if total and may(person, READ_TO_VISIT, reached.place, on):
        shown = households_to_visit(reached.place, reached.year, on, by=person)[:MOST_SHOWN]
        way = reverse("desk:enter_need") + f"?place={reached.place.pk}&channel=offline&household="
        visits = [Link(household.label, way + household.label if enters else "") for household in shown]
    title = Text("重点家庭", "Priority households")
    return Meter(title, reached.priority_reached, reached.priority_total, clause=clause, to_visit=visits, to_visit_total=total)


def _clause(rules: Rules, on: date) -> str:
    known = rules.catalogues(on).get("priority_groups")
    return known.clause if known else ""


def _in_words(reached: Coverage) -> list[Text]:
    """What still keeps the round from closing, one sentence each."""
    found = []
    if reached.shortfall:
        found.append(
            Text(
                f"还要再问 {reached.shortfall} 人（户），才达到 {reached.needed}。",
                f"{reached.shortfall} more to ask, to reach {reached.needed}.",
            )
        )
    if reached.priority_missing:
        found.append(
            Text(
                f"还有 {reached.priority_missing} 户重点家庭没有问到，一户都不能少。",
                f"{reached.priority_missing} priority households have not been asked; none may be left out.",
            )
        )
    if not reached.online:
        found.append(Text("还没有线上提出的。", "Nothing has come in online yet."))
    if not reached.offline:
        found.append(Text("还没有线下收集的。", "Nothing has been collected in person yet."))
    if reached.unidentified:
        found.append(
            Text(
                f"有 {reached.unidentified} 条看不出是谁提的，照样办理，但不算进覆盖。",
                f"{reached.unidentified} name nobody who could be told apart: handled all the same, not counted.",
            )
        )
    return found


def _modes(place: Place, year: int, rules: Rules, on: date) -> list[tuple[Text, int]]:
    """How many came in a round and how many every day, online and in person."""
    kept = Need.objects.filter(beneath(place, "place"), year=year, withdrawn_at__isnull=True)
    rows = list(kept.order_by().values_list("mode", "channel"))
    found: list[tuple[Text, int]] = []
    for position, catalogue in enumerate(("collection_modes", "collection_channels")):
        known = rules.catalogues(on).get(catalogue)
        for key, entry in known.entries.items() if known else ():
            found.append((entry.title, sum(row[position] == key for row in rows)))
    return found


def _rounds(place: Place, year: int) -> list[Link]:
    """The round of the year, whose gate asks for these numbers."""
    cases = Case.objects.filter(place=place, procedure=ROUND, year=year)
    return [Link(f"{case.code} {case.title}", address("desk:dossier", case.code)) for case in cases.order_by("-id")]


def _table(place: Place, year: int, on: date) -> Table:
    columns = (
        Column(Text("社区", "Community"), "link"),
        Column(Text("问到", "Asked"), "number"),
        Column(Text("要达到", "Needed"), "number"),
        Column(Text("重点家庭", "Priority households"), "number"),
        Column(Text("还没问到", "Not asked yet"), "number"),
        Column(Text("线上", "Online"), "number"),
        Column(Text("线下", "In person"), "number"),
        Column(Text("情况", "State"), "stamp"),
    )
    return Table(Text("各社区", "Communities"), columns, [_row(one) for one in coverage_of_communities(place, year, on)])


def _row(one: Coverage) -> list[Any]:
    return [
        Link(one.place.short_name, reverse("desk:coverage", args=[one.place.pk]) + f"?year={one.year}"),
        one.sources,
        one.needed,
        one.priority_total,
        one.priority_missing,
        one.online,
        one.offline,
        _stamp(one),
    ]


def _stamp(one: Coverage) -> Stamp:
    if one.shortfall is None:
        return Stamp(Text("没有规定数", "No number set"), "closed")
    if one.shortfall or one.priority_missing:
        return Stamp(Text("还差", "Short"), "waiting")
    return Stamp(Text("已达到", "Reached"), "done")
