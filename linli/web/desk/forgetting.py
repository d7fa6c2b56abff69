"""The right to be forgotten at the desk: first what goes and what stays and why, then the deed, with a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.forgetting import forget_person, preview
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.loaders import address
from linli.web.desk.roll import found_person
from linli.web.desk.sheets import Ask, Tried, sheet, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import door

_FORM = "forget"
_REASON = Ask(
    "reason",
    Text("理由", "Reason"),
    required=True,
    hint=Text("如“本人书面申请”。会封存，不要写姓名电话。", "Such as “asked for in writing”. It is sealed: no names or numbers."),
)


@door(may="people.erase_person", load=found_person, methods=["GET", "POST"])
def forget(request: HttpRequest, found: tuple[Person, Place]) -> HttpResponse:
    person, place = found
    if request.method != "POST":
        return _page(request, person, place)

    def act() -> Text:
        forget_person(person=person, by=me(request), at=clock.now(), reason=typed(request.POST, _FORM, "reason"))
        return Text("已删除。编号、答复和封存的记录保留。", "Forgotten. Numbers, answers and the sealed record stay.")

    again = lambda tried: _page(request, person, place, tried)  # noqa: E731
    return take(request, _FORM, act=act, again=again, to=address("desk:roll", place=place.code))


def _page(request: HttpRequest, person: Person, place: Place, tried: Tried | None = None) -> HttpResponse:
    refused = None
    try:
        rows = preview(person=person, by=me(request), at=clock.now(), reason=_REASON.label.zh)
    except Refused as turned_down:
        rows, refused = [], turned_down
    context = {
        "person": person,
        "place": place,
        "goes": [row for row in rows if row.number and row.stays is None],
        "stays": [row for row in rows if row.number and row.stays is not None],
        "refused": refused,
        "form": sheet(
            _FORM,
            (_REASON,),
            action=reverse("desk:forget", args=[place.code, person.pk]),
            button=Text("删除，不能恢复", "Forget; it cannot be undone"),
            tried=tried,
            grave=True,
        ),
    }
    return render(request, "desk/people/forget.html", context)
