"""Looking into a need, answering it, taking it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.records.duties.services import open_duty, settle_duty
from linli.records.evidence.models import File
from linli.records.evidence.selectors import pieces
from linli.records.evidence.services import file_piece
from linli.records.needs import events, gate, owing
from linli.records.needs.form import OUTCOMES
from linli.records.needs.models import Answer, Need
from linli.records.needs.permissions import HANDLE
from linli.records.needs.services.common import filled, lock_need, seal
from linli.records.needs.telling import tell
from linli.records.people.models import Person
from linli.records.rulebook.selectors import passage_of, rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text, both

# Where the duty to look into a need comes from, when it was handed to an office.
ASSIGNED = "assigned"


@transaction.atomic
def verify_need(*, need: Need, findings: str, real: bool, by: Person, at: datetime, files: Sequence[File] = ()) -> Need:
    """Keep what was found on the spot; a need that is real goes on, one that is not waits for its answer.

    Raises Refused with what is missing, Invalid, NotAllowed.
    """
    need = lock_need(need, by=by, at=at, may=HANDLE)
    told = filled(findings, "findings", "请写核实情况。", "Say what was found.")
    file_piece(
        subject=need.subject,
        slot=gate.CHECK_SLOT,
        kind="on_site_check",
        facts={"real": real},
        by=by,
        at=at,
        place=need.place,
        files=files,
        summary=told,
    )
    seal(events.NeedChecked(real=real, findings=told), need, by=by, at=at)
    settle_duty(subject=need.subject, source=ASSIGNED, key=gate.VERIFY, at=at, by=by)
    if real:
        gate.take(need, gate.VERIFY, by=by, at=at)
    return need


@transaction.atomic
def answer_need(*, need: Need, verdict: str, reason: str | Text, by: Person, at: datetime) -> Answer:
    """Close a need with a verdict of the pack and its reason; the proposer is told. Raises Refused, Invalid, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=HANDLE)
    return give_answer(need, verdict, reason, by=by, at=at)


def give_answer(need: Need, verdict: str, reason: str | Text, *, by: Person, at: datetime) -> Answer:
    """`answer_need` for a need that is locked already."""
    title, given = _verdict(need, verdict, at), both(reason)
    why, english = filled(given.zh, "reason", "请写明答复的理由。", "Give the reason."), given.en.strip()
    act = gate.answering_act(need)
    file_piece(
        subject=need.subject,
        slot=gate.REPLY_SLOT,
        kind="reply",
        facts={"reasoned": True},
        by=by,
        at=at,
        place=need.place,
        summary=Text(f"{title.zh}：{why}", f"{title.en}: {english}"),
    )
    answer = Answer.objects.create(
        need=need, verdict=verdict, reason=why, reason_en="" if english == why else english, at=at, by=by
    )
    gate.take(need, act, by=by, at=at)
    seal(events.NeedAnswered(verdict=verdict, reason=why), need, by=by, at=at)
    owing.pay(need, verdict, why, by=by, at=at)
    tell(
        need,
        "answered",
        Text(f"您的需求有了答复：{title.zh}。{why}", f"Your need has been answered: {title.en}. {english}"),
        at=at,
    )
    return answer


@transaction.atomic
def assign_check(*, need: Need, office: str, by: Person, at: datetime) -> None:
    """Put looking into a need on the list of one office of its community. Raises Refused, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=HANDLE)
    if office not in HANDLE.offices or not gate.can_begin(need, gate.VERIFY):
        raise Refused(Text("这条需求已经核实过或已办结。", "This need was looked into or closed already."))
    open_duty(
        office=office,
        place=need.place,
        subject=need.subject,
        title=Text("现场核实", "Look into it on the spot"),
        clause="open",
        due_on=None,
        source=ASSIGNED,
        key=gate.VERIFY,
        at=at,
    )


@transaction.atomic
def take_back_entry(*, need: Need, by: Person, at: datetime) -> Need:
    """Undo one's own entry made by mistake, as long as nobody acted on it; the record stays. Raises Refused, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=HANDLE)
    why_not = entry_stands(need, by)
    if why_not is not None:
        raise Refused(why_not)
    return withdraw_need(need=need, reason="登记有误，登记人撤销", by=by, at=at)


def entry_stands(need: Need, by: Person) -> Text | None:
    """Why an entry can no longer be undone; None while it can."""
    if by.pk not in (need.entered_by_id, need.person_id):
        return Text("只有登记的人可以撤销登记。", "Only who entered it may undo the entry.")
    touched = need.cluster_id or need.links.exists() or pieces(need.subject) or need.withdrawn_at
    if touched or passage_of(need.subject).taken:
        return Text(
            "已经有人办过这条需求，登记不能撤销；可以写明理由撤回。", "Somebody acted on it; it can be taken back with a reason."
        )
    return None


@transaction.atomic
def withdraw_need(*, need: Need, reason: str, by: Person, at: datetime) -> Need:
    """Take a need back at its asker's wish; it stays on record and no longer counts. Raises Refused, Invalid, NotAllowed."""
    need = lock_need(need, by=by, at=at, may=HANDLE)
    why = filled(reason, "reason", "请写明撤回的理由。", "Say why it is taken back.")
    gate.take(need, gate.withdrawing_act(need), by=by, at=at, note=why)
    need.withdrawn_at, need.withdrawn_reason = at, why
    need.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    seal(events.NeedWithdrawn(reason=why), need, by=by, at=at)
    owing.pay(need, "withdrawn", why, by=by, at=at)
    tell(need, "withdrawn", Text(f"您的需求已撤回：{why}", f"Your need has been taken back: {why}"), at=at)
    return need


def _verdict(need: Need, verdict: str, at: datetime) -> Text:
    known = rules_at(need.place).catalogues(day_in_china(at)).get(OUTCOMES)
    if known is None or verdict not in known.entries:
        wrong = Text("请选择答复结论。", "Choose what the answer is.")
        raise Invalid(wrong, fields={"verdict": wrong})
    return known.entries[verdict].title
