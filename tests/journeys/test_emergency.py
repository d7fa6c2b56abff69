"""What cannot wait is done first, publicised at the same time, and assessed afterwards by somebody else (S1 ¶4.4)."""

from datetime import date

import pytest

from linli.demonstration.hands import notices, papers, words
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.duties.models import Duty
from linli.records.funds.selectors import left
from tests.journeys.steps import District, on, state_of, step, turned_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District()


@pytest.fixture
def case(team: District) -> Case:
    """A wall has cracked over the way to school; the subdistrict office writes down why it cannot wait."""
    title, at = "挡土墙抢险", on("2021-06-01", 8)
    case = open_case(procedure="micro_project", place=team.place, title=title, by=team.secretary, at=at)
    record = words.emergency("加固开裂的挡土墙", "下方是上学路，随时可能垮塌", 380_000)
    papers.fill(case, "emergency_record", record, by=team.office, at=at)
    papers.check_scope(case, by=team.secretary, at=at)
    return case


@pytest.mark.requirement("S1-19", how="refuses")
def test_even_what_cannot_wait_is_publicised_at_the_same_moment(team: District, case: Case) -> None:
    assert turned_down(case, "start_first", team.office, on("2021-06-01", 8)) == ["published_at_once"]
    notices.publicise(case, "urgent", by=team.office, at=on("2021-06-01", 8))
    moved = step(case, "start_first", team.office, on("2021-06-01", 9))
    assert (state_of(case), moved.act.clause) == ("urgent_running", ("S1 ¶4.4",))
    assert left(team.place, 2021) == 162_000_000  # the money is taken from the year at once


@pytest.mark.requirement("S1-19", how="due")
def test_it_is_assessed_afterwards_by_somebody_else_and_within_the_time_set(team: District, case: Case) -> None:
    notices.publicise(case, "urgent", by=team.deputy, at=on("2021-06-01", 8))
    step(case, "start_first", team.deputy, on("2021-06-01", 9))
    papers.progress(case, "1", by=team.deputy, at=on("2021-06-07"))
    step(case, "finish_first", team.deputy, on("2021-06-07"))
    owed = Duty.objects.filter(subject_id=str(case.pk), source_key="urgent_done")
    assert {(duty.office, duty.due_on) for duty in owed} == {
        ("community.party_committee", date(2021, 7, 7)),
        ("subdistrict.working_committee", date(2021, 7, 7)),
    }
    missing = ["after_assessment", "project_plan", "filing_form", "contract.amount"]
    assert turned_down(case, "assess_afterwards", team.secretary, on("2021-06-10")) == missing

    papers.put(case, "after_assessment", "document", by=team.secretary, at=on("2021-06-15"), summary="确属应急")
    papers.fill(case, "project_plan", words.plan("加固挡土墙", "校园路", 380_000), by=team.secretary, at=on("2021-06-15"))
    papers.fill(case, "filing_form", words.filing(case.title, "全体"), by=team.secretary, at=on("2021-06-15"))
    papers.contract(case, 380_000, by=team.secretary, at=on("2021-06-15"))
    assert turned_down(case, "assess_afterwards", team.deputy, on("2021-06-16")) == [
        "apart_from"
    ]  # who began it does not judge it
    step(case, "assess_afterwards", team.secretary, on("2021-06-16"))
    assert state_of(case) == "finished"
    assert not owed.filter(done_at__isnull=True).exists()


@pytest.mark.requirement("S1-19", how="refuses")
def test_what_should_not_have_been_done_first_ends_there_and_gives_its_money_back(team: District, case: Case) -> None:
    notices.publicise(case, "urgent", by=team.office, at=on("2021-06-01", 8))
    step(case, "start_first", team.office, on("2021-06-01", 9))
    papers.progress(case, "1", by=team.office, at=on("2021-06-07"))
    step(case, "finish_first", team.office, on("2021-06-07"))
    assert turned_down(case, "find_not_urgent", team.working, on("2021-06-10")) == ["after_assessment"]
    papers.put(case, "after_assessment", "document", by=team.secretary, at=on("2021-06-15"), summary="可以按普通项目办理")
    moved = step(case, "find_not_urgent", team.working, on("2021-06-16"), note="可以等一等")
    assert (state_of(case), moved.passage.end) == ("not_urgent", "failed")
    assert left(team.place, 2021) == 200_000_000
