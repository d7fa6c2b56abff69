"""What happens at meetings, as it is sealed."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("meeting.called", title=Text("会议已通知召开", "Meeting called"))
class MeetingCalled:
    session: str
    convened_for: str
    letter: str
    items: list[str]
    entitled: int
    notice: str


@event("meeting.person_invited", title=Text("已通知参会人", "Person invited"))
class PersonInvited:
    person: str
    seat: str
    entitled: bool


@event("meeting.cancelled", title=Text("会议已取消", "Meeting cancelled"))
class MeetingCancelled:
    reason: str


@event("meeting.opened", title=Text("会议已开始", "Meeting opened"))
class MeetingOpened:
    held_on: str


@event("meeting.attendance_marked", title=Text("已登记到会", "Attendance marked"))
class AttendanceMarked:
    person: str
    present: bool
    represents: Personal[str]


@event("meeting.person_recused", title=Text("已回避", "Person recused"))
class PersonRecused:
    item: int
    person: str
    source: str
    reason: Personal[str]


@event("meeting.motion_put", title=Text("已提出动议", "Motion put"))
class MotionPut:
    item: int
    motion: int
    text: str
    decides: bool


@event("meeting.motion_voted", title=Text("动议已表决", "Motion voted on"))
class MotionVoted:
    item: int
    motion: int
    result: dict[str, object]


@event("meeting.vote_voided", title=Text("表决已作废", "Vote voided"))
class VoteVoided:
    item: int
    motion: int
    reason: str


@event("meeting.closed", title=Text("会议已结束", "Meeting closed"))
class MeetingClosed:
    present: int


@event("meeting.minutes_written", title=Text("会议记录已写成", "Minutes written"))
class MinutesWritten:
    version: int
    digest: str


@event("meeting.signatory_named", title=Text("已指定会签人", "Signatory named"))
class SignatoryNamed:
    person: str
    role: str


@event("meeting.minutes_signed", title=Text("会议记录已会签", "Minutes countersigned"))
class MinutesSigned:
    version: int
    digest: str
    dissent: Personal[str]


@event("meeting.minutes_locked", title=Text("会议记录已锁定", "Minutes locked"))
class MinutesLocked:
    version: int
    digest: str
    signatures: int
    needed: int


@event("meeting.annex_added", title=Text("会议记录已附说明", "Annex added to the minutes"))
class AnnexAdded:
    version: int
    digest: str


@event("meeting.opinion_recorded", title=Text("意见已记入台账", "Opinion recorded"))
class OpinionRecorded:
    number: int
    owner: str
    due_on: str
    text: Personal[str]


@event("meeting.opinion_answered", title=Text("意见已答复", "Opinion answered"))
class OpinionAnswered:
    number: int
    verdict: str
    reply: Personal[str]
