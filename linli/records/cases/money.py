"""Which case holds the money: a change request speaks for the project it would change."""

from datetime import date

from linli.records.cases.models import Case
from linli.rules.policy.models import Act, Check, Procedure
from linli.rules.policy.rules import Rules

LEFT_AFTER = "money.left_after"


def amends_its_parent(procedure: Procedure) -> bool:
    return any(act.effect is not None and act.effect.kind == "amend" for act in procedure.acts.values())


def holder_of(case: Case, procedure: Procedure) -> Case:
    return case.parent if case.parent is not None and amends_its_parent(procedure) else case


def asks_for_money(act: Act) -> bool:
    """An act that looks whether the year's money suffices is the one that takes it."""
    return any(_reads_money(check) for check in act.checks)


def spends_money(rules: Rules, on: date) -> bool:
    """Whether anything under these rules is paid from a year's money of the place."""
    return any(asks_for_money(act) for known in rules.procedures(on).values() for act in known.acts.values())


def _reads_money(check: Check) -> bool:
    return check.source == "fact" and LEFT_AFTER in (check.name, check.fact)
