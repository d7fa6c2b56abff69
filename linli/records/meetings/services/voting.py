"""Motions and votes by hand."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from django.db import transaction

from linli.records.meetings import events
from linli.records.meetings.filing import refile
from linli.records.meetings.models import AgendaItem, Attendance, Motion, Voice
from linli.records.meetings.models.voting import CHOICES
from linli.records.meetings.permissions import KEEP
from linli.records.meetings.reckoning import Reckoning, Room, Threshold, Votes
from linli.records.meetings.selectors.meetings import room_of
from linli.records.meetings.services.common import filled, lock_item, lock_motion, must_be, seal
from linli.records.meetings.services.recusal import observe_conflicts
from linli.records.people.models import Person
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def put_motion(*, item: AgendaItem, text: str, by: Person, at: datetime, decides: bool = True) -> Motion:
    """Put a motion to the meeting. One motion decides an item; a vote that failed its form is voided first."""
    item = lock_item(item, by=by, at=at, may=KEEP)
    must_be(item.meeting, "open")
    if decides and item.motions.filter(decides=True, voided_at__isnull=True).exists():
        raise Refused(
            Text(
                "这一议题已有待决的动议；要重新表决，请先说明理由作废。",
                "This item has a deciding motion; void it with a reason first.",
            )
        )
    motion = Motion.objects.create(
        item=item,
        number=item.motions.count() + 1,
        text=filled(text, "text", "请写动议内容。", "Write the motion."),
        decides=decides,
        put_at=at,
        put_by=by,
    )
    event = events.MotionPut(item=item.number, motion=motion.number, text=motion.text, decides=decides)
    seal(event, item.meeting, by=by, at=at)
    return motion


@transaction.atomic
def count_votes(*, motion: Motion, in_favour: int, against: int, abstain: int, by: Person, at: datetime) -> Motion:
    """Hands were counted. Raises Refused when there are more hands than persons who may vote, Invalid, NotAllowed."""
    motion = _to_be_voted(motion, by=by, at=at)
    wrong = {key: _WHOLE for key, n in (("in_favour", in_favour), ("against", against), ("abstain", abstain)) if n < 0}
    if wrong:
        raise Invalid(_WHOLE, fields=wrong)
    return _decide(motion, "count", Votes(in_favour, against, abstain), by=by, at=at)


@transaction.atomic
def roll_call(*, motion: Motion, answers: Mapping[Person, str], by: Person, at: datetime) -> Motion:
    """Names were called: person -> for, against, abstain. Raises Refused when somebody may not vote, and then no one has."""
    motion = _to_be_voted(motion, by=by, at=at)
    _may_all_vote(motion, answers)
    tally = Counter(answers.values())
    voted = _decide(motion, "roll_call", Votes(tally["for"], tally["against"], tally["abstain"]), by=by, at=at)
    Voice.objects.bulk_create(Voice(motion=voted, person=person, choice=choice) for person, choice in answers.items())
    return voted


@transaction.atomic
def void_vote(*, motion: Motion, reason: str, by: Person, at: datetime) -> Motion:
    """A vote that cannot stand is set aside, with the reason; it stays on record. Only while the meeting lasts."""
    motion = lock_motion(motion, by=by, at=at, may=KEEP)
    must_be(motion.item.meeting, "open")
    if motion.voided_at is not None:
        raise Refused(Text("这项表决已经作废。", "This vote has been set aside already."))
    motion.void_reason = filled(reason, "reason", "请写明作废的理由。", "Say why the vote is set aside.")
    motion.voided_at = at
    motion.save(update_fields=["voided_at", "void_reason"])
    event = events.VoteVoided(item=motion.item.number, motion=motion.number, reason=motion.void_reason)
    seal(event, motion.item.meeting, by=by, at=at)
    refile(motion.item, by=by, at=at)
    return motion


_WHOLE = Text("票数要填 0 或以上的整数。", "Votes are whole numbers from 0.")


def _to_be_voted(motion: Motion, *, by: Person, at: datetime) -> Motion:
    motion = lock_motion(motion, by=by, at=at, may=KEEP)
    must_be(motion.item.meeting, "open")
    if motion.voted_at is not None or motion.voided_at is not None:
        raise Refused(Text("这项动议已经表决过。", "This motion has been voted on already."))
    # An interest that became known since the call still counts for this vote.
    observe_conflicts(motion.item, by=by, at=at)
    return motion


def _may_all_vote(motion: Motion, answers: Mapping[Person, str]) -> None:
    if set(answers.values()) - set(CHOICES):
        raise Invalid(Text("只能选同意、反对或弃权。", "Choose for, against or abstain."))
    item = motion.item
    recused = set(item.recusals.values_list("person_id", flat=True))
    present = Attendance.objects.filter(meeting=item.meeting, entitled=True, present_at__isnull=False)
    here = set(present.values_list("person_id", flat=True))
    for person in answers:
        if person.pk in recused:
            raise Refused(
                Text(
                    f"{person.name}对这一议题应当回避，不参加表决，也不计入人数。请去掉后再提交。",
                    f"{person.name} is recused from this item and cannot vote on it; take the name off and submit again.",
                )
            )
        if person.pk not in here:
            raise Refused(
                Text(
                    f"{person.name}没有到会或没有表决权，请核对签到。",
                    f"{person.name} is not present or not entitled to vote; check the attendance.",
                )
            )


def _decide(motion: Motion, method: Literal["count", "roll_call"], votes: Votes, *, by: Person, at: datetime) -> Motion:
    room = room_of(motion.item)
    if votes.cast > room.present:
        raise Refused(_too_many(votes, room))
    motion.method, motion.voted_at, motion.voters = method, at, room.present
    motion.votes_for, motion.votes_against, motion.votes_abstain = votes.in_favour, votes.against, votes.abstain
    motion.result = reckoned(motion.item, method, room, votes).plain()
    motion.save()
    event = events.MotionVoted(item=motion.item.number, motion=motion.number, result=motion.result)
    seal(event, motion.item.meeting, by=by, at=at)
    if motion.decides:
        refile(motion.item, by=by, at=at)
    return motion


def reckoned(item: AgendaItem, method: Literal["count", "roll_call"], room: Room, votes: Votes) -> Reckoning:
    """By the rules of the day the meeting was called: a value changed afterwards does not reach it."""
    meeting = item.meeting
    on = day_in_china(meeting.called_at)
    rules = rules_at(meeting.place)
    session = rules.session(meeting.session, on)
    waived = bool(session.quorum) and rules.parameter(session.quorum, on).until_set == "waive"
    quorum = Threshold(rules.read(session.quorum, on=on) if session.quorum else None, "at_least", "entitled", waived)
    decides = Threshold(rules.read(session.decides, on=on) if session.decides else None, session.decides_by, session.decides_of)
    return Reckoning(method, room, votes, quorum, decides)


def _too_many(votes: Votes, room: Room) -> Text:
    return Text(
        f"票数共 {votes.cast}，多于可以表决的 {room.present} 人（到会、有表决权且不回避）。请重新清点。",
        f"{votes.cast} votes, but only {room.present} may vote (present, entitled, not recused). Please count again.",
    )
