"""Meetings: which are coming, and one meeting with its agenda, attendance by seat, votes and answers. No names of residents."""

from collections import Counter
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.cases.selectors import visible_to
from linli.records.meetings.models import AgendaItem, Meeting, Motion
from linli.records.meetings.permissions import READ_MEETING, READ_MINUTES
from linli.records.meetings.selectors import locked_minutes, opinions_of
from linli.records.people.access import may
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Session
from linli.rules.policy.rules import Rules
from linli.web.portal.asking import asked_place, at_home, scopes
from linli.web.portal.finding import meeting_named, person_of, rules_here
from linli.web.portal.listing import around, coming_meetings
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.paging import page_of
from linli.web.shared.shapes import Stamp

STATES = {
    "called": Stamp(Text("将召开", "To be held"), "waiting"),
    "open": Stamp(Text("正在开", "In session"), "running"),
    "closed": Stamp(Text("已开完", "Held"), "done"),
    "cancelled": Stamp(Text("已取消", "Cancelled"), "closed"),
}
_OTHERS = Text("其他到会人", "others present")


@door(may=READ_MEETING)
def meetings(request: HttpRequest) -> HttpResponse:
    if (home := at_home(request)) is not None:
        return home
    place, now = asked_place(request), clock.now()
    everything = Meeting.objects.filter(around(place)) if place else Meeting.objects.all()
    page = page_of(everything.select_related("place"), request, by=("-convened_for", "-pk"))
    coming = coming_meetings(around(place), now)[:10] if place and not request.GET.get("after") else []
    above = {one.pk for one in coming}
    rows = [(one, STATES[one.state]) for one in page.items if one.pk not in above]
    context = {"place": place, "page": page, "rows": rows, "coming": coming, "scopes": scopes(request, place)}
    return render(request, "portal/meetings.html", context)


@dataclass(frozen=True)
class Item:
    """An item of the agenda with its motions; `case` is the project it is about, where the reader may see it."""

    item: AgendaItem
    motions: list["Put"]
    case: Case | None = None


@dataclass(frozen=True)
class Put:
    """A motion and, once voted, the sentences of its reckoning."""

    motion: Motion
    reasons: list[Text]
    carried: str = ""  # yes, no, unset, not_asked or ""


@dataclass
class Room:
    """How many were called and came, seat by seat."""

    rows: list[tuple[Text, int, int]] = field(default_factory=list)
    called: int = 0
    present: int = 0


@door(may=READ_MEETING, load=meeting_named)
def meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    rules = rules_here(meeting.place)
    session = _session(meeting, rules)
    minutes = locked_minutes(meeting)
    context = {
        "place": meeting.place,
        "meeting": meeting,
        "stamp": STATES[meeting.state],
        "rules": rules,
        "session": session,
        "room": _room(meeting, session, rules),
        "items": _items(request, meeting),
        "minutes": minutes,
        "signed": minutes.signatures.count() if minutes else 0,
        "text": minutes.text if minutes and _may_read(request, meeting) else "",
        "opinions": [{"one": one, "owner": one.owner} for one in opinions_of(meeting).defer("speaker_name").select_related(None)],
    }
    return render(request, "portal/meeting.html", context)


def _session(meeting: Meeting, rules: Rules | None) -> Session | None:
    return rules.sessions(day_in_china(meeting.called_at)).get(meeting.session) if rules else None


def _may_read(request: HttpRequest, meeting: Meeting) -> bool:
    """Minutes name people; the public sees that they are signed and their digest."""
    person, relations = person_of(request), set()
    if person is not None:
        if meeting.called_by_id == person.pk:
            relations.add("called")
        if meeting.attendances.filter(person=person, present_at__isnull=False).exists():
            relations.add("present")
    return may(person, READ_MINUTES, meeting.place, clock.today(), frozenset(relations))


def _room(meeting: Meeting, session: Session | None, rules: Rules | None) -> Room:
    people = list(meeting.attendances.values_list("seat", "present_at"))
    titles = _seats(meeting, session, rules)
    called = Counter(seat for seat, _ in people)
    present = Counter(seat for seat, at in people if at is not None)
    rows = [(titles.get(seat, _OTHERS if not seat else Text(seat, seat)), called[seat], present[seat]) for seat in called]
    return Room(rows, sum(called.values()), sum(present.values()))


def _seats(meeting: Meeting, session: Session | None, rules: Rules | None) -> dict[str, Text]:
    if rules is None or session is None or not session.body:
        return {}
    body = rules.bodies(day_in_china(meeting.called_at)).get(session.body)
    return {seat.key: seat.title for seat in body.seats.values()} if body else {}


def _items(request: HttpRequest, meeting: Meeting) -> list[Item]:
    items = list(meeting.items.prefetch_related("motions").order_by("number"))
    ids = [int(item.subject_id) for item in items if item.subject_kind == "case"]
    cases = {str(case.pk): case for case in visible_to(person_of(request), clock.today()).filter(pk__in=ids)}
    return [Item(item, [_put(one) for one in item.motions.all()], cases.get(item.subject_id)) for item in items]


def _put(motion: Motion) -> Put:
    reckoned = motion.result or {}
    reasons = [Text(one["zh"], one["en"]) for one in reckoned.get("reasons", ())]
    return Put(motion, reasons, str(reckoned.get("decides", {}).get("answer", "")))
