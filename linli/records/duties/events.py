"""What happens to duties and answers owed, as it is sealed."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("duty.opened", title=Text("待办事项产生", "Duty opened"))
class DutyOpened:
    duty: int
    office: str
    source: str
    source_key: str
    clause: str
    due_on: str


@event("duty.rescheduled", title=Text("待办期限变更", "Duty rescheduled"))
class DutyRescheduled:
    duty: int
    was_due_on: str
    due_on: str


@event("duty.settled", title=Text("待办事项办结", "Duty settled"))
class DutySettled:
    duty: int
    outcome: str
    late: bool
    note: Personal[str]


@event("duty.calendar_planned", title=Text("年度义务已列入日历", "Year's obligations put in the calendar"))
class CalendarPlanned:
    year: int
    rules: str
    duties: int


@event("reply.owed", title=Text("有一项待答复", "An answer is owed"))
class ReplyOwed:
    reply: int
    kind: str
    office: str
    due_on: str


@event("reply.given", title=Text("已答复", "Answered"))
class ReplyGiven:
    reply: int
    kind: str
    verdict: str
    late: bool
    reason: Personal[str]


@event("reply.rated", title=Text("已评价答复", "Answer rated"))
class ReplyRated:
    reply: int
    satisfied: bool
