"""Calling a meeting, inviting to it, cancelling it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.records.bodies.models import Body, Seat
from linli.records.meetings import events
from linli.records.meetings.models import AgendaItem, Attendance, Meeting
from linli.records.meetings.notice import NoticeRead, read_notice
from linli.records.meetings.permissions import CALL, KEEP
from linli.records.meetings.services.common import filled, lock_meeting, must_be, seal
from linli.records.meetings.services.recusal import observe_conflicts
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused, require_fields
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, one_line, quoted
from linli.rules.policy.models import Session


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item for the agenda. `place` is the place of the matter; None means the place of the meeting."""

    title: str
    subject: Subject | None = None
    slot: str = ""
    kind: str = "resolution"
    place: Place | None = None
    parties: tuple[str, ...] = ()


@transaction.atomic
def call_meeting(
    *,
    place: Place,
    session: str,
    title: str,
    convened_for: datetime | None,
    venue: str,
    letter: str,
    items: Sequence[ItemDraft],
    by: Person,
    at: datetime,
    body: Body | None = None,
) -> Meeting:
    """Call a meeting of a session of the pack; everybody with a seat in the body is called.

    `convened_for` is None while nobody has said when. Raises Invalid with everything that is lacking, NotAllowed, and Refused
    when the notice set for this place would be too short or the body is missing.
    """
    on = day_in_china(at)
    require(by, CALL, place, on)
    kind = _session(place, session, on)
    require_fields(_wrong({"title": title, "venue": venue, "letter": letter}, convened_for, items, at))
    assert convened_for is not None
    notice = read_notice(rules_at(place), kind, called=on, convened=day_in_china(convened_for))
    notice.require_kept()
    meeting = Meeting.objects.create(
        place=place,
        session=session,
        body=_body(kind, place, body, day_in_china(convened_for)),
        title=one_line(title),
        venue=venue.strip(),
        letter=letter.strip(),
        called_at=at,
        called_by=by,
        convened_for=convened_for,
        notice=notice.plain(),
    )
    _agenda(meeting, items)
    seated = _call_seats(meeting, at)
    for item in meeting.items.all():
        observe_conflicts(item, by=by, at=at)
    seal(_called(meeting, notice, seated), meeting, by=by, at=at)
    return meeting


@transaction.atomic
def invite(*, meeting: Meeting, person: Person, by: Person, at: datetime, seat: str = "", entitled: bool = False) -> Attendance:
    """Call one more person. Where a body decides, only its seats are entitled. Raises Refused, NotAllowed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=KEEP)
    must_be(meeting, "called", "open")
    if entitled and meeting.body_id is not None:
        raise Refused(_ONLY_SEATS)
    if Attendance.objects.filter(meeting=meeting, person=person).exists():
        raise Refused(Text("这位已经在参会名单上。", "This person is on the list already."))
    invited = Attendance.objects.create(
        meeting=meeting, person=person, seat=seat, entitled=entitled, resident=person.kind == "resident", called_at=at
    )
    seal(events.PersonInvited(person=person.ref, seat=seat, entitled=entitled), meeting, by=by, at=at)
    for item in meeting.items.all():
        observe_conflicts(item, by=by, at=at)
    return invited


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Person, at: datetime) -> Meeting:
    """Call it off before it begins. Raises Refused, Invalid, NotAllowed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=CALL)
    must_be(meeting, "called")
    meeting.cancelled_reason = filled(reason, "reason", "请写明取消的理由。", "Say why it is cancelled.")
    meeting.state = "cancelled"
    meeting.save(update_fields=["state", "cancelled_reason"])
    seal(events.MeetingCancelled(reason=meeting.cancelled_reason), meeting, by=by, at=at)
    return meeting


_NEEDED = {
    "title": Text("请写会议名称。", "Give the meeting a title."),
    "venue": Text("请写会议地点。", "Say where it is held."),
    "letter": Text("请写通知内容。", "Write the notice."),
}
_NO_ITEM = Text("请至少列一项议题。", "Put at least one item on the agenda.")
_NAMELESS = Text("请写议题。", "Name the item.")
_WHEN = Text("请写开会的日期和时间。", "Give the day and the hour.")
_PAST = Text("开会时间要晚于现在；补录已经开过的会，请按实际通知时间办理。", "The meeting must lie ahead of its notice.")
_ONLY_SEATS = Text(
    "这次会议由组织的成员表决，其他人可以列席，不计入应到人数。",
    "The members of the body decide here; others may sit in and are not counted.",
)


def _wrong(words: Mapping[str, str], convened_for: datetime | None, items: Sequence[ItemDraft], at: datetime) -> dict[str, Text]:
    wrong = {name: _NEEDED[name] for name, given in words.items() if not given.strip()}
    if convened_for is None or convened_for < at:
        wrong["convened_for"] = _WHEN if convened_for is None else _PAST
    if not all(item.title.strip() for item in items) or not items:
        wrong["items"] = _NAMELESS if items else _NO_ITEM
    return wrong


def _session(place: Place, session: str, on: date) -> Session:
    try:
        return rules_at(place).session(session, on)
    except KeyError:
        raise Refused(Text("这里的规定没有这一类会议。", "The rules of this place know no such meeting.")) from None


def _body(kind: Session, place: Place, body: Body | None, on: date) -> Body | None:
    if body is not None:
        if kind.body and body.kind != kind.body:
            raise Refused(Text("这个组织不召开这一类会议。", "This body does not hold this kind of meeting."))
        return body
    if not kind.body:
        return None
    found = Body.objects.filter(holding(on), place__in=place.ancestor_codes, kind=kind.body).order_by("-place__path").first()
    if found is None:
        raise Refused(
            Text(
                f"{quoted(kind.title.zh)}由一个组织召开，这里还没有成立。请先登记组织和成员。",
                f"{quoted(kind.title.en)} is held by a body that does not exist here yet. Form it and seat its members first.",
            )
        )
    return found


def _agenda(meeting: Meeting, items: Sequence[ItemDraft]) -> None:
    for number, draft in enumerate(items, start=1):
        AgendaItem.objects.create(
            meeting=meeting,
            number=number,
            title=one_line(draft.title),
            kind=draft.kind,
            subject_kind=draft.subject.kind if draft.subject else "",
            subject_id=draft.subject.id if draft.subject else "",
            slot=draft.slot,
            matter_place=draft.place or meeting.place,
            parties=sorted(draft.parties),
        )


def _call_seats(meeting: Meeting, at: datetime) -> int:
    if meeting.body is None:
        return 0
    seats = Seat.objects.filter(holding(day_in_china(meeting.convened_for)), body=meeting.body).select_related("person")
    called = [
        Attendance(
            meeting=meeting,
            person=seat.person,
            seat=seat.seat,
            entitled=True,
            resident=seat.person.kind == "resident",
            called_at=at,
        )
        for seat in {seat.person_id: seat for seat in seats}.values()
    ]
    return len(Attendance.objects.bulk_create(called))


def _called(meeting: Meeting, notice: NoticeRead, entitled: int) -> events.MeetingCalled:
    return events.MeetingCalled(
        session=meeting.session,
        convened_for=meeting.convened_for.isoformat(),
        letter=meeting.letter,
        items=[item.title for item in meeting.items.all()],
        entitled=entitled,
        notice=notice.state,
    )
