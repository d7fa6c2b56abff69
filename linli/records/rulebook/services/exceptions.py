"""原则上: asking for an exception, granting it, turning it down. Never by the one who asks."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.rulebook import events
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.permissions import ASK_EXCEPTION
from linli.records.rulebook.sealing import every_part
from linli.records.rulebook.services.acts import lock
from linli.records.rulebook.standing import Standing, standing_of
from linli.records.trail import services as trail
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, ExceptionRule


@transaction.atomic
def ask_exception(
    *,
    subject: Subject,
    excuses: str,
    by: Person,
    at: datetime,
    reason: str,
    ground: str = "",
    up_to: int | None = None,
    document: str = "",
) -> ExceptionAsked:
    """Ask that a check be excused up to a value (money in fen), by somebody in office on the place's line.

    Raises NotAllowed, Invalid, and Refused if the rules excuse nobody from it or an answer is still awaited.
    """
    now = standing_of(lock(subject))
    require(by, ASK_EXCEPTION, now.passage.place, day_in_china(at))
    rule = exception_rules(now).get(excuses)
    if rule is None:
        raise Refused(Text("这一条没有“原则上”，不能申请例外。", "This rule knows no exception."))
    _reasoned(reason)
    if rule.grounds and ground not in rule.grounds:
        raise Invalid(_GROUND, fields={"ground": _GROUND})
    if now.passage.exceptions.filter(excuses=excuses, state="asked").exists():
        raise Refused(Text("这一条已经申请过，正等答复。", "An exception has been asked for already and awaits an answer."))
    row = ExceptionAsked.objects.create(
        passage=now.passage,
        excuses=excuses,
        asked_by=by.ref,
        asked_at=at,
        reason=reason.strip(),
        ground=ground,
        up_to=up_to,
        document=document,
    )
    _seal(events.ExceptionWasAsked(excuses=excuses, reason=row.reason, ground=ground, up_to=up_to), row, by, "", at)
    return row


@transaction.atomic
def grant_exception(
    *, asked: ExceptionAsked, by: Person, at: datetime, reason: str, up_to: int | None = None, document: str = ""
) -> ExceptionAsked:
    """Grant it, with a reason; `up_to` may stay below what was asked. Raises NotAllowed, Refused, Invalid."""
    row, office = _decide(asked, by, at, reason)
    if up_to is not None:
        floor = exception_rules(standing_of(row.passage))[row.excuses].reaches == "down_to"
        if row.up_to is not None and (up_to < row.up_to if floor else up_to > row.up_to):
            raise Refused(Text("不能批得比申请的多。", "No more can be granted than was asked for."))
        row.up_to = up_to
    row.state, row.document = "granted", document or row.document
    row.save()
    _seal(
        events.ExceptionGranted(excuses=row.excuses, reason=row.decided_reason, ground=row.ground, up_to=row.up_to),
        row,
        by,
        office,
        at,
    )
    return row


@transaction.atomic
def refuse_exception(*, asked: ExceptionAsked, by: Person, at: datetime, reason: str) -> ExceptionAsked:
    """Turn it down, with a reason. Raises NotAllowed, Refused, Invalid."""
    row, office = _decide(asked, by, at, reason)
    row.state = "refused"
    row.save()
    _seal(events.ExceptionRefused(excuses=row.excuses, reason=row.decided_reason), row, by, office, at)
    return row


def exception_rules(now: Standing) -> Mapping[str, ExceptionRule]:
    """What may be excused in the present stage, by key: checks, the values they are held against, checklist items."""
    found: dict[str, ExceptionRule] = {}
    for act in now.procedure.acts.values():
        for check in act.checks:
            for part in every_part(check):
                found.update(_rules_of(part, now))
    return found


def _rules_of(check: Check, now: Standing) -> Mapping[str, ExceptionRule]:
    found: dict[str, ExceptionRule] = {}
    if check.source == "checklist":
        items = now.rules.checklist(check.name, now.rules_on).items.values()
        found = {f"{check.name}.{item.key}": item.exception for item in items if item.exception}
    rule = check.exception
    if rule is None and check.operand.kind == "parameter":
        rule = now.rules.parameter(check.operand.name, now.rules_on).exception
    return {**found, check.key: rule} if rule else found


def _decide(asked: ExceptionAsked, by: Person, at: datetime, reason: str) -> tuple[ExceptionAsked, str]:
    try:
        row = ExceptionAsked.objects.select_for_update(of=("self",)).select_related("passage__place").get(pk=asked.pk)
    except ExceptionAsked.DoesNotExist as error:
        raise NotFound from error
    if row.state != "asked":
        raise Refused(Text("这份申请已经答复过。", "This has been answered already."))
    now = standing_of(row.passage)
    office = _office(now, row, by, at)
    if row.asked_by == by.ref:
        raise NotAllowed(Text("申请人不能批准自己的例外，请换人办理。", "Whoever asks for an exception may not decide on it."))
    _reasoned(reason)
    row.decided_by, row.decided_office, row.decided_at, row.decided_reason = by.ref, office, at, reason.strip()
    return row, office


def _office(now: Standing, row: ExceptionAsked, by: Person, at: datetime) -> str:
    rule = exception_rules(now).get(row.excuses)
    return require_office(by, rule.by if rule else (), now.passage.place, day_in_china(at), now.rules, said=_decided_by)


def _decided_by(who: Text) -> Text:
    return Text(f"这项例外由{who.zh}批准。", f"This exception is decided by {who.en}.")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_REASON, fields={"reason": _REASON})


_REASON = Text("请写明理由。", "Give the reason.")
_GROUND = Text("请选择规定列明的情形。", "Choose one of the grounds the rule names.")


def _seal(event: object, row: ExceptionAsked, by: Person, office: str, at: datetime) -> None:
    trail.record(event, stream=row.passage.place_id, subject=row.passage.subject, by=by.ref, office=office, at=at)
