"""Stopping a matter until it is answered and released."""

from datetime import datetime

from django.db import transaction

from linli.records.people.models import Person
from linli.records.rulebook import events
from linli.records.rulebook.models import PAUSED, Hold, Passage
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.refs import By, ref_of
from linli.records.rulebook.services.acts import lock
from linli.records.rulebook.standing import Standing, standing_of
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import HoldKind


@transaction.atomic
def place_hold(*, subject: Subject, kind: str, by: Person, at: datetime, reason: str) -> Hold:
    """Stop a running matter. Raises NotAllowed (the office), Refused (ended, or stopped so already), Invalid, NotFound."""
    passage = lock(subject)
    now, rule = standing_of(passage), _kind(passage, kind, at)
    if passage.procedure not in rule.over or passage.ended_at is not None:
        raise Refused(Text("这件事不能这样叫停。", "This matter cannot be stopped in this way."))
    office = _office(now, rule.placed_by, by, at)
    _said(reason, "reason")
    if passage.holds.filter(kind=kind, released_at__isnull=True).exists():
        raise Refused(Text("已经叫停，正等答复。", "It is stopped already and awaits an answer."))
    hold = Hold.objects.create(
        passage=passage, kind=kind, placed_by=by.ref, placed_office=office, placed_at=at, reason=reason.strip()
    )
    _seal(events.HoldPlaced(kind=kind, reason=hold.reason), passage, by, office, at)
    return hold


@transaction.atomic
def answer_hold(*, hold: Hold, by: Person, at: datetime, answer: str) -> Hold:
    """Answer the one who stopped it. Raises NotAllowed, Refused, Invalid."""
    hold, now, rule = _open(hold)
    office = _office(now, rule.answered_by, by, at)
    _said(answer, "answer")
    hold.answer, hold.answered_by, hold.answered_office, hold.answered_at = answer.strip(), by.ref, office, at
    hold.save()
    _seal(events.HoldAnswered(kind=hold.kind, answer=hold.answer), now.passage, by, office, at)
    return hold


@transaction.atomic
def release_hold(*, hold: Hold, by: Person, at: datetime) -> Hold:
    """Let the matter go on. Raises NotAllowed, and Refused while an answer is owed."""
    hold, now, rule = _open(hold)
    office = _office(now, rule.released_by or rule.placed_by, by, at)
    if rule.answered_by and hold.answered_at is None:
        raise Refused(Text("还没有答复，答复后才能解除。", "It must be answered before it can be released."))
    hold.released_by, hold.released_office, hold.released_at = by.ref, office, at
    hold.save()
    _seal(events.HoldReleased(kind=hold.kind), now.passage, by, office, at)
    return hold


@transaction.atomic
def pause_passage(*, subject: Subject, reason: str, by: By, office: str, at: datetime) -> Hold:
    """Stop a matter because another one decided so; `reason` is shown as what stopped it. Twice is once."""
    passage = lock(subject)
    hold, fresh = Hold.objects.get_or_create(
        passage=passage,
        kind=PAUSED,
        released_at=None,
        defaults={"placed_by": ref_of(by), "placed_office": office, "placed_at": at, "reason": reason},
    )
    if fresh:
        _seal(events.HoldPlaced(kind=PAUSED, reason=reason), passage, by, office, at)
    return hold


@transaction.atomic
def resume_passage(*, subject: Subject, by: By, office: str, at: datetime) -> None:
    """Let a paused matter go on."""
    passage = lock(subject)
    paused = passage.holds.filter(kind=PAUSED, released_at__isnull=True)
    if paused.update(released_by=ref_of(by), released_office=office, released_at=at):
        _seal(events.HoldReleased(kind=PAUSED), passage, by, office, at)


def _kind(passage: Passage, kind: str, at: datetime) -> HoldKind:
    try:
        return standing_of(passage).rules.holds(day_in_china(at))[kind]
    except KeyError as error:
        raise NotFound from error


def _open(hold: Hold) -> tuple[Hold, Standing, HoldKind]:
    row = Hold.objects.select_for_update(of=("self",)).select_related("passage__place").get(pk=hold.pk)
    if row.released_at is not None:
        raise Refused(Text("已经解除。", "It has been released already."))
    return row, standing_of(row.passage), _kind(row.passage, row.kind, row.placed_at)


def _office(now: Standing, offices: tuple[str, ...], by: Person, at: datetime) -> str:
    return require_office(by, offices, now.passage.place, day_in_china(at), now.rules)


def _said(words: str, field: str) -> None:
    if not words.strip():
        text = Text("请写明理由。", "Say why.")
        raise Invalid(text, fields={field: text})


def _seal(event: object, passage: Passage, by: By, office: str, at: datetime) -> None:
    trail.record(event, stream=passage.place_id, subject=passage.subject, by=ref_of(by), office=office, at=at)
