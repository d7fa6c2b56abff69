"""The yearly round: 500 residents or households at least, every priority household without exception, online and offline."""

import pytest

from linli.demonstration.hands import words
from linli.records.cases.models import Case
from linli.records.cases.services import ask_case_exception, open_case
from linli.records.needs.selectors import coverage, households_to_visit
from linli.records.needs.services import import_needs, raise_need, record_visit
from linli.records.people.models import Household
from linli.records.people.services import mark_priority, register_household
from linli.records.rulebook.services import grant_exception
from linli.rules.plain.refusals import NotAllowed, Refused
from tests.journeys.steps import District, on, reasons, state_of, step, turned_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District()


@pytest.fixture
def round_(team: District) -> Case:
    case = open_case(
        procedure="collection_round", place=team.place, title="2021 年需求征集", by=team.secretary, at=on("2021-03-01"), year=2021
    )
    step(case, "open_collection", team.secretary, on("2021-03-01"))
    return case


def listed(team: District, number: int, group: str) -> Household:
    """A household that must be asked."""
    at = on("2021-01-04")
    household = register_household(
        place=team.place, label=f"重点-{number}", address="演示里", since=at.date(), by=team.committee, at=at, demonstration=True
    )
    mark_priority(household=household, group=group, since=at.date(), by=team.committee, at=at)
    return household


def on_paper(team: District, count: int, first: int = 0) -> None:
    """So many paper forms, each of another resident, handed in as one spreadsheet."""
    numbers = range(first, first + count)
    rows = [f"希望加一盏路灯,{number} 号楼前,演示·户{number},1540000{number:04d},线下" for number in numbers]
    sheet = "\n".join(("需求,地点,姓名,联系电话,收集途径", *rows)).encode()
    batch = import_needs(place=team.place, file_name="演示.csv", content=sheet, by=team.committee, at=on("2021-05-06"))
    assert batch.accepted == count


def online(team: District) -> None:
    """One resident writes from the phone."""
    data = words.need("想要长椅", "榕树下", mode="centralised")
    raise_need(place=team.place, data=data, by=team.residents[0], at=on("2021-05-10"))


@pytest.mark.requirement("S0-52", "S0-53", "S1-21", "S1-22", "S1-23", "S1-24", "S1-31", "S1-32", "S1-33", "S1-34", how="refuses")
def test_499_is_not_500_and_one_household_missing_is_not_all(team: District, round_: Case) -> None:
    reached, missing = listed(team, 1, "elderly_advanced"), listed(team, 2, "disabled")
    record_visit(place=team.place, household=reached, by=team.committee, at=on("2021-04-06"))
    on_paper(team, 497)
    online(team)
    assert coverage(team.place, 2021).sources == 499

    assert reasons(round_, "close_collection", team.secretary, on("2021-06-01")) == [
        ("coverage_wide", "S1 ¶5.3"),
        ("priority_households", "S1 ¶5.4"),
    ]
    # Whom to visit is for this community alone to know.
    to_visit = households_to_visit(team.place, 2021, on("2021-06-01").date(), by=team.committee)
    assert [household.label for household in to_visit] == ["重点-2"]
    with pytest.raises(NotAllowed):
        households_to_visit(team.place, 2021, on("2021-06-01").date(), by=team.civil)

    record_visit(place=team.place, household=missing, by=team.committee, at=on("2021-06-02"), note="演示：上门，暂无需求")
    assert coverage(team.place, 2021).sources == 500
    moved = step(round_, "close_collection", team.secretary, on("2021-06-03"))
    assert (state_of(round_), moved.act.clause) == ("collected", ("S0 §5.4", "S1 ¶5.2"))


@pytest.mark.requirement("S1-22", how="refuses")
def test_paper_alone_is_not_enough(team: District, round_: Case) -> None:
    on_paper(team, 500)
    assert turned_down(round_, "close_collection", team.secretary, on("2021-06-01")) == ["coverage.online"]


@pytest.mark.requirement("S1-18", how="kept")
def test_the_round_closes_without_a_notice_since_nanshan_asks_for_none(team: District, round_: Case) -> None:
    on_paper(team, 499)
    online(team)
    moved = step(round_, "close_collection", team.secretary, on("2021-06-03"))
    assert {finding.key: finding.outcome for finding in moved.decision.findings}["publicity.collection"] == "waived"


@pytest.mark.requirement("S1-32", "S1-34", how="refuses")
def test_an_exception_is_granted_down_to_a_number_and_holds_from_there_up(team: District, round_: Case) -> None:
    on_paper(team, 4)
    online(team)
    asked = ask_case_exception(
        case=round_, excuses="coverage_wide", by=team.secretary, at=on("2021-05-20"), reason="演示·全社区 6 户", up_to=6
    )
    with pytest.raises(Refused):  # nobody asked to go as low as five
        grant_exception(asked=asked, by=team.office, at=on("2021-05-21"), reason="演示·同意", up_to=5)
    grant_exception(asked=asked, by=team.office, at=on("2021-05-21"), reason="演示·同意")
    assert coverage(team.place, 2021).sources == 5
    assert turned_down(round_, "close_collection", team.secretary, on("2021-06-01")) == ["coverage_wide"]
    on_paper(team, 2, first=5)
    assert coverage(team.place, 2021).sources == 7
    moved = step(round_, "close_collection", team.secretary, on("2021-06-03"))
    assert {finding.key: finding.outcome for finding in moved.decision.findings}["coverage_wide"] == "excused"
