"""The money of one project through the doors: promised, contracted, settled, to the fen; too much changes nothing."""

import pytest
from django.test import Client

from linli.demonstration.hands import meetings, notices
from linli.records.cases.models import Case
from linli.records.funds.models import Commitment
from linli.records.funds.selectors import commitment_of, left
from tests.journeys import test_need_to_archive as story
from tests.journeys.steps import on
from tests.journeys.test_need_to_archive import Life
from tests.web.desk.cases.office import Clock, Desk
from tests.web.desk.cases.test_life import file, state_of, take, typed_plan
from tests.web.portal.pages import words
from tests.world import COMMUNITY, row_counts

pytestmark = pytest.mark.django_db
BUDGET, CONTRACT, SETTLED = 48_651_237, 47_920_005, 47_890_001


@pytest.fixture
def life(db: None) -> Life:
    return Life()


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def the_plan_is_written(life: Life, secretary: Desk, time: Clock) -> None:
    """By the chapters of the story, with a budget that is odd to the fen."""
    team, case = life.team, life.case
    forum = meetings.call_forum(team, case, at=on("2021-03-09"), held=on("2021-03-12", 19))
    meetings.hold_forum(team, forum, team.residents[5:9], at=on("2021-03-12", 19))
    time.at = on("2021-03-15")
    secretary.open(f"/desk/cases/{case.code}/forms/project_plan/").send(**typed_plan(yuan(BUDGET)))
    take(secretary, case, "design")
    case.refresh_from_db()
    assert case.amount_fen == BUDGET


def until_evaluated(life: Life, secretary: Desk, time: Clock) -> Case:
    story.a_resident_asks(life)
    story.the_community_looks_and_opens_a_project(life)
    the_plan_is_written(life, secretary, time)
    story.it_is_chosen_and_put_to_the_council(life)
    story.the_council_evaluates(life)
    story.the_result_hangs_for_everybody_to_see(life)
    time.at = on("2021-04-16", 16)
    return life.case


def until_filed(life: Life, secretary: Desk, time: Clock) -> Case:
    case = until_evaluated(life, secretary, time)
    take(secretary, case, "determine")
    story.the_subdistrict_puts_it_on_file(life)
    return case


def set_money(desk: Desk, fen: int, status: int = 302) -> Desk:
    desk.open(f"/desk/funds/{COMMUNITY}/?year=2021")
    return desk.send(amount=yuan(fen), source="区财政年度专项", dedicated="yes", approved="yes", status=status)


def money_page() -> str:
    return words(Client().get(f"/money/{COMMUNITY}/?year=2021"))


def refused(desk: Desk, case: Case, act: str) -> str:
    """The act is sent all the same; nothing changes."""
    before, stood = row_counts(), state_of(case)
    desk.open(f"/desk/cases/{case.code}/acts/{act}/").send(status=409)
    assert (row_counts(), state_of(case)) == (before, stood)
    return desk.text


@pytest.mark.requirement("S0-44", how="refuses")
def test_money_is_promised_to_the_last_fen_and_not_one_more(life: Life, time: Clock) -> None:
    secretary, finance = Desk(life.team.secretary), Desk(life.team.finance)
    case = until_evaluated(life, secretary, time)
    set_money(finance, BUDGET - 1)
    assert "年度经费" in refused(secretary, case, "determine")
    assert commitment_of(case.subject) is None

    set_money(finance, BUDGET)
    take(secretary, case, "determine")

    assert (commitment_of(case.subject).amount_fen, left(life.team.place, 2021)) == (BUDGET, 0)
    said = money_page()
    assert "已答应给项目 48.651237 万元 还剩 0 元" in said
    assert "486,512.37" in said
    # What is promised cannot be taken away beneath it.
    before = row_counts()
    assert "已经列支 48.651237 万元，不能再调到这以下。" in set_money(finance, BUDGET - 1, status=409).text
    assert (row_counts(), left(life.team.place, 2021)) == (before, 0)


