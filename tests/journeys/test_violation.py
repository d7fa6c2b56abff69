"""Somebody reports; the subdistrict looks into it; it is put right, handed over, or found to be nothing."""

import pytest

from linli.demonstration.hands import papers
from linli.records.cases.models import Case
from linli.records.cases.permissions import may_see
from linli.records.cases.services import open_case
from tests.journeys.steps import District, on, state_of, step, turned_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District(years=())


@pytest.fixture
def case(team: District) -> Case:
    """A resident counted the leaflets."""
    case = open_case(procedure="violation", place=team.place, title="数量对不上", by=team.residents[0], at=on("2021-05-06"))
    said = {"kind": "irregular_use", "what": "合同写 500 份，没有那么多"}
    papers.fill(case, "violation_report", said, by=team.residents[0], at=on("2021-05-06"))
    return case


@pytest.mark.requirement("S0-92", "S0-93", "S1-50", how="refuses")
def test_it_is_confirmed_on_findings_and_closed_when_it_is_put_right(team: District, case: Case) -> None:
    assert turned_down(case, "verify", team.office, on("2021-05-10")) == ["findings"]
    assert turned_down(case, "verify", team.secretary, on("2021-05-10")) == ["by", "findings"]  # not by those it is about
    papers.put(case, "findings", "check_report", by=team.office, at=on("2021-05-12"), summary="实印 410 份")
    step(case, "verify", team.office, on("2021-05-12"))
    step(case, "order_rectification", team.office, on("2021-05-13"), note="退回多付款项")
    assert turned_down(case, "close", team.office, on("2021-05-20")) == ["rectification.done"]
    papers.put(case, "rectification", "rectification", by=team.secretary, at=on("2021-05-25"), done=True, summary="已退款")
    moved = step(case, "close", team.office, on("2021-05-26"))
    assert (state_of(case), moved.act.clause) == ("closed", ("S0 §11.8",))


@pytest.mark.requirement("S0-93", how="refuses")
def test_what_belongs_to_discipline_or_the_courts_is_handed_over_with_its_papers(team: District, case: Case) -> None:
    papers.put(case, "findings", "check_report", by=team.office, at=on("2021-05-12"), summary="虚开票据")
    step(case, "verify", team.office, on("2021-05-12"))
    assert turned_down(case, "refer", team.office, on("2021-05-13")) == ["referral"]
    papers.put(case, "referral", "referral", by=team.office, at=on("2021-05-13"), summary="移送材料")
    step(case, "refer", team.office, on("2021-05-14"))
    assert state_of(case) == "referred"


def test_nobody_from_outside_learns_that_it_exists(team: District, case: Case) -> None:
    day = on("2021-05-20").date()
    assert not may_see(None, case, day)
    assert not may_see(team.residents[1], case, day)
    assert may_see(team.residents[0], case, day)  # who reported it
    assert may_see(team.office, case, day)
