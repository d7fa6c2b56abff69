"""One person as a place knows them: on the roll since when, in which offices and seats, tied to whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.bodies.models import Seat
from linli.records.people.access import may
from linli.records.people.models import Interest, OfficeHeld, Organisation, Person, Residency
from linli.records.people.permissions import KEEP_INTERESTS, KEEP_ROLL
from linli.records.people.selectors import holding, interests_of
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.people_ground import SINCE, office_title, who_may
from linli.web.desk.people_offices import term
from linli.web.desk.roll import LEAVE, found_person
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import door

ENDED = "end_interest"
ORGANISATIONS = 300
KINDS = {
    "kin": Text("亲属", "Kin"),
    "employer": Text("任职", "Employment"),
    "shareholding": Text("持股", "Shares"),
    "other": Text("其他", "Other"),
}


@door(may="people.read_interests", load=found_person)
def person(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    return person_again(request, *found)


def person_again(request: HttpRequest, person: Person, place: Place, tried: Tried | None = None) -> HttpResponse:
    on = clock.today()
    lines = list(Residency.objects.filter(person=person, place=place).order_by("-since", "-pk"))
    current = next((line for line in lines if line.since <= on and (line.until is None or line.until >= on)), None)
    offices = OfficeHeld.objects.filter(holding(on), person=person).select_related("place").order_by("place__path")
    seats = Seat.objects.filter(holding(on), person=person).select_related("body__place")
    keeps, declares = may(me(request), KEEP_ROLL, place, on), may(me(request), KEEP_INTERESTS, place, on)
    ties = list(interests_of(person, on))
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
        "ties": [(KINDS[tie.kind], _other(tie), term(tie.since, tie.until)) for tie in ties],
        "declare": _form(person, place, "declare", _declare(), Text("登记", "Put down"), tried, {"since": on.isoformat()})
        if declares
        else None,
        ENDED: _form(person, place, ENDED, _end(ties), Text("登记结束", "Record the end"), tried, {"until": on.isoformat()})
        if declares and ties
        else None,
    }
    shown = {name: context.get(name) for name in ("leave", "declare", ENDED)}
    context["refused"] = tried.turned_down if tried and shown.get(tried.form) is None else None
    return render(request, "desk/people/person.html", context)


def _other(tie: Interest) -> str:
    party = tie.organisation or tie.other_person
    return party.name if party else ""


def _declare() -> tuple[Ask, ...]:
    """A tie to an organisation of the list, or to somebody on the roll or in an office."""
    known = [(str(one.pk), one.name) for one in Organisation.objects.defer("phone").order_by("name")[:ORGANISATIONS]]
    return (
        Ask("kind", Text("什么关系", "Which tie"), "choice", required=True, options=list(KINDS.items())),
        Ask("organisation", Text("与哪个单位", "With which organisation"), "choice", options=known),
        Ask(
            "name",
            Text("或与哪个人（亲属）", "Or with whom (kin)"),
            hint=Text("名册上或岗位里的人，写姓名。", "Somebody on the roll or in an office, by name."),
            extra={"maxlength": "60"},
        ),
        Ask(
            "household",
            Text("那个人的户号", "That person's household"),
            hint=Text("有同名的才要填。", "Only where several have this name."),
            extra={"maxlength": "40"},
        ),
        SINCE,
        Ask(
            "note", Text("说明", "Note"), hint=Text("可以不填；加密保存", "Optional; kept encrypted"), extra={"maxlength": "200"}
        ),
    )


def _end(ties: list[Interest]) -> tuple[Ask, ...]:
    options = [
        (str(tie.pk), Text(f"{KINDS[tie.kind].zh}：{_other(tie)}", f"{KINDS[tie.kind].en}: {_other(tie)}")) for tie in ties
    ]
    return (
        Ask("interest", Text("哪一条", "Which"), "choice", required=True, options=options),
        Ask("until", Text("到哪天为止", "Last day"), "date", required=True),
    )


def _form(person: Person, place: Place, name: str, asks: Any, button: Text, tried: Tried | None, start: Any) -> Sheet:
    action = reverse(f"desk:person_{name}", args=[place.pk, person.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, start=start)
