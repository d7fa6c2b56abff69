"""The opinion ledger of a meeting: who said what, who owes the answer, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from linli.records.meetings.models import Attendance, Meeting, Opinion
from linli.records.meetings.permissions import CALL
from linli.records.meetings.selectors import opinions_of
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet
from linli.web.shared import clock

ANSWER = (
    Ask(
        "verdict",
        Text("结论", "Conclusion"),
        required=True,
        hint=Text("如：采纳、部分采纳、说明情况", "Such as: taken up, in part, explained"),
        extra={"maxlength": "60"},
    ),
    Ask("reply", Text("答复", "Answer"), "long_text", required=True),
)


@dataclass(frozen=True)
class Line:
    """A row of the ledger; `answer` for the office that owes it."""

    opinion: Opinion
    speaker: str
    answer: Sheet | None


def ledger(
    meeting: Meeting, called: Sequence[Attendance], person: Person, speaks: bool, rules: Rules, tried: Tried | None
) -> dict[str, Any]:
    offices = actor_for(person, meeting.place, clock.today()).offices
    lines = [_line(opinion, offices, tried) for opinion in opinions_of(meeting)]
    may_record = speaks and meeting.state in ("open", "closed")
    action = reverse("desk:meeting_opinion", args=[meeting.pk])
    record = sheet("opinion", _asks(meeting, called, rules), action=action, button=Text("记入台账", "Enter it"), tried=tried)
    return {
        "lines": lines,
        "record": record if may_record else None,
        "open_lines": sum(line.opinion.replied_at is None for line in lines),
    }


def _line(opinion: Opinion, offices: frozenset[str], tried: Tried | None) -> Line:
    speaker = opinion.speaker.name if opinion.speaker else opinion.speaker_name
    if opinion.replied_at is not None or opinion.owner not in offices:
        return Line(opinion, speaker, None)
    action = reverse("desk:opinion_answer", args=[opinion.meeting_id, opinion.pk])
    return Line(opinion, speaker, sheet(f"reply{opinion.pk}", ANSWER, action=action, button=Text("答复", "Answer"), tried=tried))


def _asks(meeting: Meeting, called: Sequence[Attendance], rules: Rules) -> tuple[Ask, ...]:
    present = [(str(one.person_id), one.person.name) for one in called if one.present]
    items = [(str(item.pk), f"{item.number}. {item.title}") for item in meeting.items.all()]
    owners = [(office, rules.office_title(office)) for office in CALL.offices]
    return (
        Ask("speaker", Text("谁说的", "Who spoke"), "choice", options=present),
        Ask("speaker_name", Text("不在名单上的发言人", "A speaker not on the list"), extra={"maxlength": "60"}),
        Ask("topic", Text("关于什么", "About what"), required=True, extra={"maxlength": "120"}),
        Ask("text", Text("意见", "Opinion"), "long_text", required=True),
        Ask("item", Text("属于哪个议题", "On which item"), "choice", options=items),
        Ask("owner", Text("由谁答复", "Who answers"), "choice", required=True, options=owners),
        Ask("due_on", Text("哪天前答复", "Answer by"), "date"),
    )
