"""An opinion's answer as duties keep it: owed to an office, by a day where one is set."""

from datetime import datetime

from linli.records.duties.services import answer_reply, open_reply
from linli.records.meetings.models import Opinion
from linli.records.people.models import Person
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china


def owe_answer(opinion: Opinion, *, at: datetime) -> None:
    """Put the answer on the list of the office that owes it, on the ground of the session's clause."""
    meeting = opinion.meeting
    session = rules_at(meeting.place).session(meeting.session, day_in_china(meeting.called_at))
    open_reply(
        subject=opinion.subject,
        kind="opinion",
        office=opinion.owner,
        place=meeting.place,
        clause=session.clause,
        due_on=opinion.due_on,
        asked_at=opinion.at,
        at=at,
    )


def pay_answer(opinion: Opinion, *, by: Person, at: datetime) -> None:
    """Take it off that list."""
    answer_reply(subject=opinion.subject, kind="opinion", verdict=opinion.verdict, reason=opinion.reply, by=by, at=at)
