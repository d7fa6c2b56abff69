"""Meetings stay as they were held: attendance, votes and minutes prove a decision."""

from datetime import datetime

from linli.records.meetings.models import Attendance, Opinion, Voice
from linli.records.people.forgetting import Found
from linli.records.people.models import Person
from linli.rules.plain.texts import Text

_PROOF = Text(
    "到会、表决和会议记录证明决定有效；姓名显示为已删除，会议记录正文原样保存。",
    "Attendance, votes and minutes prove that a decision holds; the name shows as erased, the text of the minutes stays.",
)


def forget(person: Person, at: datetime) -> list[Found]:
    rows = sum(
        found.count()
        for found in (
            Attendance.objects.filter(person=person),
            Voice.objects.filter(person=person),
            Opinion.objects.filter(speaker=person),
        )
    )
    return [Found(Text("到会、表决、会上的发言", "Attendance, votes, what was said in meetings"), rows, _PROOF)]
