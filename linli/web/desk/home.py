"""What is due for the reader's offices, the late ones first; their turns without a day; word that came; drafts."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case, Message
from linli.records.cases.selectors import unread_messages
from linli.records.duties.models import Duty, Reply
from linli.records.duties.permissions import READ_TODO
from linli.records.duties.selectors import Desk, at_desks, desks_held
from linli.records.duties.standing_first import standing_first
from linli.records.meetings.selectors import awaiting_signature
from linli.records.needs.permissions import HANDLE
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.records.prepared import Prepared, PreparedCount
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN
from linli.web.desk.drafts import drafts_of
from linli.web.desk.loaders import address, held_offices, places_held, reader_person
from linli.web.desk.owed import lines_of
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
_GROUPS = (
    (Text("已逾期", "Late"), "late"),
    (Text("有期限", "With a day"), "dated"),
    (Text("没有定期限", "Without a day"), "undated"),
)
EVERYWHERE = Text("全部", "All")


@door(may=READ_TODO)
def todo(request: HttpRequest) -> HttpResponse:
    person, on, held = reader_person(request), clock.today(), held_offices(request)
    places = places_held(held)
    chosen = _chosen(request, places)
    here = [each for each in held if chosen is None or each.place_id == chosen.pk]
    beginning = at_the_beginning(request)
    due = standing_first(desks_held(here), on, SHOWN if beginning else 0)
    turns = turns_page(request, here, on)
    to_sign = [each for each in awaiting_signature(person) if chosen in (None, each.place)] if beginning else []
    messages = _messages(person, chosen, [each.case.pk for each in turns.items])
    groups = (due.late, due.dated, due.undated)
    context = {
        "offices": here,
        "chosen": chosen,
        "tabs": _tabs(places, chosen) if len(places) > 1 else [],
        "groups": [
            (*named, lines, group.many)
            for named, lines, group in zip(_GROUPS, lines_of([each.todos for each in groups]), groups, strict=True)
        ],
        "to_sign": to_sign,
        "turns": turns,
        "beginning": beginning,
        "left_open": (beginning and due.left_open) or any(OPEN in turn.acts[0].clause for turn in turns.items),
        "shown": SHOWN,
        "handles": any(desk[0] in HANDLE.offices for desk in desks_held(here)),
        "count": due.many + len(to_sign) + len(turns.items),
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


def _done_today(held: Sequence[OfficeHeld], on: date) -> int:
    """How much these offices have settled and answered since midnight."""
    since = datetime.combine(on, time.min, tzinfo=SHANGHAI)
    return _SETTLED(since, *_flat(held)) + _ANSWERED(since, *_flat(held))


def _others(held: Sequence[OfficeHeld], on: date) -> list[Duty]:
    """What other offices owe about the matters these offices own, the earliest first."""
    return _WAITED_FOR(*_flat(held))


def _owed_by_others(*flat: str) -> QuerySet[Duty]:
    own = Q(pk__in=())
    for office, place in _pairs(flat):
        own |= Q(owner_office=office, place_id=place)
    cases = Case.objects.filter(own, passage__ended_at__isnull=True).annotate(key=Cast("pk", CharField())).values("key")
    found = Duty.objects.filter(~at_desks(_pairs(flat)), subject_kind="case", subject_id__in=cases, done_at__isnull=True)
    return found.select_related("place").order_by(F("due_on").asc(nulls_last=True), "pk")[:WAITED]


_WAITED_FOR = Prepared(_owed_by_others)
_SETTLED = PreparedCount(lambda since, *flat: Duty.objects.filter(at_desks(_pairs(flat)), done_at__gte=since, outcome="done"))
_ANSWERED = PreparedCount(lambda since, *flat: Reply.objects.filter(at_desks(_pairs(flat)), answered_at__gte=since))


def _flat(held: Sequence[OfficeHeld]) -> list[str]:
    return [value for desk in desks_held(held) for value in desk]


def _pairs(flat: Sequence[str]) -> list[Desk]:
    return list(zip(flat[::2], flat[1::2], strict=True))


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


def _messages(person: Person, place: Place | None, said: list[int]) -> list[Message]:
    """Without word of matters that stand on the page as one's turn."""
    return unread_messages(person, clock.today(), place=place, without=said)[: MESSAGES + 1]
