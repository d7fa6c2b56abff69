"""A project ready to be determined under the real packs, to be spoiled one thing at a time."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Decision, Facts, Readings
from linli.rules.plain.days import Period
from linli.rules.policy.models import Value
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules
from tests.real_packs import real_packs

TODAY = date(2021, 4, 20)
COMMUNITY = Actor("person:1", frozenset({"community.party_committee", "community.anyone"}))
SUBDISTRICT = Actor("person:2", frozenset({"subdistrict.working_committee"}))


def _local(parameter: str, value: Value, key: str = "", set_by: str = "district.civil_affairs") -> LocalValue:
    return LocalValue(parameter, key, value, date(2017, 1, 1), None, "440305", "district", set_by, "演示", True)


SET_LOCALLY = (
    _local("notice_days", Period(5, "working_days")),
    _local("approval_share", Fraction(1, 2)),
    _local("large_amount", 80_000_000, set_by="district.civil_affairs"),
)


@cache
def rules(set_locally: bool = True) -> Rules:
    district = real_packs().rules("nanshan")
    return district.with_local(SET_LOCALLY) if set_locally else district


READY = Readings(
    facts={
        "case.amount": 40_000_000,
        "case.type": "service",
        "case.category": "convenience",
        "case.needs_linked": 12,
        "case.changes_open": 0,
        "money.left_after": 60_000_000,
    },
    forms={"project_plan": {"budget": 40_000_000, "highly_professional": False, "cross_community": False}},
    evidence={
        "evaluation": {"quorum_met": True, "approve_share": "5/6", "recusals_observed": True, "minutes_signed": True},
        "evaluation_notice": {"shown": ["2021-04-08", "2021-04-19"], "objections_open": 0, "places": 3},
    },
    stages={"source": date(2021, 3, 1), "decision": date(2021, 4, 1)},
)


def ready(*, facts: Facts | None = None, **changes: object) -> Readings:
    changed = replace(READY, **changes)  # type: ignore[arg-type]
    return replace(changed, facts={**changed.facts, **(facts or {})})


def determine(readings: Readings = READY, *, actor: Actor = COMMUNITY, on: date = TODAY, under: Rules | None = None) -> Decision:
    return decide(under or rules(), "micro_project", "determine", state="evaluated", actor=actor, on=on, readings=readings)


def keys(decision: Decision) -> list[str]:
    return sorted(finding.key for finding in decision.against)
