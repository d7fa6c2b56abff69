"""A project is judged by the values of the day its stage began: 200,000 for a service in 2019, 500,000 in 2021."""

import pytest

from linli.demonstration.hands import papers, words
from linli.records.cases.models import Case
from linli.records.cases.services import ask_case_exception
from linli.records.needs.services import adopt_need, raise_need, verify_need
from linli.records.rulebook.services import grant_exception
from linli.rules.plain.refusals import NotAllowed
from tests.journeys.steps import District, on, reasons, row_counts, state_of, step

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District()


def drafted(team: District, yuan: int, *, type: str = "service") -> Case:
    """In April 2019 a plan went straight to the evaluation: design and selection came with the measure of 2020."""
    case = team.project("邻里课堂", on("2019-04-01"))
    need = raise_need(
        place=team.place, data=words.need(f"想学手机（{yuan}）", "服务中心"), by=team.residents[0], at=on("2019-04-01")
    )
    verify_need(need=need, findings="属实", real=True, by=team.committee, at=on("2019-04-02"))
    adopt_need(need=need, subject=case.subject, by=team.secretary, at=on("2019-04-02"))
    plan = words.old_plan("手机课堂", "服务中心", yuan, type=type, category="mass_activity")
    papers.fill(case, "project_plan", plan, by=team.secretary, at=on("2019-04-03"))
    papers.check_scope(case, by=team.secretary, at=on("2019-04-03"))
    return case


@pytest.mark.requirement("S1-1", "S1-2", how="refuses")
@pytest.mark.parametrize(("type", "cap"), [("service", 200_000), ("goods", 500_000), ("works", 500_000)])
def test_in_2019_the_old_ceilings_hold_to_the_yuan(team: District, type: str, cap: int) -> None:
    over = drafted(team, cap + 1, type=type)
    assert reasons(over, "submit_for_evaluation", team.secretary, on("2019-04-04")) == [("project_cap", "S1 ¶6.1")]
    assert state_of(over) == "draft"
    within = drafted(team, cap, type=type)
    step(within, "submit_for_evaluation", team.secretary, on("2019-04-04"))
    assert state_of(within) == "evaluating"


@pytest.mark.requirement("S0-18", how="refuses")
def test_in_principle_means_that_somebody_above_may_excuse_it_with_a_reason(team: District) -> None:
    case = drafted(team, 260_000)
    asked = ask_case_exception(
        case=case, excuses="project_cap", by=team.secretary, at=on("2019-04-05"), reason="须全年不断", up_to=26_000_000
    )
    before = row_counts()
    for somebody in (team.secretary, team.office):
        with pytest.raises(NotAllowed):
            grant_exception(asked=asked, by=somebody, at=on("2019-04-08"), reason="同意")
    assert row_counts() == before
    grant_exception(asked=asked, by=team.civil, at=on("2019-04-08"), reason="服务独居老人，同意")
    step(case, "submit_for_evaluation", team.secretary, on("2019-04-09"))
    assert state_of(case) == "evaluating"
