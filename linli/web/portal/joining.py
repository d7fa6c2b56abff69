"""Asking to be put on the roll of the community where one lives: the way in for whoever came by phone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.people.models import Person, RollRequest
from linli.records.people.selectors import on_roll
from linli.records.people.services import ask_for_roll, withdraw_roll_request
from linli.records.people.services.residents import NEWCOMER
from linli.records.places.models import Place
from linli.rules.plain.refusals import TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.finding import place_named
from linli.web.shared import clock
from linli.web.shared.doors import SIGNED_IN, door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.reader import reader_of
from linli.web.shared.turned_down import ask_again

_PAGE = "portal/join.html"


@door(may=SIGNED_IN, load=place_named, methods=["GET", "POST"])
def join(request: HttpRequest, place: Place) -> HttpResponse:
    """Where one stands with the roll, and the form: name and where one lives. POST with `withdraw` takes it back."""
    person = reader_of(request).person
    assert person is not None
    if request.method != "POST":
        return render(request, _PAGE, _context(person, place, {}, {}))
    try:
        _do(request, person, place)
    except TurnedDown as turned_down:
        wrong = getattr(turned_down, "fields", {})
        return ask_again(request, _PAGE, _context(person, place, request.POST, wrong), turned_down)
    return redirect(reverse("portal:join", args=[place.pk]))


def _do(request: HttpRequest, person: Person, place: Place) -> None:
    waiting = RollRequest.objects.filter(person=person, place=place, outcome="").first()
    if waiting is not None and "withdraw" in request.POST:
        withdraw_roll_request(request=waiting, by=person, at=clock.now())
        return
    name, where = request.POST.get("name", "")[:60], request.POST.get("where", "")
    ask_for_roll(place=place, name=name, where=where, by=person, at=clock.now())


def _context(person: Person, place: Place, typed: Any, wrong: Any) -> dict[str, Any]:
    mine = RollRequest.objects.filter(person=person).defer("where").select_related("place")
    last = mine.filter(place=place).exclude(outcome="withdrawn").last()
    return {
        "place": place,
        "person": person,
        "there": on_roll(person, place, clock.today()),
        "last": last,
        "elsewhere": mine.filter(outcome="").exclude(place=place).first(),
        "fields": _fields(person, typed, wrong),
    }


def _fields(person: Person, typed: Any, wrong: Any) -> list[FieldView]:
    name = FieldView(
        "name",
        Text("姓名", "Your name"),
        value=typed.get("name", ""),
        error=wrong.get("name", ""),
        hint=Text("和证件上的一样，社区好核对。", "As on your papers, so that the community can compare."),
        required=True,
        extra={"maxlength": "60", "autocomplete": "name"},
    )
    where = FieldView(
        "where",
        Text("住在哪里", "Where you live"),
        value=typed.get("where", ""),
        error=wrong.get("where", ""),
        hint=Text(
            "如“3 栋 1201”。加密保存，只给社区核对，核对完就删。",
            "Such as “building 3, 1201”. Encrypted, for comparing only, then deleted.",
        ),
        required=True,
        extra={"maxlength": "200"},
    )
    return [name, where] if person.name == NEWCOMER else [where]
