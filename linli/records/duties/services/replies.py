"""Answers owed: to a need, an opinion, a comment, an objection, a query."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.records.duties import events
from linli.records.duties.models import Reply
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def open_reply(
    *, subject: Subject, kind: str, office: str, place: Place, clause: str, due_on: date | None, asked_at: datetime, at: datetime
) -> Reply:
    """Put down that an office owes an answer. Asking twice finds the one already open."""
    found = _open(subject, kind)
    if found is not None:
        return found
    reply = Reply(
        subject_kind=subject.kind,
        subject_id=subject.id,
        kind=kind,
        office=office,
        place=place,
        clause=clause,
        due_on=due_on,
        asked_at=asked_at,
        opened_at=at,
    )
    try:
        with transaction.atomic():
            reply.save(force_insert=True)
    except IntegrityError:
        found = _open(subject, kind)
        if found is None:
            raise
        return found
    event = events.ReplyOwed(reply=reply.pk, kind=kind, office=office, due_on=due_on.isoformat() if due_on else "")
    record(event, stream=place.code, subject=subject, by="system", at=at)
    return reply


def _open(subject: Subject, kind: str) -> Reply | None:
    found = Reply.objects.filter(subject_kind=subject.kind, subject_id=subject.id, kind=kind, answered_at__isnull=True)
    return found.select_for_update().first()


@transaction.atomic
def answer_reply(*, subject: Subject, kind: str, verdict: str, reason: str, by: Person | None, at: datetime) -> Reply:
    """Answer with a verdict and its reason. Raises Invalid without them, Refused when no answer is owed."""
    wrong = {name: _PLEASE[name] for name, given in (("verdict", verdict), ("reason", reason)) if not given.strip()}
    if wrong:
        raise Invalid(Text("答复要有结论，也要写明理由。", "An answer has a verdict and gives its reason."), fields=wrong)
    reply = _open(subject, kind)
    if reply is None:
        raise Refused(
            Text("这里没有待答复的事项，可能已经答复过。", "Nothing is waiting for an answer here; it may be answered.")
        )
    event = events.ReplyGiven(reply=reply.pk, kind=kind, verdict=verdict, late=reply.late_on(day_in_china(at)), reason=reason)
    reply.verdict, reply.reason, reply.answered_by, reply.answered_at = verdict, reason, by, at
    reply.save(update_fields=["verdict", "reason", "answered_by", "answered_at"])
    record(event, stream=reply.place_id, subject=subject, by=by.ref if by else "system", at=at)
    return reply


_PLEASE = {
    "verdict": Text("请选择结论。", "Please choose the verdict."),
    "reason": Text("请写明理由。", "Please give the reason."),
}


@transaction.atomic
def rate_reply(*, reply: Reply, satisfied: bool, by: Person | None, at: datetime) -> Reply:
    """The person who asked says whether the answer satisfies. The last word counts. Raises Refused before the answer."""
    kept = Reply.objects.select_for_update().filter(pk=reply.pk).first()
    if kept is None:
        raise NotFound
    if kept.answered_at is None:
        raise Refused(Text("还没有答复，等答复后再评价。", "There is no answer yet; please rate it once there is one."))
    kept.satisfied = satisfied
    kept.save(update_fields=["satisfied"])
    event = events.ReplyRated(reply=kept.pk, satisfied=satisfied)
    record(event, stream=kept.place_id, subject=kept.subject, by=by.ref if by else "anonymous", at=at)
    return kept
