"""How a case would fare under other rules. Nothing is touched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.cases.readings import readings_of
from linli.records.people.models import Person
from linli.records.rulebook import selectors as rulebook
from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Actor, Decision, Readings
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act
from linli.rules.policy.rules import Rules

SOMEBODY = "somebody"


@dataclass(frozen=True)
class Tried:
    """One act under today's rules and under others; None where these do not know it in the state the case stands in."""

    act: Act
    today: Decision | None
    draft: Decision | None

    @property
    def changed(self) -> tuple[str, ...]:
        """The checks that come out otherwise or by other figures, or are there on one side only."""
        before, after = _outcomes(self.today), _outcomes(self.draft)
        return tuple(key for key in {**before, **after} if before.get(key) != after.get(key))


def decide_under(rules: Rules, case: Case, act: str, person: Person | None, at: datetime) -> Decision:
    """The gate's answer under these rules, such as those of a draft pack. KeyError if they lack the procedure."""
    readings = readings_of(case, person, at)
    return rulebook.decide_under(rules, subject=case.subject, act=act, by=person, on=day_in_china(at), readings=readings)


def tried_under(rules: Rules, case: Case, at: datetime) -> list[Tried]:
    """Every act of the present state under today's rules and under these, as if the offices that may take it did."""
    now, readings = rulebook.standing(case.subject), readings_of(case, None, at)
    today, draft = _acts(now, now.rules), _acts(now, rules)
    return [
        Tried(act, _decided(now, now.rules, id, today, readings, at), _decided(now, rules, id, draft, readings, at))
        for id, act in {**draft, **today}.items()
    ]


def _acts(now: Standing, rules: Rules) -> Mapping[str, Act]:
    procedure = rules.procedures(now.rules_on).get(now.passage.procedure)
    return {id: act for id, act in procedure.acts.items() if now.passage.state in act.from_states} if procedure else {}


def _decided(
    now: Standing, rules: Rules, act: str, known: Mapping[str, Act], readings: Readings, at: datetime
) -> Decision | None:
    if act not in known:
        return None
    procedure = rules.procedure(now.passage.procedure, now.rules_on)
    actor = Actor(SOMEBODY, frozenset(offices_named(procedure, now.passage.place.level)))
    return rulebook.judge(now, act, actor=actor, on=day_in_china(at), readings=readings, rules=rules)


def _outcomes(decision: Decision | None) -> dict[str, tuple[str, Text | None]]:
    return {finding.key: (finding.outcome, finding.arithmetic) for finding in decision.findings} if decision else {}
