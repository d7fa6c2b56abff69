"""Opening a meeting, who is there, closing it."""

from datetime import date, datetime

from django.db import transaction

from linli.records.meetings import events
from linli.records.meetings.filing import refile_all
from linli.records.meetings.models import Attendance, Meeting
from linli.records.meetings.permissions import KEEP
from linli.records.meetings.services.common import attendance_of, lock_meeting, must_be, seal
from linli.records.people.models import Person
from linli.rules.plain.days import day_in_china, day_words
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: Person, at: datetime, held_on: date | None = None) -> Meeting:
    """Begin it. `held_on` is for a meeting entered afterwards: not before the day it was called for, not in the future."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "called")
    today, called_for = day_in_china(at), day_in_china(meeting.convened_for)
    day = held_on or today
    if not called_for <= day <= today:
        said = day_words(called_for)
        raise Refused(
            Text(
                f"会议通知的是{said.zh}，到那天才能开始；补录的日期不能早于那天，也不能晚于今天。",
                f"The meeting was called for {said.en}: it begins on that day, and is entered neither before it nor after today.",
            )
        )
    meeting.state, meeting.held_on = "open", day
    meeting.save(update_fields=["state", "held_on"])
    seal(events.MeetingOpened(held_on=day.isoformat()), meeting, by=by, at=at)
    return meeting


@transaction.atomic
def mark_attendance(
    *, meeting: Meeting, person: Person, by: Person, at: datetime, present: bool = True, represents: str = ""
) -> Attendance:
    """Somebody called has come, or has left. Raises Refused, NotFound, NotAllowed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "open")
    own = attendance_of(meeting, person)
    own.present_at = at if present else None
    own.represents = represents
    own.save(update_fields=["present_at", "represents"])
    seal(events.AttendanceMarked(person=person.ref, present=present, represents=represents), meeting, by=by, at=at)
    return own


@transaction.atomic
def close_meeting(*, meeting: Meeting, by: Person, at: datetime) -> Meeting:
    """End it: attendance and votes are final, the minutes can be signed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "open")
    meeting.state, meeting.closed_at = "closed", at
    meeting.save(update_fields=["state", "closed_at"])
    present = meeting.attendances.filter(present_at__isnull=False).count()
    seal(events.MeetingClosed(present=present), meeting, by=by, at=at)
    refile_all(meeting, by=by, at=at)
    return meeting
