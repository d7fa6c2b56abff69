"""Forming a body, seating and unseating people, opening terms, its charter, its end."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.bodies.models import Body, Seat
from linli.records.bodies.services import adopt_charter, dissolve_body, leave_seat, open_term, seat_person
from linli.records.bodies.services import form_body as formed
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.selectors import roll, staff_of
from linli.records.people.services import register_person
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.bodies import body_again, form_page, found_body, kinds_of, most_of, rule_of, where_to_form
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.people_ground import chosen_of, day_of, reason_of, rules_or_none
from linli.web.desk.sheets import take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_KEEP = "bodies.keep_bodies"
_WHICH = Text("请选一种。", "Choose one.")
_WHY = Text("请写明为什么。", "Please say why.")


@door(may=_KEEP, load=place_here, methods=["GET", "POST"])
def form_body(request: HttpRequest, place: Place) -> HttpResponse:
    """A body begins, with its first term."""
    if request.method != "POST":
        return form_page(request, place)
    places = {each.pk: each for each in where_to_form(place, clock.today())}
    made: list[Body] = []

    def act() -> Text:
        known = kinds_of(list(places.values()), rules_or_none(place), clock.today())
        kind = chosen_of(request, "form", "kind", known, _WHICH)
        where = chosen_of(request, "form", "where", places, _WHICH) if len(places) > 1 else place.pk
        body = formed(
            place=places[where],
            kind=kind,
            name=typed(request.POST, "form", "name")[:120],
            since=day_of(request, "form"),
            term_until=_day_or_none(request, "form"),
            document=typed(request.POST, "form", "document")[:200],
            rule=known[kind],
            by=me(request),
            at=clock.now(),
        )
        made.append(body)
        return Text(f"{body.name}已成立。接着请成员入席。", f"{body.name} is formed. Now give its seats.")

    # Where it is done, on to the body itself.
    answer = take(request, "form", act=act, again=lambda tried: form_page(request, place, tried), to="/desk/people/bodies/")
    if made:
        answer.headers["Location"] = reverse("desk:body", args=[made[0].pk])
    return answer


@door(may=_KEEP, load=found_body, methods=["POST"])
def body_do(request: HttpRequest, found: tuple[Body, str]) -> HttpResponse:
    """One act on a body, named by the address: seat, leave, term, charter, dissolve."""
    body, name = found
    if name not in _ACTS:
        raise NotFound
    to = reverse("desk:body", args=[body.pk])

    @transaction.atomic
    def act() -> Text:
        return _ACTS[name](request, body)

    return take(request, name, act=act, again=lambda tried: body_again(request, body, tried), to=to)


def _seat(request: HttpRequest, body: Body) -> Text:
    on, rules = clock.today(), rules_or_none(body.place)
    kind = rule_of(body, rules, on)
    seat = chosen_of(request, "seat", "seat", kind.seats if kind else ("member",), _WHICH)
    since, until = day_of(request, "seat"), _day_or_none(request, "seat")
    person = person_named(request, "seat", body.place)
    seat_person(
        body=body,
        person=person,
        seat=seat,
        since=since,
        until=until,
        chosen_by=typed(request.POST, "seat", "chosen_by"),
        document=typed(request.POST, "seat", "document")[:200],
        rule=kind,
        most=most_of(kind, seat, rules, on),
        by=me(request),
        at=clock.now(),
    )
    return Text(f"{person.name}已入席。", f"{person.name} has the seat.")


def _leave(request: HttpRequest, body: Body) -> Text:
    sitting = {str(seat.pk): seat for seat in Seat.objects.filter(body=body).select_related("person").defer("person__phone")}
    seat = sitting[chosen_of(request, "leave", "seat", sitting, Text("请选离席的人。", "Choose who leaves."))]
    leave_seat(
        seat=seat,
        until=day_of(request, "leave", "until"),
        reason=reason_of(request, "leave", _WHY),
        by=me(request),
        at=clock.now(),
    )
    return Text(f"已登记{seat.person.name}离席。", f"{seat.person.name} leaves the seat.")


def _term(request: HttpRequest, body: Body) -> Text:
    since, until = day_of(request, "term"), _day_or_none(request, "term")
    document = typed(request.POST, "term", "document")[:200]
    open_term(body=body, since=since, until=until, document=document, by=me(request), at=clock.now())
    return Text("新一届开始，上一届的席位到前一天为止。", "The new term is open; seats of the last end the day before.")


def _charter(request: HttpRequest, body: Body) -> Text:
    adopt_charter(
        body=body,
        title=typed(request.POST, "charter", "title")[:120],
        document=typed(request.POST, "charter", "document")[:200],
        since=day_of(request, "charter"),
        by=me(request),
        at=clock.now(),
    )
    return Text("章程已登记。", "The charter is put down.")


def _dissolve(request: HttpRequest, body: Body) -> Text:
    until, reason = day_of(request, "dissolve", "until"), reason_of(request, "dissolve", _WHY)
    dissolve_body(body=body, until=until, reason=reason, by=me(request), at=clock.now())
    return Text(f"{body.name}已撤销，席位同时结束，记录都在。", f"{body.name} is dissolved with its seats; the record stays.")


_ACTS: dict[str, Callable[[HttpRequest, Body], Text]] = {
    "seat": _seat,
    "leave": _leave,
    "term": _term,
    "charter": _charter,
    "dissolve": _dissolve,
}


def person_named(request: HttpRequest, form: str, place: Place) -> Person:
    """Who is meant: on the community's roll, in an office at the place or beneath it, or (where the form says so) somebody new.

    Raises Invalid where it is not clear.
    """
    name, label = typed(request.POST, form, "name")[:60], typed(request.POST, form, "household")
    community, on = at_level(place, "community"), clock.today()
    found: set[Person] = set()
    if community is not None:
        lines = roll(community, on).filter(person__name=name)
        found = {line.person for line in (lines.filter(household__label=label) if label else lines)}
    if not label:
        found |= {held.person for held in staff_of(community or place, on).filter(person__name=name)[:20]}
    if len(found) == 1:
        return found.pop()
    if found:
        same = Text(f"有 {len(found)} 位叫{name}，请填户号。", f"There are {len(found)} called {name}; add the household number.")
        raise Invalid(same, fields={"household": same})
    if typed(request.POST, form, "newcomer") != "yes" or not name:
        none = Text(
            "名册和岗位里没有这位。核对姓名；居民先登记到名册；外请的，选“新登记这位”。",
            "Nobody of this name is on the roll or in an office. Check it; a resident is put on the roll first, an "
            "expert entered as new.",
        )
        raise Invalid(none, fields={"name": none})
    home = community if community is not None and may(me(request), KEEP_ROLL, community, on) else None
    return register_person(name=name, kind="resident", by=me(request), at=clock.now(), home=home)


def _day_or_none(request: HttpRequest, form: str) -> date | None:
    return day_of(request, form, "until") if typed(request.POST, form, "until") else None
