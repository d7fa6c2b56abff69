"""Everything the desk shows about one case: the way behind and ahead, the gate of every open act, the papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.permissions import require_seen
from linli.records.cases.readings import readings_of
from linli.records.cases.selectors.lists import case_read, children_of
from linli.records.cases.selectors.timeline import Entry, timeline_of
from linli.records.evidence import selectors as evidence
from linli.records.evidence.models import Answers, Filling, Piece
from linli.records.funds.models import Commitment
from linli.records.funds.selectors import commitment_of
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.rulebook.models import ExceptionAsked, Hold
from linli.records.rulebook.selectors import judge
from linli.records.rulebook.standing import Standing, standing_read
from linli.rules.gates.decide import DONE
from linli.rules.gates.model import Decision, Readings
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Act, Procedure, State
from linli.rules.policy.rules import Rules


@dataclass(frozen=True)
class Dossier:
    """`acts` are those of the present state with the gate's answer for this reader, open ones first."""

    case: Case
    rules: Rules
    procedure: Procedure
    state: State
    standing: Standing
    readings: Readings
    timeline: list[Entry]
    acts: list[tuple[Act, Decision]]
    forms: Mapping[str, Filling]
    checklists: Mapping[str, Answers]
    pieces: Mapping[str, Piece]
    exceptions: list[ExceptionAsked]
    holds: list[Hold]
    children: list[Case]
    commitment: Commitment | None


def dossier(case: Case, person: Person | None, at: datetime) -> Dossier:
    """Raises NotFound for those who may not see the case. A constant number of queries."""
    on = day_in_china(at)
    case = require_seen(person, case_read(case.code), on)
    assert case.passage is not None
    now, readings = standing_read(case.passage), readings_of(case, person, at)
    return Dossier(
        case=case,
        rules=now.rules,
        procedure=now.procedure,
        state=now.procedure.states[now.passage.state],
        standing=now,
        readings=readings,
        timeline=timeline_of(now),
        acts=_acts(now, person, readings, at),
        forms=evidence.fillings(case.subject),
        checklists=evidence.answers(case.subject),
        pieces=evidence.pieces(case.subject),
        exceptions=list(now.exceptions),
        holds=list(now.holds),
        children=children_of(case),
        commitment=commitment_of(case.subject),
    )


def _acts(now: Standing, person: Person | None, readings: Readings, at: datetime) -> list[tuple[Act, Decision]]:
    on = day_in_china(at)
    actor = actor_for(person, now.passage.place, on)
    acts = [act for act in now.procedure.acts.values() if now.passage.state in act.from_states]
    judged = [(act, judge(now, act.id, actor=actor, on=on, readings=readings)) for act in acts]
    left = [pair for pair in judged if not any(finding.key == DONE for finding in pair[1].findings)]
    return sorted(left, key=lambda pair: not pair[1].open)
