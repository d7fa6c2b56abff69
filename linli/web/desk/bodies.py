"""Councils, committees, panels: which a place has, who sits where until when, what the regulation still asks for."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.bodies.models import Body, Seat, Term
from linli.records.bodies.permissions import KEEP_BODIES
from linli.records.bodies.selectors import facts_of, seats_on, term_on
from linli.records.people.access import may
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, descendants, standing
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import BodyKind
from linli.rules.policy.rules import Rules
from linli.web.desk import bodies_asks as asks
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import office_title, place_filter, rooms, rules_or_none, who_may
from linli.web.desk.people_offices import term
from linli.web.desk.sheets import Sheet, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Link, Stamp, Tab, Table

SIZE, PLACES = 50, 300
_COLUMNS = (
    Column(Text("名称", "Name"), "link"),
    Column(Text("地方", "Place")),
    Column(Text("本届", "Term")),
    Column(Text("在席", "Seated"), "number"),
    Column(Text("状态", "State"), "stamp"),
)
_SMALL = ("grid", "estate", "building")


@door(may=STAFF, load=place_here)
def bodies(request: HttpRequest, place: Place) -> HttpResponse:
    on, past = clock.today(), request.GET.get("show", "") == "past"
    every = Body.objects.filter(beneath(place, "place")).select_related("place")
    rows = every.filter(until__lt=on) if past else every.filter(Q(until__isnull=True) | Q(until__gte=on))
    page = page_of(_counted(rows, on), request, by=("place__path", "name", "pk"), size=SIZE)
    rules = rules_or_none(place)
    kinds = kinds_at(rules, place.level, on)
    formed = set(Body.objects.filter(holding(on), place=place).values_list("kind", flat=True))
    keeps = may(me(request), KEEP_BODIES, place, on)
    context = {
        "place": place,
        "rules": rules,
        "rooms": rooms(place, "desk:bodies"),
        "filters": place_filter(request, place),
        "tabs": [
            Tab(Text("现有", "Now"), address("desk:bodies", place=place.pk), current=not past),
            Tab(Text("已撤销", "Dissolved"), address("desk:bodies", place=place.pk, show="past"), current=past),
        ],
        "page": page,
        "table": Table(Text("议事会与小组", "Councils and bodies"), _COLUMNS, _rows(page.items, on), hide_caption=True)
        if page.items
        else None,
        "missing": [] if past else [kind for kind in kinds.values() if kind.id not in formed],
        "keeps": keeps,
        "who": who_may(KEEP_BODIES, place),
    }
    return render(request, "desk/people/bodies.html", context)


def kinds_at(rules: Rules | None, level: str, on: date) -> dict[str, BodyKind]:
    """The kinds of body the rules in force know at a level."""
    return {id: kind for id, kind in rules.bodies(on).items() if kind.at == level} if rules else {}


def _counted(rows: QuerySet[Body], on: date) -> QuerySet[Any]:
    """With how many sit there, and the present term."""
    latest = Term.objects.filter(body=OuterRef("pk"), since__lte=on).order_by("-since")
    return rows.annotate(
        seated=Count("seats", filter=holding(on, "seats__")),
        term_since=Subquery(latest.values("since")[:1]),
        term_until=Subquery(latest.values("until")[:1]),
    )


def _rows(found: Sequence[Any], on: date) -> list[list[Any]]:
    return [
        [
            Link(each.name, reverse("desk:body", args=[each.pk])),
            each.place.short_name,
            term(each.term_since or each.since, each.term_until),
            each.seated,
            _stamp(each, on),
        ]
        for each in found
    ]


def _stamp(body: Any, on: date) -> Stamp:
    if body.until is not None and body.until < on:
        return Stamp(Text("已撤销", "Dissolved"), "closed")
    if body.since > on:
        return Stamp(Text("还没开始", "Not begun"), "waiting")
    if body.term_until is not None and body.term_until < on:
        return Stamp(Text("任期已满，要换届", "Term over"), "action")
    return (
        Stamp(Text("没有人在席", "Nobody seated"), "action")
        if not body.seated
        else Stamp(Text("在任期内", "In its term"), "done")
    )


# --- one body ----------------------------------------------------------------------------------------------------------
def found_body(request: HttpRequest, pk: UUID, **named: str) -> Found:
    """A body for those who look over its place; with an act of the address, (body, act). Raises NotFound."""
    body = Body.objects.select_related("place").filter(pk=pk).first()
    if body is None or not looks_at(reader_of(request).person, body.place):
        raise NotFound
    return Found((body, named["act"]) if "act" in named else body, body.place)


@door(may=STAFF, load=found_body)
def body(request: HttpRequest, body: Body) -> HttpResponse:
    return body_again(request, body)


def body_again(request: HttpRequest, body: Body, tried: Tried | None = None) -> HttpResponse:
    on, rules = clock.today(), rules_or_none(body.place)
    kind = rule_of(body, rules, on)
    seated = list(seats_on(body, on))
    keeps = may(me(request), KEEP_BODIES, body.place, on)
    ended = body.until is not None and body.until < on
    facts = facts_of(body, on, kind=kind, rules=rules)
    context: dict[str, Any] = {
        "body": body,
        "place": body.place,
        "rules": rules,
        "kind": kind,
        "facts": facts,
        "term": term_on(body, on),
        "terms": [term(each.since, each.until) for each in body.terms.order_by("-since")[:10]],
        "charter": body.charters.filter(holding(on)).first(),
        "seats": _seats(kind, seated, rules, on, body.place),
        "left": [(each, term(each.since, each.until)) for each in _left(body, on)],
        "keeps": keeps,
        "ended": ended,
        "who": who_may(KEEP_BODIES, body.place),
        "forms": _forms(body, kind, seated, tried) if keeps and not ended else {},
    }
    context["refused"] = tried.turned_down if tried and tried.form not in context["forms"] else None
    return render(request, "desk/people/body.html", context)


def rule_of(body: Body, rules: Rules | None, on: date) -> BodyKind | None:
    """How the rules in force describe such a body; None for a kind they do not know."""
    return rules.bodies(on).get(body.kind) if rules else None


def most_of(kind: BodyKind | None, seat: str, rules: Rules | None, on: date) -> int | None:
    """How many such seats there may be; None without a bound, or while it is unset."""
    known = kind.seats.get(seat) if kind else None
    return _number(known.max, rules, on) if known else None


def _number(parameter: str, rules: Rules | None, on: date) -> int | None:
    value = rules.read(parameter, on=on).value if parameter and rules else None
    return value if isinstance(value, int) else None


def _left(body: Body, on: date) -> list[Seat]:
    found = Seat.objects.filter(body=body, until__lt=on).select_related("person").defer("person__phone")
    return list(found.order_by("-until", "-pk")[:30])


def _seats(kind: BodyKind | None, seated: list[Seat], rules: Rules | None, on: date, place: Place) -> list[dict[str, Any]]:
    """Every seat of the pack with who holds it and what is vacant; then those of seats it does not know."""
    groups = []
    known = dict(kind.seats) if kind else {}
    for key, seat in known.items():
        held = [each for each in seated if each.seat == key]
        least = _number(seat.min, rules, on)
        groups.append(
            {
                "title": seat.title,
                "clause": seat.clause,
                "held": [_sitting(each, place) for each in held],
                "least": least,
                "most": _number(seat.max, rules, on),
                "unset": next((each for each in (seat.min, seat.max) if each and _number(each, rules, on) is None), ""),
                "vacant": max((least if least is not None else 1) - len(held), 0),
                "chosen_by": [office_title(office, place) for office in seat.chosen_by],
            }
        )
    others = [each for each in seated if each.seat not in known]
    if others:
        title = Text("其他席位", "Other seats")
        groups.append({"title": title, "held": [_sitting(each, place) for each in others], "vacant": 0})
    return groups


def _sitting(seat: Seat, place: Place) -> dict[str, Any]:
    return {
        "name": seat.person.name,
        "url": reverse("desk:person", args=[place.pk, seat.person_id]),
        "term": term(seat.since, seat.until),
        "chosen_by": office_title(seat.chosen_by, place) if "." in seat.chosen_by else "",
        "document": seat.document,
    }


def _forms(body: Body, kind: BodyKind | None, seated: list[Seat], tried: Tried | None) -> dict[str, Sheet]:
    today = clock.today().isoformat()
    choosers = {
        office: office_title(office, body.place) for seat in (kind.seats.values() if kind else ()) for office in seat.chosen_by
    }
    drawn = any(seat.drawn for seat in kind.seats.values()) if kind else False
    titles = {key: seat.title for key, seat in kind.seats.items()} if kind else {}
    sitting = [
        (
            str(each.pk),
            Text(f"{each.person.name} · {titles[each.seat].zh}", f"{each.person.name} · {titles[each.seat].en}")
            if each.seat in titles
            else each.person.name,
        )
        for each in seated
    ]
    only = next(iter(titles), "") if len(titles) == 1 else ""
    found = {
        "seat": (
            asks.seat(kind, choosers, drawn=drawn),
            Text("入席", "Give the seat"),
            {"since": today, "seat": only, "newcomer": "no"},
        ),
        "leave": (asks.leave(sitting), Text("登记离席", "Record the leaving"), {"until": today}),
        "term": (asks.TERM, Text("开始新一届", "Open the term"), {"since": today}),
        "charter": (asks.CHARTER, Text("登记章程", "Put down the charter"), {"since": today}),
        "dissolve": (asks.DISSOLVE, Text("撤销", "Dissolve"), {"until": today}),
    }
    if not seated:
        del found["leave"]
    return {
        name: sheet(
            name,
            questions,
            action=reverse("desk:body_do", args=[body.pk, name]),
            button=button,
            tried=tried,
            start=start,
            grave=name == "dissolve",
        )
        for name, (questions, button, start) in found.items()
    }


# --- forming one -------------------------------------------------------------------------------------------------------
def form_page(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    places = where_to_form(place, clock.today())
    known = kinds_of(places, rules_or_none(place), clock.today())
    wanted = request.GET.get("kind", "")
    name = f"{place.short_name}{known[wanted].title.zh}" if wanted in known else ""
    form = sheet(
        "form",
        asks.form(known, [(each.pk, each.short_name) for each in places]),
        action=address("desk:form_body", place=place.pk),
        button=Text("成立", "Form it"),
        tried=tried,
        start={"since": clock.today().isoformat(), "kind": wanted, "where": place.pk, "name": name},
    )
    return render(request, "desk/people/form_body.html", {"place": place, "form": form, "known": known})


def where_to_form(place: Place, on: date) -> list[Place]:
    """The place itself, and for a community the grids, estates and buildings in it."""
    if place.level != "community":
        return [place]
    return [place, *descendants(place).filter(standing(on), level__in=_SMALL).order_by("path")[:PLACES]]


def kinds_of(places: Sequence[Place], rules: Rules | None, on: date) -> dict[str, BodyKind]:
    levels = {place.level for place in places}
    return {id: kind for id, kind in rules.bodies(on).items() if kind.at in levels} if rules else {}
