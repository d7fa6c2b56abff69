"""One whole life of a project, clicked through at the desk: every page is reached by a link of the page before it."""

import pytest

from linli.demonstration.hands import meetings, notices, words
from linli.records.cases.models import Case
from linli.records.needs.services import raise_need, verify_need
from linli.records.rulebook.models import Passage
from tests.journeys.steps import District, on
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db

WHAT, WHERE = "巷子里没有路灯，晚上老人出门看不清路", "南头城社区三巷"


def state_of(case: Case) -> str:
    return Passage.objects.get(pk=case.passage_id).state


def typed_plan(yuan: str = "486500") -> dict[str, object]:
    return {
        "what": "安装 18 盏路灯，加灯罩",
        "where": WHERE,
        "project_type": "works",
        "category": "public_facility",
        "beneficiaries": "附近居民约 600 户",
        "upkeep": "每月巡查一次",
        "budget": yuan,
        "budget_lines-rows": "1",
        "budget_lines-0-item": "材料与施工",
        "budget_lines-0-quantity": "1",
        "budget_lines-0-amount": yuan,
        "funding_sources-rows": "1",
        "funding_sources-0-source": "年度专项经费",
        "funding_sources-0-amount": yuan,
        "highly_professional": "no",
        "cross_community": "no",
        "residents_in": ["design", "evaluation", "acceptance", "appraisal"],
    }


