"""A limit an act was decided by holds afterwards too: what is filed later does not pass it unnoticed."""

from collections.abc import Sequence
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.readings import readings_of
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.rulebook.models import Step
from linli.records.rulebook.standing import Standing
from linli.rules.gates.decide import decide
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Check


def keep_limits(case: Case, now: Standing, slot: str, *, by: Person, at: datetime) -> None:
    """What the slot now holds, held against every upper limit of the acts that were taken on it. Raises Refused.

    An act whose turn has come again, because the matter was sent back before it, judges anew by itself.
    """
    for step in _still_standing(now.steps):
        act = now.procedure.acts.get(step.act)
        limits = {each.key for each in act.checks if _is_limit(each, slot)} if act else set()
        if act is None or not limits:
            continue
        on = day_in_china(at)
        readings = now.complete(readings_of(case, by, at), act.id, on)
        actor = actor_for(by, case.place, on)
        decision = decide(now.rules, now.procedure.id, act.id, state=step.from_state, actor=actor, on=on, readings=readings)
        passed = [finding for finding in decision.against if finding.key in limits]
        if passed:
            zh = f"{quoted(act.title.zh)}已经办过，照新填的数它就通不过，所以没有收下，原来的不变。"
            en = f"{quoted(act.title.en)} was taken already and would not pass with this; it was not taken, what stood stands."
            raise Refused(Text(zh, en), reasons=passed)


def _is_limit(check: Check, slot: str) -> bool:
    return (check.source, check.name, check.operator) == ("evidence", slot, "at_most")


def _still_standing(steps: Sequence[Step]) -> list[Step]:
    """The last of each act, unless the matter has come again to where that act is taken."""
    last = {step.act: step for step in steps if step.moved}
    entered = {step.to_state: step.number for step in steps if step.moved}
    return [step for step in last.values() if entered.get(step.from_state, 0) < step.number]
