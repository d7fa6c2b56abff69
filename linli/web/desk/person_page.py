"""One person as a place knows them: on the roll since when, in which offices and seats, tied to whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.bodies.models import Seat
from linli.records.people.access import may
from linli.records.people.models import OfficeHeld, Person, Residency
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.people_ground import office_title, who_may
from linli.web.desk.people_offices import term
from linli.web.desk.roll import LEAVE, found_person
from linli.web.desk.sheets import Sheet, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import door


@door(may="people.read_interests", load=found_person)
def person(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    return person_again(request, *found)


def person_again(request: HttpRequest, person: Person, place: Place, tried: Tried | None = None) -> HttpResponse:
    on = clock.today()
    lines = list(Residency.objects.filter(person=person, place=place).order_by("-since", "-pk"))
    current = next((line for line in lines if line.since <= on and (line.until is None or line.until >= on)), None)
    offices = OfficeHeld.objects.filter(holding(on), person=person).select_related("place").order_by("place__path")
    seats = Seat.objects.filter(holding(on), person=person).select_related("body__place")
    keeps = may(me(request), KEEP_ROLL, place, on)
    context: dict[str, Any] = {
        "person": person,
        "place": place,
        "lines": [(term(line.since, line.until), line.household_id is not None) for line in lines],
        "current": current,
        "offices": [(office_title(each.title, each.place), each) for each in offices],
        "seats": list(seats),
        "keeps": keeps,
        "who": who_may(KEEP_ROLL, place),
        "leave": _form(person, place, "leave", LEAVE, Text("登记迁出", "Record the leaving"), tried, {"until": on.isoformat()})
        if keeps and current is not None and current.until is None
        else None,
    }
    shown = {name: context.get(name) for name in ("leave",)}
    context["refused"] = tried.turned_down if tried and shown.get(tried.form) is None else None
    return render(request, "desk/people/person.html", context)


def _form(person: Person, place: Place, name: str, asks: Any, button: Text, tried: Tried | None, start: Any) -> Sheet:
    action = reverse(f"desk:person_{name}", args=[place.pk, person.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, start=start)
