"""Cases about choosing: who is taken, who ties, and what a grade does to next year's places."""

from collections.abc import Mapping as AnyMapping
from fractions import Fraction
from typing import Any

from linli.rules.policy.case_files import Case
from linli.rules.policy.choosing import Candidate, choose, next_change, next_places
from linli.rules.policy.rules import Rules
from linli.rules.policy.yaml12 import Mapping, Node, Scalar

Told = tuple[dict[str, Any], dict[str, Any]]


def chosen(case: Case, rules: Rules) -> Told:
    """(expected, got): only what the case speaks of."""
    got = _selection(case.said, rules) if case.kind == "selection" else _quota(case.said, rules)
    expected = {word: _plain(value) for word, value in case.expect.items()}
    return expected, {word: got.get(word) for word in expected}


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Scalar) else value


def _selection(said: AnyMapping[str, Any], rules: Rules) -> dict[str, Any]:
    selection = rules.selections(said["day"])[said["selection"]]
    places = rules.read(selection.places, on=said["day"])
    if places.state not in ("known", "unlimited"):
        return {"unset": (selection.places,)}
    candidates = [_candidate(id, node) for id, node in said["candidates"].items()]
    quotas = {part: int(node.text) for part, node in said.get("quotas", {}).items() if isinstance(node, Scalar)}
    choice = choose(candidates, places.value if isinstance(places.value, int) else None, quotas)
    return {"chosen": choice.chosen, "tied": choice.tied, "left": choice.left, "over_quota": choice.over_quota, "unset": ()}


def _candidate(id: str, node: Node) -> Candidate:
    """Written `a: 95`, or `a: {score: 95, part: anhai}`."""
    if isinstance(node, Mapping):
        said = {key: part.text for key, part in node.entries.items() if isinstance(part, Scalar)}
        return Candidate(id, Fraction(said["score"]), said.get("part", ""))
    return Candidate(id, Fraction(node.text if isinstance(node, Scalar) else "0"))


def _quota(said: AnyMapping[str, Any], rules: Rules) -> dict[str, Any]:
    quota = rules.quotas(said["day"])[said["quota"]]
    change = next_change(quota, said["grade"])
    places, step = (rules.read(name, on=said["day"]) for name in (quota.places, quota.step))
    unset = tuple(reading.parameter for reading in (places, step) if reading.state != "known")
    known = isinstance(places.value, int) and isinstance(step.value, int) and change is not None
    return {"change": change, "places": next_places(places.value, step.value, change) if known else None, "unset": unset}  # type: ignore[arg-type]
