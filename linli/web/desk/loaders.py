"""What the pages of the desk are about, found for this reader or not found at all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL, offices_named
from linli.records.cases.selectors import case_by_code
from linli.records.people.access import may
from linli.records.people.models import OfficeHeld, Person
from linli.records.people.selectors import actor_for, offices_of
from linli.records.places.models import Place
from linli.records.rulebook.roles import spelled
from linli.records.rulebook.selectors import standing
from linli.rules.plain.refusals import NotAllowed, NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.web.shared import clock
from linli.web.shared.doors import Found
from linli.web.shared.reader import reader_of
from linli.web.shared.tags import quick

_NO_OFFICE = Text(
    "您现在没有任职，工作台里没有要办的事。请联系本单位补登记任职。",
    "You hold no office at the moment, so there is nothing for you at the desk. Ask your office to enter it.",
)


_SELF_GOVERNMENT = frozenset({"council", "owners_committee"})


@dataclass(frozen=True)
class Part:
    """Something of a case that the address names: an act, a form, a checklist, a slot, a procedure of its children."""

    case: Case
    name: str


def desk_case(request: HttpRequest, code: str) -> Found:
    """A case for the offices of its place and those above it, and for those its procedure names. Everybody else does not
    learn here that it exists."""
    person, on = reader_of(request).person, clock.today()
    case = case_by_code(code, person, on)
    if may(person, READ_ALL, case.place, on):
        return Found(case, case.place)
    if person is None or case.passage is None or not takes_part(person, standing(case.subject).procedure, case.place, on):
        raise NotFound
    return Found(case, case.place, frozenset({"named"}))


def takes_part(person: Person, procedure: Procedure, place: Place, on: date) -> bool:
    """Bodies of self-government look over nobody, but act in the matters whose procedure names them."""
    held = {office for office in _offices(person, place, on) if office.partition(".")[2] in _SELF_GOVERNMENT}
    return bool(held) and bool(held.intersection(offices_named(procedure, place.level)))


def part_of_case(request: HttpRequest, code: str, **named: str) -> Found:
    found = desk_case(request, code)
    return Found(Part(found.thing, next(iter(named.values()))), found.place, found.relations)


def reader_person(request: HttpRequest) -> Person:
    """Behind a door somebody is signed in."""
    person = reader_of(request).person
    assert person is not None
    return person


def held_offices(request: HttpRequest) -> list[OfficeHeld]:
    """The reader's offices today. Raises NotAllowed for staff without any."""
    held = offices_of(reader_person(request), clock.today())
    if not held:
        raise NotAllowed(_NO_OFFICE)
    return held


def places_held(held: list[OfficeHeld]) -> list[Place]:
    return list({each.place_id: each.place for each in held}.values())


def chosen_place(request: HttpRequest, places: list[Place]) -> Place:
    """The one the address names, else the first. Raises NotFound for a place that is not among them."""
    code = request.GET.get("place", "")
    if not code:
        return places[0]
    for place in places:
        if place.code == code:
            return place
    raise NotFound


def works_on(person: Person, procedure: Procedure, place: Place, on: date) -> bool:
    """Whether the procedure gives one of this person's offices at this place something to do."""
    return bool(_offices(person, place, on).intersection(offices_named(procedure, place.level)))


def holds_any(person: Person, offices: tuple[str, ...], place: Place, on: date) -> bool:
    """Whether the person holds one of these offices (roles are not known here) on the line of the place."""
    wanted = {spelt for office in offices for spelt in spelled(office, place.level)}
    return bool(_offices(person, place, on).intersection(wanted))


def _offices(person: Person, place: Place, on: date) -> frozenset[str]:
    """Asked once per page: the person is read afresh for every request."""
    known: dict[tuple[str, date], frozenset[str]] = person.__dict__.setdefault("_offices_at", {})
    if (place.pk, on) not in known:
        known[place.pk, on] = actor_for(person, place, on).offices
    return known[place.pk, on]


def address(name: str, *args: Any, **asked: Any) -> str:
    """An address of the site, "" while that page does not exist. `asked` goes behind the question mark."""
    try:
        path = quick.address(name, *args) if all(type(arg) in (str, int) for arg in args) else reverse(name, args=args)
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode(asked)}" if asked else path
