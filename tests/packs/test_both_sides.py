"""Every number a regulation gives is tried on both sides by a case; one that no gate compares is at least read by a case."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from linli.rules.policy.cases import decided, load_cases, local_rules
from linli.rules.policy.models import Parameter, Special
from tests.real_packs import PACKS, real_packs

LIBRARY = real_packs()
CASES = load_cases(PACKS, LIBRARY)


def numbers(pack: str) -> Iterator[Parameter]:
    """The pack's own parameters with a value in the regulation: no flag, nothing that is left to the place."""
    for parameter in LIBRARY.rules(pack).parameters().values():
        given = [value for dated in parameter.values for value in dated.entries.values()]
        if parameter.pack == pack and parameter.unit != "flag" and any(not isinstance(value, Special) for value in given):
            yield parameter


def outcomes() -> dict[str, set[bool]]:
    """Parameter -> whether the gates of the cases let it pass, hold it up, or both."""
    found: dict[str, set[bool]] = defaultdict(set)
    for case in CASES:
        if case.kind == "gate":
            for finding in decided(case, local_rules(case, LIBRARY.rules(case.pack))).findings:
                if finding.parameter is not None:
                    found[finding.parameter.parameter].add(finding.passes)
    return found


def read_by_a_case() -> set[str]:
    """Parameters whose value, or the day or the number that follows from it, a case states."""
    spoken = {word for case in CASES if case.kind != "gate" for word in re.findall(r"\w+", str(case.said))}
    return {parameter.id for pack in LIBRARY.packs for parameter in numbers(pack) if parameter.id in spoken}


@pytest.mark.parametrize("pack", sorted(LIBRARY.packs))
def test_every_number_is_tried_on_both_sides(pack: str) -> None:
    tried, known = outcomes(), read_by_a_case()
    compared = {parameter.id for parameter in numbers(pack) if parameter.id in tried}
    assert {id for id in compared if tried[id] != {True, False}} == set()
    assert {parameter.id for parameter in numbers(pack)} - compared - known == set()


def test_there_are_numbers_to_try() -> None:
    assert {pack: len(list(numbers(pack))) for pack in sorted(LIBRARY.packs)} == {
        "jilin": 4,
        "jinjiang": 8,
        "nanchong": 2,
        "nanshan": 1,
        "shenzhen": 8,
    }
