"""Running cases: what a pack should decide against what it decides."""

from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linli.rules.policy.calendar import due_days
from linli.rules.policy.case_choices import chosen
from linli.rules.policy.case_files import Case, cases_of
from linli.rules.policy.case_readings import readings
from linli.rules.policy.errors import Findings, PackErrors
from linli.rules.policy.library import Library
from linli.rules.policy.load import read_files
from linli.rules.policy.reading import LocalValue, Reading
from linli.rules.policy.rules import Rules
from linli.rules.policy.values import value_of
from linli.rules.policy.yaml12 import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from linli.rules.gates.model import Decision, Finding

SOMEBODY = "somebody"


@dataclass(frozen=True)
class Result:
    """`expected` and `got` hold only what the case speaks of, in plain words and keys."""

    case: Case
    expected: AnyMapping[str, Any]
    got: AnyMapping[str, Any]
    findings: "tuple[Finding, ...]" = ()

    @property
    def passed(self) -> bool:
        return self.expected == self.got


def load_cases(folder: Path, library: Library, *, draft: Path | None = None) -> list[Case]:
    """Every case of every pack. Raises PackErrors when one is malformed."""
    findings = Findings()
    files = read_files(folder, findings, draft=draft)
    cases = [case for pack in library.packs for case in cases_of(files, pack, findings)]
    if findings.errors:
        raise PackErrors(findings.errors)
    return cases


def run_case(case: Case, library: Library, *, rules: Rules | None = None) -> Result:
    """Decide one case under its own pack, or under other rules (what if)."""
    under = local_rules(case, rules or library.rules(case.pack))
    if case.kind == "calendar":
        return _calendar(case, under)
    if case.kind == "value":
        return _value(case, under)
    if case.kind in ("selection", "quota"):
        return Result(case, *chosen(case, under))
    return _gate(case, under)


def run_cases(cases: Iterable[Case], library: Library) -> list[Result]:
    return [run_case(case, library) for case in cases]


def decided(case: Case, rules: Rules) -> "Decision":
    """The whole decision of a gate case."""
    from linli.rules.gates.decide import decide
    from linli.rules.gates.model import Actor

    said = case.said
    actor = Actor(said.get("person", SOMEBODY), frozenset(said.get("by", ())))
    found = readings(said, rules)
    return decide(rules, said["procedure"], said["act"], state=said["state"], actor=actor, on=said["day"], readings=found)


def _gate(case: Case, rules: Rules) -> Result:
    decision = decided(case, rules)
    got: dict[str, Any] = {"decision": decision.verdict}
    keys = {"because": [finding.key for finding in decision.against]}
    for word in ("excused", "unset", "waived"):
        keys[word] = [finding.key for finding in decision.findings if finding.outcome == word]
    expected: dict[str, Any] = {}
    for word, value in case.expect.items():
        if word == "decision":
            expected[word] = value
        elif word == "value":
            expected[word], got[word] = _values_read(value, decision.trace, rules)
        else:
            expected[word], got[word] = tuple(sorted(set(value))), tuple(sorted(set(keys[word])))
    return Result(case, expected, {word: got[word] for word in expected}, decision.findings)


def _values_read(wanted: Any, trace: Iterable[Reading], rules: Rules) -> tuple[dict[str, Any], dict[str, Any]]:
    """The parameters a decision should have read, with their values."""
    expected: dict[str, Any] = {}
    got: dict[str, Any] = {}
    for name, node in (wanted.entries if isinstance(wanted, Mapping) else {}).items():
        expected[name] = in_unit(node, rules.parameter(name).unit)
        read = [reading.value for reading in trace if reading.parameter == name]
        got[name] = expected[name] if expected[name] in read else (read[0] if read else "not read")
    return expected, got


def _value(case: Case, rules: Rules) -> Result:
    reading = rules.read(case.said["parameter"], on=case.said["day"], key=case.said.get("key", ""))
    expected: dict[str, Any] = {}
    got: dict[str, Any] = {}
    if "value" in case.expect:
        expected["value"] = in_unit(case.expect["value"], reading.unit)
        got["value"] = reading.state if reading.state == "unlimited" else reading.value
    if "clause" in case.expect:
        expected["clause"], got["clause"] = case.expect["clause"], reading.clause
    return Result(case, expected, got)


def _calendar(case: Case, rules: Rules) -> Result:
    year = case.said["year"]
    obligation = rules.obligation(case.said["obligation"], date(year, 12, 31))
    days = case.expect.items if isinstance(case.expect, Sequence) else ()
    expected = tuple(day.text for day in days if isinstance(day, Scalar))
    return Result(case, {"days": expected}, {"days": tuple(day.isoformat() for day in due_days(obligation, year, rules))})


def in_unit(node: Node, unit: str) -> Any:
    """A written value as it is read; None for null, "unlimited" for unlimited."""
    if not isinstance(node, Scalar) or node.value is None:
        return None
    return node.text if node.text == "unlimited" else value_of(node, unit)


def local_rules(case: Case, rules: Rules) -> Rules:
    """The rules at a place that has set the values the case assumes."""
    said: AnyMapping[str, Node] = case.said.get("local", {})
    local: list[LocalValue] = []
    for name, node in said.items():
        keyed = node.entries if isinstance(node, Mapping) else {"": node}
        local.extend(_local(name, key, part, rules) for key, part in keyed.items())
    return rules.with_local(local) if local else rules


def _local(name: str, key: str, node: Node, rules: Rules) -> LocalValue:
    parameter = rules.parameter(name)
    value = value_of(node, parameter.unit) if isinstance(node, Scalar) else None
    if value is None:
        raise ValueError(f"{node.where}: not a value in {parameter.unit}")
    office = parameter.set_by[0] if parameter.set_by else "community.residents_committee"
    return LocalValue(name, key, value, date.min, None, "", office.partition(".")[0], office, "", demonstration=True)
