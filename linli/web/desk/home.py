"""What is due for the reader's offices, the late ones first; word that came; drafts left lying."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Message
from linli.records.cases.selectors import messages_for
from linli.records.duties.permissions import READ_TODO
from linli.records.duties.selectors import Desk, Todo, todo_of
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.drafts import drafts_of
from linli.web.desk.loaders import address, held_offices, places_held, reader_person
from linli.web.desk.owed import lines
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import drafts_here
from linli.web.shared.shapes import Tab

SHOWN = 200
MESSAGES = 8
EVERYWHERE = Text("全部", "All")


@door(may=READ_TODO)
def todo(request: HttpRequest) -> HttpResponse:
    person, on, held = reader_person(request), clock.today(), held_offices(request)
    places = places_held(held)
    chosen = _chosen(request, places)
    here = [each for each in held if chosen is None or each.place_id == chosen.pk]
    found = todo_of(_desks(here), on)
    late, dated, open_ended = _sorted_out(found)
    messages = _messages(person, chosen)
    context = {
        "offices": here,
        "tabs": _tabs(places, chosen) if len(places) > 1 else [],
        "groups": [
            (Text("已逾期", "Late"), "late", lines(late[:SHOWN]), len(late)),
            (Text("有期限", "With a day"), "dated", lines(dated[:SHOWN]), len(dated)),
            (Text("没有定期限", "Without a day"), "undated", lines(open_ended[:SHOWN]), len(open_ended)),
        ],
        "count": len(found),
        "unread": messages[:MESSAGES],
        "more_messages": len(messages) > MESSAGES,
        "drafts": drafts_of(person),
        "kept_drafts": list(drafts_here(request).values())[:20],
        "begin_url": address("desk:new_case"),
    }
    return render(request, "desk/home/todo.html", context)


def _desks(held: Sequence[OfficeHeld]) -> list[Desk]:
    return [(f"{each.place.level}.{each.office}", each.place_id) for each in held]


def _chosen(request: HttpRequest, places: list[Place]) -> Place | None:
    code = request.GET.get("place", "")
    if not code:
        return None
    for place in places:
        if place.code == code:
            return place
    raise NotFound


def _tabs(places: list[Place], chosen: Place | None) -> list[Tab]:
    tabs = [Tab(EVERYWHERE, address("desk:todo"), current=chosen is None)]
    return tabs + [Tab(each.short_name, address("desk:todo", place=each.code), current=each == chosen) for each in places]


def _sorted_out(todos: list[Todo]) -> tuple[list[Todo], list[Todo], list[Todo]]:
    late = [todo for todo in todos if todo.late]
    dated = [todo for todo in todos if not todo.late and todo.owed.due_on is not None]
    return late, dated, [todo for todo in todos if todo.owed.due_on is None]


def _messages(person: Person, place: Place | None) -> list[Message]:
    found = messages_for(person, clock.today())
    return list((found.filter(place=place) if place else found)[: MESSAGES + 1])
