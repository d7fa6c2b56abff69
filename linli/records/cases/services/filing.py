"""Filing evidence into a slot of a case by hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from linli.records.cases.evidence_facts import facts_of_kind
from linli.records.cases.locking import locked
from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.cases.services.limits_kept import keep_limits
from linli.records.duties import services as duties
from linli.records.evidence import services as evidence
from linli.records.evidence.models import File, Piece
from linli.records.people.models import Person
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.records.scorecards.selectors import scorings_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Slot

# Filed by the component that keeps them, never by hand: a notice has a clock, a resolution has votes.
BY_COMPONENT = frozenset({"notice", "resolution", "consultation", "coverage", "budget_line"})


@transaction.atomic
def file_case_evidence(
    *,
    case: Case,
    slot: str,
    kind: str,
    facts: Mapping[str, object],
    by: Person,
    at: datetime,
    files: Sequence[File] = (),
    summary: str = "",
) -> Piece:
    """File a new version of the evidence in a slot. Money is fen, or yuan written as text; shares "5/6"; days ISO.

    Raises NotAllowed, NotFound (no such slot), Invalid (kind or facts), Refused (ended, a component files this kind, or it
    would pass a limit by which an act was taken already).
    """
    case = locked(case)
    now, on = standing(case.subject), day_in_china(at)
    known = now.procedure.slots.get(slot)
    if known is None:
        raise NotFound
    require_office(by, offices_named(now.procedure, case.place.level), case.place, on, now.rules)
    _may_hold(now, known, kind)
    _not_scored(case, slot)
    given = facts_of_kind(now.rules.vocabulary.evidence[kind], facts)
    if not given and not files and not summary.strip():
        text = Text("请附上文件，或者写明内容。", "Attach a file, or say what this is.")
        raise Invalid(text, fields={"summary": text})
    piece = evidence.file_piece(
        subject=case.subject, slot=slot, kind=kind, facts=given, by=by, at=at, place=case.place, files=files, summary=summary
    )
    keep_limits(case, now, slot, by=by, at=at)
    # Only what is owed about this case: one project's paper does not settle what the place owes for its year.
    duties.fulfil(subject=case.subject, through=("evidence", kind), by=by, at=at)
    return piece


def _not_scored(case: Case, slot: str) -> None:
    """Where raters score, nobody writes the result by hand."""
    if scorings_of(case.subject).filter(slot=slot).exists():
        raise Refused(Text("这里已经组织评分，结果由评分自动归集。", "This is being scored; the result is filed by the scoring."))


def _may_hold(now: Standing, slot: Slot, kind: str) -> None:
    if kind not in slot.kinds:
        text = Text(f"{quoted(slot.title.zh)}不收这一种材料。", f"{quoted(slot.title.en)} does not take this kind of evidence.")
        raise Invalid(text, fields={"kind": text})
    if kind in BY_COMPONENT:
        raise Refused(
            Text(
                "这一种材料由会议、公示等环节自动归集，不能手工填写。",
                "This is filed by meetings, notices and the like, not by hand.",
            )
        )
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，材料不再改动。", "This matter has ended; its papers are not changed any more."))
