"""Who holds which office since when, at a place and in the places beneath it; which offices of the rules nobody holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.people.access import may
from linli.records.people.models import Account, OfficeHeld
from linli.records.people.permissions import APPOINT
from linli.records.people.selectors import holding
from linli.records.people.services import may_renew
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, standing
from linli.rules.plain.days import day_words
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import named_at, office_title, offices_at, place_filter, rooms, who_may
from linli.web.desk.sheets import Ask, Tried, sheet, why
from linli.web.shared import clock
from linli.web.shared.doors import STAFF, Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Filter, Link, Stamp, Tab, Table

SIZE, UNMANNED = 50, 60
_ORDER = ("place__path", "office", "pk")
_HERE = (
    Column(Text("岗位", "Office")),
    Column(Text("姓名", "Name"), "link"),
    Column(Text("任期", "Term")),
    Column(Text("状态", "State"), "stamp"),
)
_BENEATH = (Column(Text("姓名", "Name"), "link"), Column(Text("地方", "Place")), *_HERE[:1], *_HERE[2:])
_VACANT = Stamp(Text("空缺", "Vacant"), "waiting")
END = (
    Ask("until", Text("任职到哪一天（当天仍在任）", "Last day in office"), "date", required=True),
    why(
        Text("为什么离任", "Why"),
        Text("如“调任”“退休”“任期届满”。会封存备查。", "Such as moved, retired, term over. It is sealed."),
        most=200,
    ),
)
RENEW = (why(Text("为什么重发", "Why"), Text("如“本人忘记密码”。", "Such as “forgot the password”."), most=200),)


@door(may=STAFF, load=place_here)
def people(request: HttpRequest, place: Place) -> HttpResponse:
    on, asked, person = clock.today(), request.GET, me(request)
    show, words = asked.get("show", ""), asked.get("q", "").strip()[:60]
    every = _named(_shown(OfficeHeld.objects.select_related("person", "place"), show, on), words)
    appoints = may(person, APPOINT, place, on)
    here = list(every.filter(place=place).order_by("office", "since", "pk")[:200])
    below = page_of(every.filter(beneath(place, "place")).exclude(place=place), request, by=_ORDER, size=SIZE)
    vacant = _vacant(place, here, on) if not show and not words else {}
    context = {
        "place": place,
        "rooms": rooms(place, "desk:people"),
        "filters": [*place_filter(request, place), Filter("q", Text("姓名", "Name"), kind="text")],
        "tabs": _tabs(place, show),
        "here": Table(Text("本级岗位", "Offices here"), _HERE, [*_rows(here, on), *_empty(vacant, place, may_fill=appoints)]),
        "below": Table(Text("下级岗位", "Offices beneath"), _BENEATH, _rows_below(below.items, on)) if below.items else None,
        "page": below,
        "unmanned": _unmanned(place, on) if not show and not words else [],
        "unmanned_most": UNMANNED,
        "appoints": appoints,
        "who": who_may(APPOINT, place),
    }
    return render(request, "desk/people/offices.html", context)


def _shown(rows: QuerySet[OfficeHeld], show: str, on: date) -> QuerySet[OfficeHeld]:
    return rows.filter(until__lt=on) if show == "past" else rows.filter(Q(until__isnull=True) | Q(until__gte=on))


def _named(rows: QuerySet[OfficeHeld], words: str) -> QuerySet[OfficeHeld]:
    return rows.filter(person__name__contains=words) if words else rows


def _tabs(place: Place, show: str) -> list[Tab]:
    return [
        Tab(Text("在任", "In office"), address("desk:people", place=place.pk), current=show != "past"),
        Tab(Text("已离任", "Left"), address("desk:people", place=place.pk, show="past"), current=show == "past"),
    ]


def state_of(held: OfficeHeld, on: date) -> Stamp:
    if held.since > on:
        return Stamp(Text("未到任", "Not begun"), "waiting")
    if held.until is not None and held.until < on:
        return Stamp(Text("已离任", "Left"), "closed")
    return Stamp(Text("在任，已定离任日", "Last day set"), "running") if held.until else Stamp(Text("在任", "In office"), "done")


def _rows(held: Iterable[OfficeHeld], on: date) -> list[list[Any]]:
    return [
        [office_title(each.title, each.place), _link(each), term(each.since, each.until), state_of(each, on)] for each in held
    ]


def term(since: date, until: date | None) -> Text:
    """From which day to which, as one says it."""
    first, last = day_words(since), day_words(until) if until else None
    if last is None:
        return Text(f"{first.zh}起", f"since {first.en}")
    return Text(f"{first.zh}至{last.zh}", f"{first.en} to {last.en}")


def _rows_below(held: Iterable[OfficeHeld], on: date) -> list[list[Any]]:
    return [[link, each.place.short_name, *rest] for each in held for link, *rest in [_beneath_row(each, on)]]


def _beneath_row(held: OfficeHeld, on: date) -> list[Any]:
    title, link, *rest = _rows([held], on)[0]
    return [link, title, *rest]


def _link(held: OfficeHeld) -> Link:
    return Link(held.person.name, reverse("desk:held_office", args=[held.pk]))


def _vacant(place: Place, here: list[OfficeHeld], on: date) -> dict[str, Text]:
    """Offices of this level that the rules in force give work and nobody holds."""
    filled, named = {each.office for each in here}, named_at(place, on)
    return {office: title for office, title in offices_at(place, on).items() if office in named - filled}


def _empty(vacant: dict[str, Text], place: Place, *, may_fill: bool) -> list[list[Any]]:
    fill = Text("登记任职", "Appoint somebody")
    return [
        [
            title,
            Link(fill, address("desk:appoint", place=place.pk, office=office)) if may_fill else None,
            None,
            _VACANT,
        ]
        for office, title in vacant.items()
    ]


def _unmanned(place: Place, on: date) -> list[Place]:
    """Subdistricts and communities in which nobody holds any office: nobody there can sign in to the desk."""
    held = OfficeHeld.objects.filter(holding(on), place=OuterRef("pk"))
    found = Place.objects.filter(beneath(place), standing(on), level__in=("district", "subdistrict", "community"))
    return list(found.exclude(pk=place.pk).filter(~Exists(held)).order_by("path")[: UNMANNED + 1])


def found_held(request: HttpRequest, pk: int) -> Found:
    """An office held, for those who look over its place. Raises NotFound."""
    held = OfficeHeld.objects.select_related("person", "place").filter(pk=pk).first()
    if held is None or not looks_at(reader_of(request).person, held.place):
        raise NotFound
    return Found(held, held.place)


@door(may=STAFF, load=found_held)
def held_office(request: HttpRequest, held: OfficeHeld) -> HttpResponse:
    return held_again(request, held)


def held_again(request: HttpRequest, held: OfficeHeld, tried: Tried | None = None) -> HttpResponse:
    on, person = clock.today(), me(request)
    others = _shown(OfficeHeld.objects.filter(person=held.person), "", on).exclude(pk=held.pk).select_related("place")
    account = Account.objects.filter(person=held.person).only("username", "last_login", "person")
    appoints = may(person, APPOINT, held.place, on)
    ended = held.until is not None and held.until < on
    context: dict[str, Any] = {
        "held": held,
        "place": held.place,
        "title": office_title(held.title, held.place),
        "state": state_of(held, on),
        "others": [(office_title(each.title, each.place), each) for each in others.order_by("place__path")],
        "account": account.first() if appoints else None,
        "appoints": appoints,
        "own": person.pk == held.person_id,
        "who": who_may(APPOINT, held.place),
        "end": _form(held, "end_office", END, Text("登记离任", "Record the end"), tried, {"until": on.isoformat()})
        if appoints and not ended and person.pk != held.person_id
        else None,
        "renew": _form(held, "renew_password", RENEW, Text("重发首个密码", "Give a new first password"), tried, {})
        if not ended and may_renew(person, held.person, on)
        else None,
    }
    # A refusal to somebody who is not even shown the form stands above everything.
    shown = {"end_office": context["end"], "renew_password": context["renew"]}
    context["refused"] = tried.turned_down if tried and shown.get(tried.form) is None else None
    return render(request, "desk/people/held.html", context)


def _form(held: OfficeHeld, name: str, asks: Any, button: Text, tried: Tried | None, start: Any) -> Any:
    return sheet(name, asks, action=reverse(f"desk:{name}", args=[held.pk]), button=button, tried=tried, start=start)
