"""Ties that may sway a judgement, as declared on paper or known to the office: put down, and ended."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.people.models import Interest, Organisation, Person
from linli.records.people.services import declare_interest, end_interest
from linli.records.places.models import Place
from linli.rules.plain.refusals import require_fields
from linli.rules.plain.texts import Text
from linli.web.desk.body_acts import person_named
from linli.web.desk.intake_ground import me
from linli.web.desk.organisations import found_organisation
from linli.web.desk.people_ground import chosen_of, day_of
from linli.web.desk.person_page import ENDED, KINDS, person_again
from linli.web.desk.roll import found_person
from linli.web.desk.sheets import take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_KEEP = "people.keep_interests"


@door(may=_KEEP, load=found_person, methods=["POST"])
def declare(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    person, place = found

    def act() -> Text:
        kind = chosen_of(request, "declare", "kind", KINDS, Text("请选是什么关系。", "Choose the tie."))
        since, other = day_of(request, "declare"), _other(request, place)
        note = typed(request.POST, "declare", "note")[:200]
        declare_interest(
            person=person, kind=kind, other=other, since=since, note=note, place=place, by=me(request), at=clock.now()
        )
        return Text(
            "已登记。遇到与对方有关的事，会自动回避。", "Put down. In matters of the other party this person stands aside."
        )

    to = reverse("desk:person", args=[place.pk, person.pk])
    return take(request, "declare", act=act, again=lambda tried: person_again(request, person, place, tried), to=to)


@door(may=_KEEP, load=found_person, methods=["POST"])
def end(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    person, place = found

    def act() -> Text:
        standing = {str(each.pk): each for each in Interest.objects.filter(person=person).defer("note")}
        interest = standing[chosen_of(request, ENDED, "interest", standing, Text("请选哪一条。", "Choose which one."))]
        end_interest(interest=interest, until=day_of(request, ENDED, "until"), place=place, by=me(request), at=clock.now())
        return Text("已登记结束。以前办的事不变。", "Its end is put down. What was done before stays.")

    to = reverse("desk:person", args=[place.pk, person.pk])
    return take(request, ENDED, act=act, again=lambda tried: person_again(request, person, place, tried), to=to)


def _other(request: HttpRequest, place: Place) -> Person | Organisation:
    """The organisation chosen, or the person named: one of the two. Raises Invalid."""
    organisation, name = typed(request.POST, "declare", "organisation"), typed(request.POST, "declare", "name")
    if bool(organisation) == bool(name):
        one = Text("选一个单位，或写一个人，只填一样。", "An organisation or a person: exactly one of the two.")
        require_fields({"name": one})
    if name:
        return person_named(request, "declare", place)
    return found_organisation(request, "declare")
