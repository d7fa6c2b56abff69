"""Opening a meeting, who is there, closing it; and what every act at a meeting begins and ends with."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.meetings import services
from linli.records.meetings.models import AgendaItem, Attendance, Meeting, Motion, Opinion
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.people.permissions import KEEP_ROLL
from linli.records.people.selectors import actor_for, roll, staff_of
from linli.records.people.services import register_person
from linli.records.prepared import Prepared
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import me
from linli.web.desk.meeting_page import found_meeting, meeting_again
from linli.web.desk.sheets import key_of, take, typed
from linli.web.shared import clock
from linli.web.shared.doors import Found, door

KEEP, CALL = "meetings.keep_meeting", "meetings.call_meeting"


def took(request: HttpRequest, meeting: Meeting, form: str, act: Callable[[], Text], part: str = "") -> HttpResponse:
    """Do it and come back to the meeting, to the part where it was done."""
    return take(
        request,
        form,
        act=act,
        again=lambda tried: meeting_again(request, meeting, tried),
        to=reverse("desk:meeting", args=[meeting.pk]) + part,
    )


def found_item(request: HttpRequest, pk: int, item: int) -> Found:
    """An item of the meeting in the address; `self` where somebody declares for themselves."""
    found = found_meeting(request, pk)
    row = _ITEM.first(item, pk)
    if row is None:
        raise NotFound
    row.meeting = found.thing
    own = request.POST.get(f"recuse{item}-person", "") == str(me(request).pk)
    return Found(row, found.place, found.relations | ({"self"} if own else set()))


def found_motion(request: HttpRequest, pk: int, motion: int) -> Found:
    found = found_meeting(request, pk)
    row = _MOTION.first(motion, pk)
    if row is None:
        raise NotFound
    row.item.meeting = found.thing
    return Found(row, found.place, found.relations)


def found_opinion(request: HttpRequest, pk: int, opinion: int) -> Found:
    """An opinion; `owner` for the office that owes the answer."""
    found = found_meeting(request, pk)
    row = _OPINION.first(opinion, pk)
    if row is None:
        raise NotFound
    row.meeting = found.thing
    owns = row.owner in actor_for(me(request), found.place, clock.today()).offices
    return Found(row, found.place, found.relations | ({"owner"} if owns else set()))


_ITEM = Prepared(lambda item, meeting: AgendaItem.objects.filter(pk=item, meeting=meeting))
_MOTION = Prepared(lambda motion, meeting: Motion.objects.select_related("item").filter(pk=motion, item__meeting=meeting))
_OPINION = Prepared(lambda opinion, meeting: Opinion.objects.filter(pk=opinion, meeting=meeting))


def called_person(meeting: Meeting, key: str) -> Person:
    """Somebody on the list of this meeting. Raises Invalid."""
    called = Attendance.objects.select_related("person").filter(meeting=meeting)
    one = called.filter(person=person).first() if (person := key_of(key)) else None
    if one is None:
        wrong = Text("请从参会人里选。", "Choose one of those called.")
        raise Invalid(wrong, fields={"person": wrong})
    return one.person


@door(may=KEEP, load=found_meeting, methods=["POST"])
def begin(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        services.open_meeting(meeting=meeting, by=me(request), at=clock.now())
        return Text("会议开始了。先登记到会的人。", "The meeting has begun. Mark who is there.")

    return took(request, meeting, "state", act)


@door(may=KEEP, load=found_meeting, methods=["POST"])
def close(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        services.close_meeting(meeting=meeting, by=me(request), at=clock.now())
        return Text(
            "会议结束，到会和票数不再改。接下来写记录、会签。", "The meeting is over. Write the minutes and have them signed."
        )

    return took(request, meeting, "state", act, "#minutes")


@door(may=CALL, load=found_meeting, methods=["POST"])
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Text:
        services.cancel_meeting(meeting=meeting, reason=typed(request.POST, "cancel", "reason"), by=me(request), at=clock.now())
        return Text("会议已取消。", "The meeting is called off.")

    return took(request, meeting, "cancel", act)


@door(may=KEEP, load=found_meeting, methods=["POST"])
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The whole list at once: whoever is ticked is there. Only what changed is written; the items are what comes next."""

    @transaction.atomic
    def act() -> Text:
        ticked, there = set(request.POST.getlist("present")), 0
        for one in Attendance.objects.filter(meeting=meeting).select_related("person"):
            present = str(one.pk) in ticked
            there += present
            if present != one.present:
                services.mark_attendance(meeting=meeting, person=one.person, by=me(request), at=clock.now(), present=present)
        return Text(f"到会 {there} 人，已登记。", f"{there} present.")

    return took(request, meeting, "attendance", act, "#items")


@door(may=KEEP, load=found_meeting, methods=["POST"])
def invite(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    @transaction.atomic
    def act() -> Text:
        person = _person(request, meeting)
        entitled = meeting.body_id is None
        services.invite(meeting=meeting, person=person, by=me(request), at=clock.now(), entitled=entitled)
        return Text(f"已通知 {person.name}。", f"{person.name} is called.")

    return took(request, meeting, "invite", act, "#attendance")


def _person(request: HttpRequest, meeting: Meeting) -> Person:
    """Who is meant: on the roll, on the staff, or somebody new. Raises Invalid where it is not clear."""
    name, label = typed(request.POST, "invite", "name"), typed(request.POST, "invite", "household")
    lines = roll(meeting.place, clock.today()).filter(person__name=name)
    found = {line.person for line in (lines.filter(household__label=label) if label else lines)}
    if not label:
        found |= {held.person for held in staff_of(meeting.place, clock.today()).filter(person__name=name)}
    if len(found) == 1:
        return found.pop()
    if found:
        same = Text(f"有 {len(found)} 位叫{name}，请填户号。", f"There are {len(found)} called {name}; add the household number.")
        raise Invalid(same, fields={"household": same})
    if typed(request.POST, "invite", "newcomer") != "yes" or not name:
        none = Text(
            "名册里没有这位。核对姓名，或选“新登记这位”。", "Nobody of this name is on the roll. Check it, or enter the person."
        )
        raise Invalid(none, fields={"name": none})
    home = meeting.place if may(me(request), KEEP_ROLL, meeting.place, clock.today()) else None
    return register_person(name=name, kind="resident", by=me(request), at=clock.now(), home=home)
