"""Ledgers: every row is answered in time, with a verdict and its reason; the late ones are passed up."""

from datetime import datetime

from django.db import transaction

from linli.records.duties import services as duties
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import at_level, beneath
from linli.records.registers import events
from linli.records.registers.book import Keeping, keeping
from linli.records.registers.models import Row
from linli.records.registers.permissions import require_among
from linli.records.registers.services.changing import locked, standing
from linli.records.registers.services.writing import REPLY, sealed_event
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue

LATE = "register_late"


@transaction.atomic
def answer_row(*, row: Row, verdict: str, reason: str, by: Person, at: datetime) -> Row:
    """Answer a row of a ledger, once. `verdict` is an entry of the list's catalogue.

    Raises NotFound (no ledger), NotAllowed (the offices that answer), Invalid (no verdict or reason), Refused (answered).
    """
    row, on = locked(row), day_in_china(at)
    kept = keeping(row.place, row.register, on)
    if kept.register.answer is None or not row.owes:
        raise NotFound
    office = require_among(by, kept.register.answer.by, kept)
    standing(row)
    if not row.waits:
        raise Refused(Text("这一条已经答复。", "This row has been answered."))
    verdict, reason = _verdict(verdict, reason, kept.verdicts)
    event = events.RowAnswered(register=row.register, row=row.pk, verdict=verdict, late=row.late_on(on), answer=reason)
    row.verdict, row.answer, row.answered_at, row.answered_by = verdict, reason, at, by
    row.save(update_fields=["verdict", "answer", "answered_at", "answered_by"])
    sealed_event(event, row, by=by, at=at, office=office)
    duties.answer_reply(subject=row.subject, kind=REPLY, verdict=verdict, reason=reason, by=by, at=at)
    duties.settle_duty(subject=row.subject, source=LATE, key=row.register, by=by, at=at)
    return row


def _verdict(verdict: str, reason: str, known: Catalogue | None) -> tuple[str, str]:
    verdict, reason = verdict.strip(), reason.strip()
    wrong: dict[str, Text] = {}
    if not verdict or (known is not None and verdict not in known.entries):
        wrong["verdict"] = Text("请选择办理结论。", "Please choose the verdict.")
    if not reason:
        wrong["reason"] = Text("请写明答复内容。", "Please write the answer.")
    if wrong:
        raise Invalid(Text("答复要有结论，也要写明理由。", "An answer has a verdict and gives its reason."), fields=wrong)
    return verdict, reason


@transaction.atomic
def pass_up_late(*, place: Place, at: datetime) -> int:
    """Tell the offices above of every row whose day has passed without an answer, once; how many rows."""
    on = day_in_china(at)
    late = Row.objects.filter(beneath(place, "place"), answered_at__isnull=True, struck_on__isnull=True, due_on__lt=on)
    waiting = late.exclude(owes="").filter(passed_up_on__isnull=True).select_related("place").order_by("pk")
    return sum(_pass_up(row, keeping(row.place, row.register, on), at) for row in waiting)


def _pass_up(row: Row, kept: Keeping, at: datetime) -> int:
    answer, on = kept.register.answer, day_in_china(at)
    told = []
    for office in answer.escalate_to if answer else ():
        above = at_level(row.place, office.partition(".")[0])
        if answer is None or above is None:
            continue
        duties.open_duty(
            office=office,
            place=above,
            subject=row.subject,
            title=_overdue(kept.register.title),
            clause=answer.clause,
            due_on=None,
            source=LATE,
            key=row.register,
            at=at,
        )
        told.append(office)
    row.passed_up_on = on
    row.save(update_fields=["passed_up_on"])
    sealed_event(events.RowPassedUp(register=row.register, row=row.pk, offices=told), row, by=None, at=at)
    return 1


def _overdue(title: Text) -> Text:
    return Text(f"督促答复：{title.zh}有一条逾期", f"See that it is answered: a row of {title.en} is late")
