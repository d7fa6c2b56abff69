"""Every case the packs carry is decided as its authors say it must be."""

from pathlib import Path

import pytest

from linli.rules.policy.cases import Case, load_cases, run_case
from linli.rules.policy.load import load_packs

PACKS = Path(__file__).parents[2] / "packs"
LIBRARY = load_packs(PACKS)
CASES = load_cases(PACKS, LIBRARY)


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    """A case shows the sentences it names where a gate refuses, or a duty falls due. An open gate alone shows nothing."""
    how = "due" if case.kind == "calendar" else "refuses" if case.expect.get("decision") == "refused" else ""
    return [pytest.mark.requirement(*case.meets, how=how)] if how and case.meets else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=_marks(case)) for case in CASES])
def test_a_case_is_decided_as_its_pack_expects(case: Case) -> None:
    result = run_case(case, LIBRARY)
    said = "\n".join(f"{finding.outcome} {finding.key}: {finding.text.zh}" for finding in result.findings)
    assert result.got == result.expected, f"{case.where}\n{said}"


def test_every_pack_carries_cases() -> None:
    assert {case.pack for case in CASES} == set(LIBRARY.packs)