@pytest.mark.requirement("S0-91", how="refuses")
def test_a_project_is_carried_from_a_need_to_the_archive_at_the_desk(district: District, secretary: Desk, time: Clock) -> None:
    need = raise_need(
        place=district.place, data=words.need(WHAT, WHERE), by=district.resident("演示·王阿姨"), at=on("2021-03-01")
    )
    verify_need(need=need, findings="三巷 120 米无照明", real=True, by=district.committee, at=on("2021-03-03"))

    # The desk is empty and says how to begin.
    secretary.open("/desk/")
    assert "没有未读的告知" in secretary.text
    secretary.open("/desk/cases/").click("新办一件")
    secretary.send(procedure="micro_project", title="三巷路灯", year="")
    case = Case.objects.get()
    assert (case.title, state_of(case)) == ("三巷路灯", "draft")
    assert "已建立 NS-2021-0001" in secretary.text

    # What is missing leads to where it is done.
    assert "还缺" in secretary.text
    secretary.click("对应居民需求")
    secretary.open(secretary.page.wsgi_request.path + "?q=路灯").send(need=[need.code])
    assert "已对应 1 条需求" in secretary.text
    forum = meetings.call_forum(district, case, at=on("2021-03-09"), held=on("2021-03-12", 19))
    meetings.hold_forum(district, forum, district.residents[5:9], at=on("2021-03-12", 19))
    time.at = on("2021-03-15")
    secretary.open(f"/desk/cases/{case.code}/").click("去填写")
    secretary.send(**typed_plan())
    case.refresh_from_db()
    assert case.amount_fen == 48_650_000
    take(secretary, case, "design")
    assert state_of(case) == "designed"

    file(secretary, case, "selection", **{"f-complete": "yes", "summary": "比选第一"})
    take(secretary, case, "select")
    for checklist, answers in (("scope", words.SCOPE), ("negative", {}), ("exclusions", words.EXCLUSIONS)):
        check(secretary, case, checklist, answers)
    take(secretary, case, "submit_for_evaluation")
    assert state_of(case) == "evaluating"

    meeting = meetings.call_council(district, case, at=on("2021-03-22"), held=on("2021-03-29", 19))
    meetings.vote(district, meeting, district.members[:9], against=1, at=on("2021-03-29", 19))
    meetings.write_up(district, meeting, "同意 8 票。", district.members[:2], at=on("2021-03-30"))
    time.at = on("2021-03-31")
    secretary.open(f"/desk/cases/{case.code}/forms/interest_form/").send(declared="no")
    take(secretary, case, "evaluate")
    notices.publicise(case, "evaluation", by=district.secretary, at=on("2021-04-08"))

    # Too early: the refusal lists it, with the days.
    time.at = on("2021-04-12")
    secretary.open(f"/desk/cases/{case.code}/acts/determine/")
    assert not secretary.has_button("确认：确定")
    secretary.send(status=409)
    assert "已公示 1 个工作日" in secretary.text or "已公示 2 个工作日" in secretary.text
    assert state_of(case) == "evaluated"

    time.at = on("2021-04-16", 16)
    take(secretary, case, "determine")
    assert state_of(case) == "determined"

    # The plan is locked now; it can only be read, and changed by a request.
    secretary.open(f"/desk/cases/{case.code}/forms/project_plan/")
    assert "已经锁定" in secretary.text
    assert '<td role="cell" class="k-figure" data-name="金额"><span>486,500.00 元</span></td>' in secretary.html
    assert secretary.link("申请变更").endswith("/children/project_change/")
    assert not secretary.has_button("保存")

    notices.publicise(case, "determination", by=district.secretary, at=on("2021-04-19"))
    time.at = on("2021-04-26")
    secretary.open(f"/desk/cases/{case.code}/forms/filing_form/").send(**words.filing(case.title, "8/9"))
    take(secretary, case, "submit_filing")

    # The subdistrict finds it at its own desk as its turn, puts it on file, and it is gone from there.
    time.at = on("2021-04-28")
    office = Desk(district.office).open("/desk/")
    assert f"轮到您办 1 办到了这一步，下一步由您的单位办，没有另外的期限。新到的在前。 备案{case.code} 三巷路灯" in office.text
    office.click("备案").click("备案")
    office.send()
    assert state_of(case) == "filed"
    assert case.code not in office.open("/desk/").text

    time.at = on("2021-05-07")
    file(secretary, case, "procurement", **{"f-method": "self_procurement", "summary": "三家比价"})
    file(secretary, case, "contract", **{"f-amount": "47.92万", "summary": "合同"})
    take(secretary, case, "start")
    notices.publicise(case, "implementation", by=district.secretary, at=on("2021-06-02"))
    time.at = on("2021-06-10")
    file(secretary, case, "progress", **{"f-share_done": "100%", "summary": "全部装好"})
    take(secretary, case, "finish")
    time.at = on("2021-06-17")
    file(secretary, case, "acceptance", **{"f-passed": "yes", "f-residents": "3", "f-defects_open": "0"})
    take(secretary, case, "accept")
    notices.publicise(case, "acceptance", by=district.secretary, at=on("2021-06-18"))
    time.at = on("2021-06-28")
    file(secretary, case, "satisfaction", **{"f-respondents": "86"})
    take(secretary, case, "appraise")
    time.at = on("2021-07-05")
    file(secretary, case, "settlement", **{"f-amount": "478900"})
    file(secretary, case, "fund_report", **{"f-balanced": "yes"})
    take(secretary, case, "settle")
    notices.publicise(case, "fund_use", by=district.secretary, at=on("2021-07-06"))
    time.at = on("2021-07-14")
    check(secretary, case, "project_archive", words.ARCHIVE)
    take(secretary, case, "archive")
    assert state_of(case) == "archived"
    assert "已经办结，没有下一步。" in secretary.text


def take(desk: Desk, case: Case, act: str, note: str = "") -> None:
    """From the dossier by the act's own button, then the confirmation."""
    desk.open(f"/desk/cases/{case.code}/")
    address = f"/desk/cases/{case.code}/acts/{act}/"
    assert address in [link for link, _ in desk.links], desk.text
    desk.open(address).send(note=note)
    assert "已办理" in desk.text


def file(desk: Desk, case: Case, slot: str, **typed: object) -> None:
    desk.open(f"/desk/cases/{case.code}/").open(f"/desk/cases/{case.code}/slots/{slot}/").send(**typed)
    assert "已提交" in desk.text


def check(desk: Desk, case: Case, checklist: str, answers: dict[str, str]) -> None:
    desk.open(f"/desk/cases/{case.code}/checklists/{checklist}/")
    if not answers:
        import re

        answers = dict.fromkeys(re.findall(r'name="a-(\w+)"', desk.html), "no")
    desk.send(**{f"a-{key}": answer for key, answer in answers.items()})
    assert "已逐项核对" in desk.text
