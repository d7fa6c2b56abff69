"""What is due for the reader's offices, the late ones first; their turns without a day; word that came; drafts."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import CharField, F, Q
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case, Message
from linli.records.cases.selectors import messages_for
from linli.records.duties.models import Duty, Reply
from linli.records.duties.permissions import READ_TODO
from linli.records.duties.selectors import Desk, Todo, todo_of
from linli.records.meetings.selectors import minutes_to_sign
from linli.records.needs.permissions import HANDLE
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN
from linli.web.desk.drafts import drafts_of
from linli.web.desk.loaders import address, held_offices, places_held, reader_person
from linli.web.desk.owed import lines
from linli.web.desk.roll import waiting_at
from linli.web.desk.turns import turns_page
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import drafts_here
from linli.web.shared.paging import at_the_beginning
from linli.web.shared.shapes import Tab

SHOWN = 200
MESSAGES = 8
WAITED = 10
EVERYWHERE = Text("全部", "All")


@door(may=READ_TODO)
def todo(request: HttpRequest) -> HttpResponse:
    person, on, held = reader_person(request), clock.today(), held_offices(request)
    places = places_held(held)
    chosen = _chosen(request, places)
    here = [each for each in held if chosen is None or each.place_id == chosen.pk]
    found = _once(todo_of(_desks(here), on))
    late, dated, open_ended = _sorted_out(found)
    turns, beginning = turns_page(request, here, on), at_the_beginning(request)
    to_sign = [each for each in minutes_to_sign(person) if chosen in (None, each.place)] if beginning else []
    messages = _messages(person, chosen, [each.case.pk for each in turns.items])
    context = {
        "offices": here,
        "chosen": chosen,
        "tabs": _tabs(places, chosen) if len(places) > 1 else [],
        "groups": [
            (Text("已逾期", "Late"), "late", lines(late[:SHOWN]), len(late)),
            (Text("有期限", "With a day"), "dated", lines(dated[:SHOWN]), len(dated)),
            (Text("没有定期限", "Without a day"), "undated", lines(open_ended[:SHOWN]), len(open_ended)),
        ]
        if beginning
        else [],
        "to_sign": to_sign,
        "turns": turns,
        "beginning": beginning,
        "left_open": (beginning and any(each.owed.clause == OPEN for each in found))
        or any(OPEN in turn.acts[0].clause for turn in turns.items),
        "shown": SHOWN,
        "handles": any(desk[0] in HANDLE.offices for desk in _desks(here)),
        "count": len(found) + len(to_sign) + len(turns.items),
        "unread": messages[:MESSAGES],
        "more_messages": len(messages) > MESSAGES,
        "drafts": drafts_of(person),
        "kept_drafts": list(drafts_here(request).values())[:20],
        "asked_roll": waiting_at(here),
        "done_today": _done_today(here, on),
        "others": _others(here, on),
        "begin_url": address("desk:new_case"),
    }
    return render(request, "desk/home/todo.html", context)


def _once(found: list[Todo]) -> list[Todo]:
    """What two rules ask of one desk about one matter, in the same words by the same day, is said once."""
    kept: dict[object, Todo] = {}
    for todo in found:
        kept.setdefault(_asked_of(todo.owed) if isinstance(todo.owed, Duty) and todo.owed.due_on else id(todo), todo)
    return list(kept.values())


def _asked_of(duty: Duty) -> tuple[object, ...]:
    return duty.office, duty.place_id, duty.subject_kind, duty.subject_id, duty.title_zh, duty.due_on


def _done_today(held: Sequence[OfficeHeld], on: date) -> int:
    """How much these offices have settled and answered since midnight."""
    since = datetime.combine(on, time.min, tzinfo=SHANGHAI)
    theirs = Q(pk__in=())
    for office, place in _desks(held):
        theirs |= Q(office=office, place_id=place)
    duties = Duty.objects.filter(theirs, done_at__gte=since, outcome="done").count()
    return duties + Reply.objects.filter(theirs, answered_at__gte=since).count()


def _others(held: Sequence[OfficeHeld], on: date) -> list[Duty]:
    """What other offices owe about the matters these offices own, the earliest first."""
    own = Q(pk__in=())
    not_ours = Q()
    for office, place in _desks(held):
        own |= Q(owner_office=office, place_id=place)
        not_ours &= ~Q(office=office, place_id=place)
    cases = Case.objects.filter(own, passage__ended_at__isnull=True).annotate(key=Cast("pk", CharField())).values("key")
    found = Duty.objects.filter(not_ours, subject_kind="case", subject_id__in=cases, done_at__isnull=True)
    return list(found.select_related("place").order_by(F("due_on").asc(nulls_last=True), "pk")[:WAITED])


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


def _messages(person: Person, place: Place | None, said: list[int]) -> list[Message]:
    """Without word of matters that stand on the page as one's turn."""
    found = messages_for(person, clock.today()).exclude(case__in=said)
    return list((found.filter(place=place) if place else found)[: MESSAGES + 1])
