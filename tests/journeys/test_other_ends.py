"""Not every project is carried out: refused, sent back and resubmitted, stopped, changed, led by the subdistrict."""

import pytest

from linli.demonstration.hands import meetings, notices, papers, words
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import filling_history, piece_history
from linli.records.funds.selectors import commitment_of, left
from linli.records.needs.models import Need, Telling
from linli.records.needs.services import adopt_need, raise_need, verify_need
from tests.journeys.steps import District, need_state, on, state_of, step, turned_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(db) -> District:
    return District()


def asked(team: District, case: Case) -> Need:
    """A need that this project takes up."""
    need = raise_need(place=team.place, data=words.need("想要长椅", "榕树下"), by=team.residents[0], at=on("2021-03-01"))
    verify_need(need=need, findings="属实", real=True, by=team.committee, at=on("2021-03-02"))
    adopt_need(need=need, subject=case.subject, by=team.secretary, at=on("2021-03-08"))
    return need


def evaluated(team: District, yuan: int = 180_000, *, type: str = "works", **more: object) -> tuple[Case, Need]:
    """A project that the council has evaluated, its result publicised since 8 April."""
    case = team.project("榕树下长椅", on("2021-03-08"))
    need = asked(team, case)
    forum = meetings.call_forum(team, case, at=on("2021-03-09"), held=on("2021-03-12"))
    meetings.hold_forum(team, forum, team.residents[4:8], at=on("2021-03-12"))
    papers.fill(
        case, "project_plan", words.plan("12 张长椅", "榕树下", yuan, type=type, **more), by=team.secretary, at=on("2021-03-15")
    )
    step(case, "design", team.secretary, on("2021-03-15"))
    papers.selection(case, by=team.secretary, at=on("2021-03-17"))
    step(case, "select", team.secretary, on("2021-03-17"))
    papers.check_scope(case, by=team.secretary, at=on("2021-03-19"))
    step(case, "submit_for_evaluation", team.secretary, on("2021-03-19"))
    council(team, case)
    return case, need


def council(team: District, case: Case) -> None:
    meeting = meetings.call_council(team, case, at=on("2021-03-22"), held=on("2021-03-29", 19))
    meetings.vote(team, meeting, team.members[:9], against=1, at=on("2021-03-29", 19))
    meetings.write_up(team, meeting, "同意 8 票，反对 1 票。", team.members[:2], at=on("2021-03-30"))
    papers.fill(case, "interest_form", words.interests(), by=team.secretary, at=on("2021-03-31"))
    step(case, "evaluate", team.secretary, on("2021-03-31"))
    notices.publicise(case, "evaluation", by=team.secretary, at=on("2021-04-08"))


@pytest.mark.requirement("S0-72", how="answered")
def test_a_refused_project_gives_its_need_back_with_the_reason(team: District) -> None:
    case, need = evaluated(team)
    moved = step(case, "refuse", team.secretary, on("2021-04-12"), note="属物业服务企业职责")
    assert (state_of(case), moved.passage.end) == ("refused", "refused")
    assert need_state(need) == "verified"  # it stays open until somebody answers it
    assert "属物业服务企业职责" in Telling.objects.filter(need=need).last().zh
    assert commitment_of(case.subject) is None
    assert turned_down(case, "determine", team.secretary, on("2021-04-16")) == ["state"]


def test_sent_back_and_resubmitted_both_versions_stay(team: District) -> None:
    case, _ = evaluated(team)
    step(case, "send_back", team.secretary, on("2021-04-12"), note="居民提出更省钱的做法")
    assert state_of(case) == "draft"
    # The consultation, the selection and the vote were about the old plan: they stay readable and count no more.
    assert [piece.voided_at is not None for piece in piece_history(case.subject, "evaluation")][-1] is True
    assert turned_down(case, "design", team.secretary, on("2021-04-13")) == ["design_consultation"]

    forum = meetings.call_forum(team, case, at=on("2021-04-13"), held=on("2021-04-14"))
    meetings.hold_forum(team, forum, team.residents[4:7], at=on("2021-04-14"))
    papers.fill(case, "project_plan", words.plan("10 张长椅", "榕树下", 150_000), by=team.secretary, at=on("2021-04-15"))
    step(case, "design", team.secretary, on("2021-04-15"))
    plans = filling_history(case.subject, "project_plan")
    assert [(plan.version, plan.data["budget"]) for plan in plans] == [(1, 18_000_000), (2, 15_000_000)]


@pytest.mark.requirement("S0-44", how="refuses")
def test_after_the_determination_only_an_approved_request_changes_the_plan(team: District) -> None:
    case, _ = evaluated(team)
    step(case, "determine", team.secretary, on("2021-04-16"))
    change = open_case(
        procedure="project_change", place=team.place, title="加两张", by=team.secretary, at=on("2021-04-20"), parent=case
    )
    request = {"what": "加两张", "why": "树下还有空地", "project_type": "works", "budget": "1100000"}
    papers.fill(change, "change_request", request, by=team.secretary, at=on("2021-04-20"))
    assert turned_down(change, "approve", team.office, on("2021-04-21")) == ["reasons", "project_cap"]

    papers.fill(change, "change_request", {**request, "budget": "195000"}, by=team.secretary, at=on("2021-04-21"))
    papers.put(change, "reasons", "document", by=team.secretary, at=on("2021-04-21"), summary="现场草图")
    moved = step(change, "approve", team.office, on("2021-04-22"))
    assert (state_of(change), moved.act.clause) == ("approved", ("S0 §4.3.1",))
    case.refresh_from_db()
    assert case.amount_fen == 19_500_000
    assert left(team.place, 2021) == 180_500_000
    assert [plan.locked_at is not None for plan in filling_history(case.subject, "project_plan")] == [True, True]


@pytest.mark.requirement("S0-40", "S1-20", "S1-40", how="refuses")
@pytest.mark.parametrize(
    ("yuan", "more"),
    [
        (800_000, {}),
        (180_000, {"highly_professional": "yes", "professional_reason": "结构安全"}),
        (180_000, {"cross_community": "yes", "other_communities": "田厦社区"}),
    ],
)
def test_large_professional_or_cross_community_each_alone_makes_it_the_subdistricts(
    team: District, yuan: int, more: dict[str, object]
) -> None:
    case, _ = evaluated(team, yuan, **more)
    assert turned_down(case, "determine", team.secretary, on("2021-04-16")) == ["by"]
    step(case, "determine", team.working, on("2021-04-16"))
    assert state_of(case) == "determined"


@pytest.mark.requirement("S0-37", how="refuses")
def test_only_the_subdistrict_stops_what_is_under_way_and_the_money_goes_back(team: District) -> None:
    case, _ = evaluated(team)
    step(case, "determine", team.secretary, on("2021-04-16"))
    notices.publicise(case, "determination", by=team.secretary, at=on("2021-04-16"))
    papers.fill(case, "filing_form", words.filing(case.title, "8/9"), by=team.secretary, at=on("2021-04-25"))
    step(case, "submit_filing", team.secretary, on("2021-04-25"))
    step(case, "accept_filing", team.office, on("2021-04-27"))
    assert turned_down(case, "stop", team.secretary, on("2021-04-28")) == ["by"]
    moved = step(case, "stop", team.working, on("2021-04-28"), note="地块另有安排")
    assert (state_of(case), moved.passage.end, left(team.place, 2021)) == ("stopped", "failed", 200_000_000)
