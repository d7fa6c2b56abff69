"""A year of the district's money, by the same engine: 31 March, 30 June, two signatures where two must sign."""

import pytest

from linli.demonstration.hands import papers
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.funds.services import set_envelope
from tests.journeys.steps import DISTRICT, District, officer, on, place, state_of, step, turned_down

pytestmark = pytest.mark.django_db
CITY = "4403"


class Year:
    """The offices of city and district, and the year's case."""

    def __init__(self) -> None:
        self.team = District(years=())
        self.city = {office: officer(office, CITY) for office in ("organisation", "civil_affairs", "finance")}
        self.place = place(DISTRICT)
        self.case: Case = open_case(
            procedure="fund_year", place=self.place, title="2021 年度经费", by=self.team.civil, at=on("2021-01-12"), year=2021
        )

    def report_use(self) -> None:
        rows = [{"community": "440305001001", "arranged": "2000000", "spent": "1860000", "projects": "7"}]
        papers.fill(self.case, "fund_use", {"year": "2020", "communities": rows}, by=self.team.civil, at=on("2021-02-24"))
        step(self.case, "report_use", self.team.civil, on("2021-02-24"))

    def report_plan(self) -> None:
        rows = [{"subdistrict": "440305001", "community": "440305001001", "amount": "2000000", "reason": "基础薄弱"}]
        papers.fill(self.case, "expenditure_plan", {"year": "2022", "communities": rows}, by=self.team.civil, at=on("2021-05-20"))
        step(self.case, "report_plan", self.team.civil, on("2021-05-20"))


@pytest.fixture
def year(db) -> Year:
    return Year()


@pytest.mark.requirement("S0-28", "S0-35", "S0-36", "S0-81", "S0-83", "S0-84", "S0-85", how="refuses")
def test_a_year_from_the_report_of_last_years_use_to_the_allotment(year: Year) -> None:
    case, city, team = year.case, year.city, year.team
    year.report_use()
    first = step(case, "review_use", city["organisation"], on("2021-03-11"))
    assert (first.step.moved, state_of(case)) == (False, "use_reported")  # one of two signatures
    step(case, "review_use", city["civil_affairs"], on("2021-03-31"))
    assert state_of(case) == "use_reviewed"

    year.report_plan()
    step(case, "review_plan", city["civil_affairs"], on("2021-06-16"))
    step(case, "review_plan", city["organisation"], on("2021-06-30"))
    assert state_of(case) == "plan_reviewed"

    # "by" stands for the other of the two who must sign.
    assert turned_down(case, "settle", city["finance"], on("2021-09-08")) == ["by", "settlement_opinion.favourable"]
    papers.put(
        case, "settlement_opinion", "opinion", by=city["finance"], at=on("2021-09-08"), favourable=True, summary="复审意见"
    )
    step(case, "settle", city["finance"], on("2021-09-09"))
    step(case, "settle", team.finance, on("2021-09-10"))
    papers.put(case, "pre_issue_document", "document", by=city["finance"], at=on("2021-10-14"), summary="预下达")
    step(case, "pre_issue", city["finance"], on("2021-10-14"))
    assert state_of(case) == "pre_issued"

    assert turned_down(case, "budget", team.finance, on("2021-12-01")) == ["budget_line.dedicated"]
    set_envelope(
        place=year.place,
        year=2021,
        amount_fen=24_000_000_000,
        source="年度预算专项",
        dedicated=True,
        approved=True,
        by=team.finance,
        at=on("2021-12-02"),
    )
    step(case, "budget", team.finance, on("2021-12-03"))
    assert turned_down(case, "allot", team.civil, on("2021-12-10")) == ["allotment.complete"]
    papers.put(case, "allotment", "score", by=team.finance, at=on("2021-12-10"), complete=True, summary="倾斜测算")
    moved = step(case, "allot", team.civil, on("2021-12-13"))
    assert (state_of(case), moved.passage.end) == ("allotted", "done")


@pytest.mark.requirement("S0-83", how="refuses")
def test_the_first_of_april_is_too_late_for_last_years_use(year: Year) -> None:
    year.report_use()
    assert "last_year_use_due" in turned_down(year.case, "review_use", year.city["civil_affairs"], on("2021-04-01"))
