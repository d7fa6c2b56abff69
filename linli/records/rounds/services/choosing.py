"""Ranking the candidates, and deciding between those who stand equal. Nothing here breaks a tie by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.cases.readings.relations import relations_to
from linli.records.evidence.forms.characters import clean
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.rounds import events
from linli.records.rounds.candidates import Entrant, Field, field_of
from linli.records.rounds.models import Ranked, Ranking, TieDecision
from linli.records.rounds.ranking import Row, ranked
from linli.records.rounds.selectors import awaited_draw
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.choosing import Choice
from linli.rules.policy.models import Procedure

KIND = "selection"


@transaction.atomic
def rank_candidates(*, round: Case, by: Person, at: datetime) -> Ranking:
    """Rank the scored candidates, say for each what becomes of it and why, and file that for the round and for each of them.

    Raises NotAllowed, Refused (it has ended, the places are not set, nobody is scored), NotFound (nothing is chosen here).
    """
    rulebook.lock(round.subject)
    field = field_of(round)
    office = require_office(
        by, offices_named(field.now.procedure, round.place.level), round.place, day_in_china(at), field.now.rules
    )
    may_rank(field)
    return write_ranking(field, office, by, at)


@transaction.atomic
def decide_tie(*, round: Case, chosen: Iterable[Case], reason: str, by: Person, at: datetime) -> Ranking:
    """Give the places that remain to some of those who stand equal, with the reason; then rank again.

    Raises NotAllowed (the office the rules name, and nobody tied to one of them), Refused (there is no tie), Invalid.
    """
    rulebook.lock(round.subject)
    tie = tie_of(round, by, at)
    wanted, why = list(chosen), clean(reason).strip()
    _well_chosen(wanted, tie.cases, tie.choice.left, why)
    apart(tie.cases, by, at)
    if awaited_draw(round):
        text = Text("已经公布用抽签决定，不能改为另作决定。", "A draw has been announced; it can no longer be decided otherwise.")
        raise Refused(text)
    decide(tie, wanted, why, by=by, at=at)
    return write_ranking(tie.field, tie.office, by, at)


@dataclass(frozen=True)
class Tie:
    """Those who stand equal for the places that are left, and the office in which somebody decides between them."""

    field: Field
    choice: Choice
    tied: list[Entrant]
    office: str

    @property
    def cases(self) -> list[Case]:
        return [each.case for each in self.tied]


def tie_of(round: Case, by: Person, at: datetime) -> Tie:
    """The tie there is now. Raises Refused (nothing to rank, no tie), NotAllowed (not the office the rules name)."""
    field = field_of(round)
    may_rank(field)
    office = require_office(by, field.selection.ties_decided_by, round.place, day_in_china(at), field.now.rules)
    choice, rows = ranked(field, decisions_of(round))
    tied = [row.entrant for row in rows if row.outcome == "tied"]
    if not tied:
        raise Refused(Text("现在没有并列要决定。", "There is no tie to decide."))
    return Tie(field, choice, tied, office)


def decide(tie: Tie, chosen: list[Case], why: str, *, by: Person, at: datetime, method: str = "reason") -> TieDecision:
    """Keep and seal how a tie was decided."""
    round = tie.field.round
    decision = TieDecision.objects.create(round=round, method=method, reason=why, office=tie.office, by=by, at=at)
    decision.tied.set(tie.cases)
    decision.chosen.set(chosen)
    sealed = events.TieDecided(
        code=round.code, tied=[case.code for case in tie.cases], chosen=[case.code for case in chosen], reason=why
    )
    record(sealed, stream=round.place_id, subject=round.subject, by=by.ref, office=tie.office, at=at)
    return decision


def may_rank(field: Field) -> None:
    if field.now.passage.ended_at is not None:
        raise Refused(Text("这一轮已经办结。", "This round has ended."))
    if field.places.state not in ("known", "unlimited"):
        names = [field.now.rules.office_title(office) for office in field.places.set_by]
        zh, en = "、".join(name.zh for name in names), " / ".join(name.en for name in names)
        raise Refused(Text(f"名额还没有设定，由{zh}设定。", f"The number of places is not set; {en} sets it."))
    if not field.scored:
        raise Refused(Text("还没有评分收齐的候选，不能排序。", "No candidate has a complete score; there is nothing to rank."))


def _well_chosen(wanted: list[Case], tied: list[Case], left: int, why: str) -> None:
    wrong: dict[str, Text] = {}
    if len(wanted) != left or any(case not in tied for case in wanted):
        wrong["chosen"] = Text(f"请从并列的候选里选 {left} 个。", f"Choose {left} of those who stand equal.")
    if not why:
        wrong["reason"] = Text("请写明理由，理由会公开。", "Give the reason; it is published.")
    if wrong:
        raise Invalid(
            Text("并列的决定要选够个数并写明理由。", "A tie is decided for the places left, with a reason."), fields=wrong
        )


def apart(tied: list[Case], by: Person, at: datetime) -> None:
    for case in tied:
        known: Procedure = standing(case.subject).procedure
        if relations_to(case, known, by, day_in_china(at)) & {"recused", "applicant"}:
            zh = f"您与{quoted(case.title)}有利害关系，请由别人决定。"
            raise NotAllowed(Text(zh, f"You have an interest in {quoted(case.title)}; somebody else decides."))


def decisions_of(round: Case) -> list[TieDecision]:
    return list(TieDecision.objects.filter(round=round).prefetch_related("tied", "chosen"))


def write_ranking(field: Field, office: str, by: Person, at: datetime) -> Ranking:
    choice, rows = ranked(field, decisions_of(field.round))
    limit = field.places.value
    made = Ranking.objects.create(
        round=field.round,
        number=Ranking.objects.filter(round=field.round).count() + 1,
        selection=field.selection.id,
        places=limit if isinstance(limit, int) else None,
        left=choice.left,
        made_by=by,
        made_at=at,
        digest=digest_of([[row.entrant.case.code, str(row.entrant.score), row.outcome] for row in rows]),
    )
    Ranked.objects.bulk_create(_row(made, row) for row in rows)
    codes = {str(row.entrant.case.pk): row.entrant.case.code for row in rows}
    sealed = events.CandidatesRanked(
        code=field.round.code,
        number=made.number,
        candidates=len(rows),
        chosen=[codes[key] for key in choice.chosen],
        tied=[codes[key] for key in choice.tied],
        digest=made.digest,
    )
    record(sealed, stream=field.round.place_id, subject=field.round.subject, by=by.ref, office=office, at=at)
    _file(field, choice, rows, by, at)
    return made


def _row(ranking: Ranking, row: Row) -> Ranked:
    return Ranked(
        ranking=ranking,
        case=row.entrant.case,
        part=row.entrant.part,
        score=str(row.entrant.score),
        rank=row.rank,
        outcome=row.outcome,
        reason_zh=row.reason.zh,
        reason_en=row.reason.en,
    )


def _file(field: Field, choice: Choice, rows: list[Row], by: Person, at: datetime) -> None:
    """Evidence for the round (how many, ties open) and for every candidate (chosen or not, with the reason)."""
    facts = {"selected": len(choice.chosen), "ties_open": len(choice.tied), "over_quota": 0}
    tied = len(choice.tied)
    zh = f"{len(rows)} 个候选，选取 {len(choice.chosen)} 个" + (f"，{tied} 个并列待定" if tied else "")
    en = f"Candidates: {len(rows)}, chosen: {len(choice.chosen)}" + (f", tied and undecided: {tied}" if tied else "")
    slot = slot_of(field.now.procedure)
    file_piece(
        subject=field.round.subject,
        slot=slot,
        kind=KIND,
        facts=facts,
        by=by,
        at=at,
        place=field.round.place,
        summary=Text(zh, en),
    )
    theirs = slot_of(field.now.rules.procedure(field.selection.candidates[0], day_in_china(at)))
    for row in rows:
        file_piece(
            subject=row.entrant.case.subject,
            slot=theirs,
            kind=KIND,
            facts={"chosen": row.outcome == "chosen"},
            by=by,
            at=at,
            place=row.entrant.case.place,
            summary=row.reason,
        )


def slot_of(procedure: Procedure, kind: str = KIND) -> str:
    """The slot of a procedure that takes this kind. Raises NotFound."""
    for slot in procedure.slots.values():
        if kind in slot.kinds:
            return slot.id
    raise NotFound
