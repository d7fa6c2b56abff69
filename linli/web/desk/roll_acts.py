"""Keeping the roll: entering from a paper, entering or turning away who asked, leaving."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.people.models import Household, Person, Residency, RollRequest
from linli.records.people.selectors import holding
from linli.records.people.services import (
    enter_from_request,
    enter_resident,
    leave_roll,
    read_roll_request,
)
from linli.records.people.services import turn_away as not_entered
from linli.records.places.models import Place
from linli.rules.plain.days import day_words
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me, place_here
from linli.web.desk.loaders import address
from linli.web.desk.people_ground import day_of
from linli.web.desk.person_page import person_again
from linli.web.desk.roll import found_person, found_request, request_again, roll_again
from linli.web.desk.sheets import once_more, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_KEEP = "people.keep_roll"


@door(may=_KEEP, load=place_here, methods=["POST"])
def enter_roll(request: HttpRequest, place: Place) -> HttpResponse:
    """From a paper, or at the counter."""

    def act() -> Text:
        line = enter_resident(
            name=typed(request.POST, "enter", "name")[:60],
            phone=typed(request.POST, "enter", "phone"),
            household=_household(request, "enter", place),
            another=typed(request.POST, "enter", "another") == "yes",
            place=place,
            since=day_of(request, "enter"),
            by=me(request),
            at=clock.now(),
        )
        return _entered(line)

    to = address("desk:roll", place=place.pk)
    return take(request, "enter", act=act, again=lambda tried: roll_again(request, place, tried), to=to)


@door(may=_KEEP, load=found_request, methods=["POST"])
def open_request(request: HttpRequest, asked: RollRequest) -> HttpResponse:
    """Address and phone, for this one answer: not in the address, not in any cache; the trail keeps who and why."""
    try:
        reason = typed(request.POST, "open_request", "reason")
        opened = read_roll_request(request=asked, reason=reason, by=me(request), at=clock.now())
    except TurnedDown as turned_down:
        return once_more(request, "open_request", lambda tried: request_again(request, asked, tried), turned_down)
    return request_again(request, asked, opened=opened)


@door(may=_KEEP, load=found_request, methods=["POST"])
def take_in(request: HttpRequest, asked: RollRequest) -> HttpResponse:
    def act() -> Text:
        household, since = _household(request, "take_in", asked.place), day_of(request, "take_in")
        return _entered(enter_from_request(request=asked, household=household, since=since, by=me(request), at=clock.now()))

    to = address("desk:roll", place=asked.place_id, show="waiting")
    return take(request, "take_in", act=act, again=lambda tried: request_again(request, asked, tried), to=to)


@door(may=_KEEP, load=found_request, methods=["POST"])
def turn_away(request: HttpRequest, asked: RollRequest) -> HttpResponse:
    def act() -> Text:
        not_entered(request=asked, reason=typed(request.POST, "turn_away", "reason"), by=me(request), at=clock.now())
        return Text("没有登记到名册，理由本人看得到。", "Not entered; the resident can read the reason.")

    to = address("desk:roll", place=asked.place_id, show="waiting")
    return take(request, "turn_away", act=act, again=lambda tried: request_again(request, asked, tried), to=to)


@door(may=_KEEP, load=found_person, methods=["POST"])
def leave(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    person, place = found

    def act() -> Text:
        line = Residency.objects.filter(holding(clock.today()), person=person, place=place).first()
        if line is None:
            raise NotFound(Text("现在不在名册上。", "Not on the roll now."))
        until = day_of(request, "leave", "until")
        leave_roll(residency=line, until=until, by=me(request), at=clock.now())
        last = day_words(until)
        return Text(f"已登记：{person.name}在册到{last.zh}。", f"{person.name} is on the roll until {last.en}.")

    to = reverse("desk:person", args=[place.pk, person.pk])
    return take(request, "leave", act=act, again=lambda tried: person_again(request, person, place, tried), to=to)


def _entered(line: Residency) -> Text:
    name, day = line.person.name, day_words(line.since)
    return Text(f"{name}从{day.zh}起在名册上。", f"{name} is on the roll since {day.en}.")


def _household(request: HttpRequest, form: str, place: Place) -> Household | None:
    """The household of this number. Raises Invalid for a number the community has not given."""
    label = typed(request.POST, form, "household")
    if not label:
        return None
    found = Household.objects.filter(holding(clock.today()), place=place, label=label).defer("address").first()
    if found is None:
        none = Text(
            "没有这个户号。先在“户和重点家庭”登记这一户，或者留空。", "No such household. Register it first, or leave this empty."
        )
        raise Invalid(none, fields={"household": none})
    return found
