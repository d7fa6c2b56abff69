"""What a gate gets to see: the evidence an item files into the slot it was called for, at every change."""

from datetime import datetime

from linli.records.evidence.selectors import pieces
from linli.records.evidence.services import file_piece, void_slot
from linli.records.meetings.conflicts import known_conflicts
from linli.records.meetings.models import AgendaItem, Meeting, Motion
from linli.records.meetings.selectors.minutes import locked_minutes
from linli.records.people.models import Person
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china, day_words
from linli.rules.plain.texts import Text

_QUORUM: dict[str, Plain] = {"yes": True, "no": False, "unset": None, "waived": True, "not_asked": None}


def refile(item: AgendaItem, *, by: Person, at: datetime) -> None:
    """File a new version, or take the old one back when there is nothing to show any more.

    Once a later meeting has filed into the slot, an earlier one no longer speaks.
    """
    if item.subject is None:
        return
    standing = pieces(item.subject).get(item.slot)
    if item.piece is not None and (standing is None or standing.pk != item.piece_id):
        return
    facts = facts_of(item, at)
    if facts is None:
        _take_back(item, by=by, at=at)
        return
    piece = file_piece(
        subject=item.subject,
        slot=item.slot,
        kind=item.kind,
        facts=facts,
        by=by,
        at=at,
        place=item.matter_place,
        summary=_summary(item),
    )
    AgendaItem.objects.filter(pk=item.pk).update(piece=piece)
    item.piece = piece


def refile_all(meeting: Meeting, *, by: Person, at: datetime) -> None:
    for item in AgendaItem.objects.filter(meeting=meeting).select_related("meeting", "piece", "matter_place"):
        refile(item, by=by, at=at)


def facts_of(item: AgendaItem, at: datetime) -> dict[str, Plain] | None:
    """The facts of the item's evidence as things stand; None while there is nothing to file."""
    return _consultation(item) if item.kind == "consultation" else _resolution(item, at)


def deciding_motion(item: AgendaItem) -> Motion | None:
    """The motion whose vote stands for the item."""
    return item.motions.filter(decides=True, voided_at__isnull=True, voted_at__isnull=False).first()


def _resolution(item: AgendaItem, at: datetime) -> dict[str, Plain] | None:
    motion = deciding_motion(item)
    if motion is None or item.meeting.held_on is None:
        return None
    return {
        # Not set is not met, and not unmet: the gate reads it as not known. Waived by the rules until set, it holds nobody back.
        "quorum_met": _QUORUM[motion.result["quorum"]["answer"]],
        "approve_share": motion.result["approve_share"] or None,
        "recusals_observed": recusals_observed(motion, at),
        "minutes_signed": locked_minutes(item.meeting) is not None,
        "held": item.meeting.held_on.isoformat(),
    }


def _consultation(item: AgendaItem) -> dict[str, Plain] | None:
    """A consultation counts once its minutes are signed; until then the slot stays empty."""
    if item.meeting.held_on is None or locked_minutes(item.meeting) is None:
        return None
    return {"residents": item.meeting.attendances.filter(resident=True, present_at__isnull=False).count()}


def recusals_observed(motion: Motion, at: datetime) -> bool:
    """Whether everybody with an interest, as far as it is known by now, was out of the count when the vote was taken."""
    observed = set(motion.result["recused"])
    entitled = [one.person for one in motion.item.meeting.attendances.filter(entitled=True).select_related("person")]
    ids = {person.pk for person in entitled}
    recusals = {one.person_id: one.ref for one in motion.item.recusals.all() if one.person_id in ids}
    conflicted = {person.pk for person in known_conflicts(entitled, motion.item.parties, day_in_china(at))}
    return all(recusals.get(person, "") in observed for person in conflicted | recusals.keys())


def _take_back(item: AgendaItem, *, by: Person, at: datetime) -> None:
    if item.piece is None or item.subject is None:
        return
    void_slot(subject=item.subject, slot=item.slot, reason="会议表决已作废", by=by, at=at, place=item.matter_place)
    AgendaItem.objects.filter(pk=item.pk).update(piece=None)
    item.piece = None


def _summary(item: AgendaItem) -> Text:
    meeting, motion = item.meeting, deciding_motion(item)
    held = meeting.held_on
    assert held is not None  # what is filed was held
    on = day_words(held)
    zh = f"{on.zh} {meeting.title}，议题 {item.number}：{item.title}"
    en = f"{on.en}, {meeting.title}, item {item.number}: {item.title}"
    if motion is None:
        return Text(zh, en)
    yes, no, neither = motion.votes_for, motion.votes_against, motion.votes_abstain
    return Text(f"{zh}。同意 {yes}，反对 {no}，弃权 {neither}", f"{en}. For {yes}, against {no}, abstaining {neither}")