@pytest.mark.requirement("S0-44", how="refuses")
@pytest.mark.requirement("S0-9", how="shown")
def test_contract_and_settlement_stay_within_what_was_determined_to_the_fen(life: Life, time: Clock) -> None:
    secretary = Desk(life.team.secretary)
    case = until_filed(life, secretary, time)
    public = f"/projects/{case.code}/"

    time.at = on("2021-05-07")
    file(secretary, case, "procurement", **{"f-method": "self_procurement", "summary": "三家比价"})
    file(secretary, case, "contract", **{"f-amount": yuan(BUDGET + 1), "summary": "合同"})
    assert "合同" in refused(secretary, case, "start")
    file(secretary, case, "contract", **{"f-amount": yuan(CONTRACT), "summary": "合同"})
    take(secretary, case, "start")
    assert "预算 48.651237 万元 合同 47.920005 万元" in words(Client().get(public))

    notices.publicise(case, "implementation", by=life.team.secretary, at=on("2021-06-02"))
    time.at = on("2021-06-10")
    file(secretary, case, "progress", **{"f-share_done": "100%", "summary": "全部装好"})
    take(secretary, case, "finish")
    story.residents_accept_and_appraise(life)

    time.at = on("2021-07-05")
    file(secretary, case, "fund_report", **{"f-balanced": "yes"})
    file(secretary, case, "settlement", **{"f-amount": yuan(BUDGET + 1)})
    assert "结算" in refused(secretary, case, "settle")
    file(secretary, case, "settlement", **{"f-amount": yuan(SETTLED)})
    file(secretary, case, "fund_report", **{"f-balanced": "no"})
    refused(secretary, case, "settle")
    file(secretary, case, "fund_report", **{"f-balanced": "yes"})
    take(secretary, case, "settle")

    assert state_of(case) == "settled"
    line = words(Client().get(public))
    assert "预算 48.651237 万元 合同 47.920005 万元 结算 47.890001 万元 结余 7,612.36 元" in line
    said = money_page()
    assert "这一年共有 200 万元 已答应给项目 48.651237 万元 还剩 151.348763 万元" in said
    assert "486,512.37" in said

    # What was decided by a figure is not raised past its limit afterwards, by nobody and unnoticed.
    for slot, wrong in (("settlement", "结算"), ("contract", "签约实施")):
        secretary.open(f"/desk/cases/{case.code}/slots/{slot}/")
        before = row_counts()
        secretary.send(status=409, **{"f-amount": yuan(BUDGET + 1)})
        assert f"“{wrong}”已经办过，照新填的数它就通不过，所以没有收下，原来的不变。" in secretary.text
        assert secretary.filled()["f-amount"] == yuan(BUDGET + 1)
        assert row_counts() == before
    assert line == words(Client().get(public))
    # Less may still be put right, and shows.
    file(secretary, case, "settlement", **{"f-amount": yuan(SETTLED - 1)})
    assert "结算 47.89 万元 结余 7,612.37 元" in words(Client().get(public))


def test_a_project_that_is_stopped_gives_back_every_fen(life: Life, time: Clock) -> None:
    secretary = Desk(life.team.secretary)
    case = until_filed(life, secretary, time)
    assert left(life.team.place, 2021) == 200_000_000 - BUDGET
    time.at = on("2021-05-07")
    refused_to = Desk(life.team.secretary).open(f"/desk/cases/{case.code}/")
    assert f"/desk/cases/{case.code}/acts/stop/" not in [link for link, _ in refused_to.links]

    take(Desk(life.team.working), case, "stop", note="居民改了主意")

    assert (commitment_of(case.subject), left(life.team.place, 2021)) == (None, 200_000_000)
    assert Commitment.objects.get().amount_fen == BUDGET
    said = money_page()
    assert "已答应给项目 0 元 还剩 200 万元" in said
    assert "486,512.37 已退回" in said
