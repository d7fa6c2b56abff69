"""Every case the packs carry is decided as its authors say it must be."""

import pytest

from linli.rules.policy.cases import Case, load_cases, run_case
from tests.real_packs import PACKS, real_packs

LIBRARY = real_packs()
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
