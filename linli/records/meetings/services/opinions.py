"""The opinion ledger: somebody said something, somebody owes an answer."""

from datetime import date, datetime

from django.db import transaction

from linli.records.meetings import events
from linli.records.meetings.models import AgendaItem, Meeting, Opinion
from linli.records.meetings.owing import owe_answer, pay_answer
from linli.records.meetings.permissions import ANSWER, SPEAK
from linli.records.meetings.services.common import filled, lock_meeting, must_be, seal
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def record_opinion(
    *,
    meeting: Meeting,
    topic: str,
    text: str,
    owner: str,
    by: Person,
    at: datetime,
    speaker: Person | None = None,
    speaker_name: str = "",
    item: AgendaItem | None = None,
    due_on: date | None = None,
) -> Opinion:
    """Enter an opinion with the office that owes the answer. Raises Refused, Invalid, NotAllowed."""
    meeting = lock_meeting(meeting, by=by, at=at, may=SPEAK)
    must_be(meeting, "open", "closed")
    opinion = Opinion.objects.create(
        meeting=meeting,
        item=item,
        number=Opinion.objects.filter(meeting=meeting).count() + 1,
        speaker=speaker,
        speaker_name="" if speaker else filled(speaker_name, "speaker_name", "请写发言人。", "Say who spoke."),
        topic=filled(topic, "topic", "请写议题。", "Name the topic."),
        text=filled(text, "text", "请写意见内容。", "Write the opinion."),
        owner=filled(owner, "owner", "请选择由谁答复。", "Choose who answers."),
        due_on=due_on,
        at=at,
        recorded_by=by,
    )
    due = due_on.isoformat() if due_on else ""
    seal(events.OpinionRecorded(number=opinion.number, owner=owner, due_on=due, text=opinion.text), meeting, by=by, at=at)
    owe_answer(opinion, at=at)
    return opinion


@transaction.atomic
def answer_opinion(*, opinion: Opinion, verdict: str, reply: str, by: Person, at: datetime) -> Opinion:
    """The office that owes the answer gives it, once. Raises Refused, Invalid, NotAllowed."""
    opinion = _lock(opinion)
    meeting, on = opinion.meeting, day_in_china(at)
    holds = opinion.owner in actor_for(by, meeting.place, on).offices
    require(by, ANSWER, meeting.place, on, frozenset({"owner"} if holds else ()))
    if opinion.replied_at is not None:
        raise Refused(Text("这条意见已经答复。", "This opinion has been answered."))
    opinion.verdict = filled(verdict, "verdict", "请写办理结论。", "Give a conclusion.")
    opinion.reply = filled(reply, "reply", "请写答复内容。", "Write the answer.")
    opinion.replied_at, opinion.replied_by = at, by
    opinion.save(update_fields=["verdict", "reply", "replied_at", "replied_by"])
    event = events.OpinionAnswered(number=opinion.number, verdict=verdict, reply=opinion.reply)
    seal(event, meeting, by=by, at=at)
    pay_answer(opinion, by=by, at=at)
    return opinion


def _lock(opinion: Opinion) -> Opinion:
    return Opinion.objects.select_for_update(of=("self",)).select_related("meeting__place").get(pk=opinion.pk)
