"""The roll of a community: who is on it, who waits to be entered, who left. Names for those who keep it; above, numbers."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.bodies.models import Seat
from linli.records.people.access import may
from linli.records.people.models import OfficeHeld, Person, Residency, RollRequest
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.selectors import holding
from linli.records.people.selectors import roll as roll_of
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, descendants, standing
from linli.records.prepared import PreparedValues
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import looks_at, me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import place_filter, rooms, who_may
from linli.web.desk.people_offices import term
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet, why
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Filter, Link, Stamp, Tab, Table

_READ = "people.read_roll"
SIZE, LISTED = 50, ("district", "subdistrict")
_PEOPLE = (Column(Text("姓名", "Name"), "link"), Column(Text("在册", "On the roll")), Column(Text("登录", "Signs in"), "stamp"))
_WAITING = (
    Column(Text("姓名", "Name"), "link"),
    Column(Text("哪天申请", "Asked on"), "date"),
    Column(Text("状态", "State"), "stamp"),
)
_COMMUNITIES = (
    Column(Text("社区", "Community"), "link"),
    Column(Text("在册居民", "On the roll"), "number"),
    Column(Text("等核对的申请", "Waiting"), "number"),
)
_WAITS = Stamp(Text("等社区核对", "Waits for the community"), "action")
_HOUSEHOLD = Ask(
    "household",
    Text("户号", "Household number"),
    hint=Text("户已登记过的填上；没有可以不填。", "If the household is registered; may be left empty."),
    extra={"maxlength": "40"},
)
_SINCE = Ask("since", Text("从哪天起在册", "On the roll since"), "date", required=True)
ENTER = (
    Ask("name", Text("姓名", "Name"), required=True, extra={"maxlength": "60"}),
    Ask(
        "phone",
        Text("手机号", "Phone"),
        "phone",
        hint=Text(
            "本人用它登录，加密保存；已用它登录过的，就是同一位。",
            "For signing in; kept encrypted. Who signs in with it is that person.",
        ),
        extra={"autocomplete": "off"},
    ),
    _HOUSEHOLD,
    _SINCE,
    Ask(
        "another",
        Text("名册上有同名的", "Somebody of the same name is on the roll"),
        "choice",
        options=[
            ("no", Text("没有，或是同一个人", "No, or the same person")),
            ("yes", Text("核对过，确是另一位", "Compared: somebody else")),
        ],
    ),
)
LEAVE = (Ask("until", Text("在册到哪一天（当天仍在册）", "Last day on the roll"), "date", required=True),)
OPEN = (
    why(
        Text("为什么要看住址和电话", "Why do you need address and phone?"),
        Text("一句话，不写姓名。会留下记录。", "A sentence without names. It is recorded."),
    ),
)
AWAY = (
    why(
        Text("为什么没有登记，怎样就可以", "Why not, and what would help"),
        Text("本人会看到。如“请带居住证明到社区柜台”。", "The resident reads it, such as “please bring a proof of residence”."),
    ),
)
TAKE_IN = (_HOUSEHOLD, _SINCE)


@door(may=_READ, load=place_here)
def roll(request: HttpRequest, place: Place) -> HttpResponse:
    return roll_again(request, place)


def roll_again(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    on = clock.today()
    context: dict[str, Any] = {
        "place": place,
        "rooms": rooms(place, "desk:roll"),
        "filters": place_filter(request, place),
        "keeps": may(me(request), KEEP_ROLL, place, on),
        "who": who_may(KEEP_ROLL, place),
    }
    if place.level == "community":
        context |= _community(request, place, on, tried, keeps=context["keeps"])
    elif place.level in LISTED:
        context["table"] = _communities(place, on)
    return render(request, "desk/people/roll.html", context)


def _community(request: HttpRequest, place: Place, on: date, tried: Tried | None, *, keeps: bool) -> dict[str, Any]:
    waiting = RollRequest.objects.filter(place=place, outcome="")
    counts = {"roll": roll_of(place, on).count(), "waiting": waiting.count()}
    if not keeps:
        return {"counts": counts}
    show, words = request.GET.get("show", ""), request.GET.get("q", "").strip()[:60]
    if show == "waiting":
        page = page_of(
            waiting.select_related("person").defer("where", "person__phone"), request, by=("asked_at", "pk"), size=SIZE
        )
        table = Table(Text("等核对的申请", "Waiting"), _WAITING, [_asked(each) for each in page.items], hide_caption=True)
    else:
        rows = _left(place, on) if show == "left" else roll_of(place, on)
        rows = rows.filter(person__name__contains=words) if words else rows
        page = page_of(rows, request, by=("person__name", "pk"), size=SIZE)
        table = Table(Text("名册", "The roll"), _PEOPLE, [_line(each, place) for each in page.items], hide_caption=True)
    return {
        "counts": counts,
        "tabs": _tabs(place, show, counts),
        "find": [
            Filter("show", "", kind="hidden"),
            Filter("place", "", kind="hidden"),
            Filter("q", Text("姓名", "Name"), kind="text"),
        ],
        "page": page,
        "table": table if page.items else None,
        "show": show,
        "enter": sheet(
            "enter",
            ENTER,
            action=address("desk:enter_roll", place=place.pk),
            button=Text("登记到名册", "Put on the roll"),
            tried=tried,
            start={"since": on.isoformat(), "another": "no"},
        ),
    }


def _left(place: Place, on: date) -> QuerySet[Residency]:
    rows = Residency.objects.filter(place=place, until__lt=on).select_related("person", "household")
    return rows.defer("person__phone", "household__address")


def _tabs(place: Place, show: str, counts: dict[str, int]) -> list[Tab]:
    titles = {
        "": Text("在册", "On the roll"),
        "waiting": Text("等核对的申请", "Waiting"),
        "left": Text("已迁出", "Left"),
    }
    return [
        Tab(title, address("desk:roll", place=place.pk, **({"show": key} if key else {})), show == key, counts.get(key or "roll"))
        for key, title in titles.items()
    ]


def _line(line: Residency, place: Place) -> list[Any]:
    link = Link(line.person.name, reverse("desk:person", args=[place.pk, line.person_id]))
    signs = Stamp(Text("用手机", "By phone"), "done") if line.person.phone_proved_at else None
    return [link, term(line.since, line.until), signs]


def _asked(asked: RollRequest) -> list[Any]:
    return [Link(asked.person.name, reverse("desk:roll_request", args=[asked.pk])), asked.asked_at, _WAITS]


def _communities(place: Place, on: date) -> Table:
    """How many are on each roll, in three questions however many communities there are."""
    there = Residency.objects.filter(holding(on), beneath(place, "place"))
    waiting = RollRequest.objects.filter(beneath(place, "place"), outcome="")
    many = dict(there.order_by().values_list("place").annotate(n=Count("pk")))
    asked = dict(waiting.order_by().values_list("place").annotate(n=Count("pk")))
    rows = [
        [Link(each.short_name, address("desk:roll", place=each.pk)), many.get(each.pk, 0), asked.get(each.pk) or None]
        for each in descendants(place, "community").filter(standing(on)).order_by("path")
    ]
    return Table(Text("各社区名册", "Rolls of the communities"), _COMMUNITIES, rows, hide_caption=True)


def waiting_at(held: Sequence[OfficeHeld]) -> list[tuple[Place, int]]:
    """Where these offices keep the roll and somebody waits to be entered, with how many."""
    kept = {each.place_id: each.place for each in held if each.title in KEEP_ROLL.offices}
    if not kept:
        return []
    many = dict(_WAITING_AT(sorted(kept)))
    return [(place, many[code]) for code, place in kept.items() if code in many]


_WAITING_AT = PreparedValues(
    lambda places: (
        RollRequest.objects.filter(outcome="", place__in=places).order_by().values_list("place").annotate(n=Count("pk"))
    )
)


# --- somebody who asked ------------------------------------------------------------------------------------------------
def found_request(request: HttpRequest, pk: int) -> Found:
    """A request for the roll, for those who look over its community. Raises NotFound."""
    asked = RollRequest.objects.select_related("person", "place").defer("where", "person__phone").filter(pk=pk).first()
    if asked is None or not looks_at(reader_of(request).person, asked.place):
        raise NotFound
    return Found(asked, asked.place)


@door(may="people.keep_roll", load=found_request)
def roll_request(request: HttpRequest, asked: RollRequest) -> HttpResponse:
    return request_again(request, asked)


def request_again(
    request: HttpRequest, asked: RollRequest, tried: Tried | None = None, opened: tuple[str, str] | None = None
) -> HttpResponse:
    today = clock.today().isoformat()
    compare = Text("核对是否住在本社区", "Comparing whether the person lives here").zh
    context = {
        "asked": asked,
        "place": asked.place,
        "opened": opened,
        "open": None if opened else _form(asked, "open_request", OPEN, Text("查看", "Open"), tried, {"reason": compare}),
        "take_in": _form(
            asked, "take_in", TAKE_IN, Text("核对无误，登记到名册", "Compared: put on the roll"), tried, {"since": today}
        ),
        "away": _form(asked, "turn_away", AWAY, Text("这次不登记", "Not this time"), tried, {}),
    }
    answer = render(request, "desk/people/roll_request.html", context)
    if opened:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _form(asked: RollRequest, name: str, asks: Any, button: Text, tried: Tried | None, start: Any) -> Sheet:
    return sheet(name, asks, action=reverse(f"desk:{name}", args=[asked.pk]), button=button, tried=tried, start=start)


# --- one person --------------------------------------------------------------------------------------------------------
def found_person(request: HttpRequest, code: str, pk: UUID) -> Found:
    """Somebody who is or was on the roll, in an office or in a seat of this place. Raises NotFound."""
    from linli.records.places import selectors as places

    place = places.place(code)
    person = Person.objects.defer("phone").filter(pk=pk, erased_at__isnull=True).first()
    if person is None or not looks_at(reader_of(request).person, place) or not _belongs(person, place):
        raise NotFound
    return Found((person, place), place)


def _belongs(person: Person, place: Place) -> bool:
    return (
        Residency.objects.filter(person=person, place=place).exists()
        or OfficeHeld.objects.filter(person=person, place=place).exists()
        or Seat.objects.filter(person=person, body__place=place).exists()
    )
