"""Who answers for what: every duty the regulations lay on an office leads to something that office can do here."""

from datetime import date

import pytest

from linli.rules.policy.models import Procedure, Responsibility
from linli.rules.policy.rules import Rules
from tests.real_packs import real_packs

TODAY = date(2026, 11, 21)
RULES = real_packs().rules("nanshan")
DUTIES = [duty for duty in RULES.responsibilities(TODAY) if duty.meets]


def _acting(procedure: Procedure) -> set[str]:
    offices: set[str] = set()
    for act in procedure.acts.values():
        for name in act.by:
            role = procedure.roles.get(name)
            if role is None:
                offices.add(name)
                continue
            offices |= {*role.offices, *role.assisted_by, *(office for each in role.instead for office in each.offices)}
    return {spelt for office in offices for spelt in _spelled(office, procedure)}


def _spelled(office: str, procedure: Procedure) -> list[str]:
    where, _, name = office.partition(".")
    return [f"{level}.{name}" for level in procedure.at] if where == "here" else [office]


def _offices_of(kind: str, key: str, rules: Rules) -> set[str] | None:
    """The offices a part of the pack gives something to do; None where it is open to everybody."""
    match kind:
        case "procedure":
            return _acting(rules.procedure(key, TODAY))
        case "obligation":
            return set(rules.obligation(key, TODAY).by)
        case "register":
            return set(rules.register(key, TODAY).kept_by)
        case "catalogue":
            return set(rules.catalogue(key, TODAY).kept_by) or None
        case "parameter":
            return set(rules.parameter(key).set_by) or None
        case "grant":
            return {rules.grants(TODAY)[key].payer}
        case "scorecard":
            return set(rules.scorecard(key, TODAY).rated_by)
        case "form":
            return set(rules.form(key, TODAY).filled_by) or None
        case "checklist":
            return set(rules.checklist(key, TODAY).answered_by) or None
        case _:
            return None


def _can_act(duty: Responsibility) -> bool:
    reached = [_offices_of(kind, key, RULES) for kind, key in duty.through]
    return any(offices is None or offices & set(duty.offices) for offices in reached)


@pytest.mark.parametrize(
    "duty",
    [
        pytest.param(duty, id=f"{duty.clause} {duty.duty.en}", marks=pytest.mark.requirement(*duty.meets, how="answered"))
        for duty in DUTIES
    ],
)
def test_the_office_the_regulation_names_can_do_its_duty_here(duty: Responsibility) -> None:
    assert RULES.clause_text(duty.clause) != ""
    assert _can_act(duty), f"{duty.offices} can do nothing through {duty.through}"
