"""What every act of a meeting begins and ends with."""

from datetime import datetime

from linli.records.meetings.models import AgendaItem, Attendance, Meeting, Motion
from linli.records.people.access import Permission, require
from linli.records.people.models import Person
from linli.records.prepared import Prepared
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.texts import Text

_STATES = {
    "called": Text("会议还没有开始。", "The meeting has not begun."),
    "open": Text("会议还没有结束。", "The meeting has not ended."),
    "closed": Text("会议已经结束。", "The meeting is over."),
    "cancelled": Text("会议已经取消。", "The meeting was cancelled."),
}


def lock_meeting(meeting: Meeting, *, by: Person, at: datetime, may: Permission) -> Meeting:
    """The meeting as it is now, held until the transaction ends. Raises NotAllowed."""
    locked = Meeting.objects.select_for_update(of=("self",)).select_related("place", "body").get(pk=meeting.pk)
    require(by, may, locked.place, day_in_china(at), relations_of(locked, by))
    return locked


def relations_of(meeting: Meeting, person: Person) -> frozenset[str]:
    """`called` and `present`, as permissions speak of them."""
    own = _CALLED.first(meeting.pk, person.pk)
    if own is None:
        return frozenset()
    return frozenset({"called", "present"} if own.present else {"called"})


_CALLED = Prepared(lambda meeting, person: Attendance.objects.filter(meeting=meeting, person=person).order_by("pk")[:1])


def lock_item(item: AgendaItem, *, by: Person, at: datetime, may: Permission) -> AgendaItem:
    meeting = lock_meeting(item.meeting, by=by, at=at, may=may)
    found = AgendaItem.objects.select_related("piece", "matter_place").get(pk=item.pk)
    found.meeting = meeting
    return found


def lock_motion(motion: Motion, *, by: Person, at: datetime, may: Permission) -> Motion:
    item = lock_item(motion.item, by=by, at=at, may=may)
    found = Motion.objects.get(pk=motion.pk)
    found.item = item
    return found


def must_be(meeting: Meeting, *states: str) -> None:
    """Raises Refused unless the meeting is in one of the states."""
    if meeting.state not in states:
        raise Refused(_STATES[meeting.state])


def attendance_of(meeting: Meeting, person: Person) -> Attendance:
    """Raises NotFound if the person was not called."""
    found = Attendance.objects.filter(meeting=meeting, person=person).first()
    if found is None:
        raise NotFound(Text("这位没有列入参会名单，请先通知参会。", "This person is not on the list; invite them first."))
    return found


def filled(text: str, field: str, zh: str, en: str) -> str:
    """Raises Invalid when nothing was written."""
    if not text.strip():
        raise Invalid(Text(zh, en), fields={field: Text(zh, en)})
    return text.strip()


def seal(event: object, meeting: Meeting, *, by: Person, at: datetime) -> None:
    trail.record(event, stream=meeting.place_id, subject=meeting.subject, by=by.ref, at=at)
