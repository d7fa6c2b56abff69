"""The desk in a real browser: open to everyone, nothing sticks out, at three widths and in both languages."""

from collections.abc import Sequence

import pytest

from linli.demonstration.hands import meetings, notices, papers, words
from linli.records.cases.models import Case
from linli.records.duties.services import plan_obligations
from linli.records.needs.services import adopt_need, raise_need, verify_need
from linli.records.rulebook.selectors import rules_at
from linli.records.rulebook.services import ask_exception
from tests.browser import WIDTHS, Visitor, axe_clean, no_sideways_scroll, screenshot, sign_in_as, turn_to
from tests.journeys.steps import District, on, step
from tests.remembered import remembered_class
from tests.web.desk.cases.office import Clock, account_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@remembered_class
class Lamps:
    """A project in the middle of its life: voted on, its notice up, over the ceiling of its type."""

    def __init__(self) -> None:
        self.team = District()
        self.case = _half_way(self.team)


def _half_way(team: District) -> Case:
    plan = words.plan("安装 18 盏路灯，加灯罩", "三巷", 486_500, type="service")
    need = raise_need(place=team.place, data=words.need("巷子里没有路灯", "三巷"), by=team.residents[0], at=on("2021-03-01"))
    verify_need(need=need, findings="无照明", real=True, by=team.committee, at=on("2021-03-03"))
    for number in range(4):
        raise_need(
            place=team.place,
            data=words.need(f"路灯坏了 {number}", f"{number} 巷"),
            by=team.residents[number],
            at=on("2021-03-02"),
        )
    case = team.project("三巷路灯", on("2021-03-08"))
    adopt_need(need=need, subject=case.subject, by=team.secretary, at=on("2021-03-08"))
    forum = meetings.call_forum(team, case, at=on("2021-03-09"), held=on("2021-03-12", 19))
    meetings.hold_forum(team, forum, team.residents[5:9], at=on("2021-03-12", 19))
    papers.fill(case, "project_plan", {**plan, "budget": "490000"}, by=team.secretary, at=on("2021-03-14"))
    papers.fill(case, "project_plan", plan, by=team.secretary, at=on("2021-03-15"))
    step(case, "design", team.secretary, on("2021-03-15"))
    papers.selection(case, by=team.secretary, at=on("2021-03-17"))
    step(case, "select", team.secretary, on("2021-03-17"))
    papers.check_scope(case, by=team.secretary, at=on("2021-03-18"))
    step(case, "submit_for_evaluation", team.secretary, on("2021-03-19"))
    meeting = meetings.call_council(team, case, at=on("2021-03-22"), held=on("2021-03-29", 19))
    meetings.vote(team, meeting, team.members[:9], against=1, at=on("2021-03-29", 19))
    meetings.write_up(team, meeting, "同意 8 票。", team.members[:2], at=on("2021-03-30"))
    papers.fill(case, "interest_form", words.interests(), by=team.secretary, at=on("2021-03-31"))
    step(case, "evaluate", team.secretary, on("2021-03-31"))
    notices.publicise(case, "evaluation", by=team.secretary, at=on("2021-04-08"))
    ask_exception(
        subject=case.subject,
        excuses="project_cap",
        by=team.deputy,
        at=on("2021-04-09"),
        reason="路段长，少了照不亮",
        up_to=60_000_000,
    )
    plan_obligations(place=team.place, year=2021, rules=rules_at(team.place), at=on("2021-01-05"))
    return case


@pytest.fixture
def street(transactional_db: None, time: Clock) -> Lamps:
    time.at = on("2021-04-13")
    return Lamps()


@pytest.fixture
def district(street: Lamps) -> District:
    return street.team


@pytest.fixture
def lamps(street: Lamps) -> Case:
    return street.case


def pages(case: Case) -> dict[str, str]:
    here = f"/desk/cases/{case.code}/"
    return {
        "todo": "/desk/",
        "messages": "/desk/messages/",
        "cases": "/desk/cases/",
        "new": "/desk/cases/new/",
        "dossier": here,
        "act-shut": f"{here}acts/determine/",
        "act": f"{here}acts/send_back/",
        "form": f"{here}forms/project_plan/",
        "form-open": f"{here}forms/interest_form/",
        "checklist": f"{here}checklists/project_archive/",
        "slot": f"{here}slots/selection/",
        "slot-notice": f"{here}slots/evaluation_notice/",
        "slot-contract": f"{here}slots/contract/",
        "needs": f"{here}needs/",
        "exceptions": f"{here}exceptions/?excuses=project_cap",
        "holds": f"{here}holds/",
        "obligations": "/desk/obligations/",
        "settings": "/desk/settings/",
        "setting": "/desk/settings/notice_days/?key=evaluation",
    }


MAIN = ("todo", "dossier", "act", "form", "form-open", "checklist", "slot-contract", "exceptions", "setting")


def look(
    visitor: Visitor, case: Case, person: object, widths: Sequence[int], language: str, names: Sequence[str] = (), **how: bool
) -> None:
    page = visitor.open("/sign-in/", language=language, **how)
    sign_in_as(page, account_of(person), visitor.server)  # type: ignore[arg-type]
    for name, address in pages(case).items():
        if names and name not in names:
            continue
        page.goto(visitor.server + address)
        assert page.locator("h1").count() == 1, name
        mark = "".join(f"-{key}" for key, on_ in how.items() if on_)
        for width in widths:
            turn_to(page, width)
            # axe is itself a script: it cannot look at a page without scripts.
            if how.get("js", True):
                axe_clean(page)
            no_sideways_scroll(page)
            screenshot(page, f"desk-{name}-{width}-{language}{mark}")


def test_the_desk_is_open_to_everyone(visitor: Visitor, district: District, lamps: Case) -> None:
    look(visitor, lamps, district.secretary, WIDTHS, "zh-hans")


def test_the_desk_is_open_to_everyone_in_english(visitor: Visitor, district: District, lamps: Case) -> None:
    look(visitor, lamps, district.secretary, (768,), "en", MAIN)


def test_the_desk_is_open_to_everyone_in_large_print_and_dark(visitor: Visitor, district: District, lamps: Case) -> None:
    look(visitor, lamps, district.secretary, (390,), "zh-hans", MAIN, large=True, dark=True)


def test_offices_above_see_the_desk_as_well_without_scripts(visitor: Visitor, district: District, lamps: Case) -> None:
    look(visitor, lamps, district.civil, (1440,), "zh-hans", MAIN, js=False)


def test_the_whole_way_to_an_act_is_taken_by_keyboard(visitor: Visitor, district: District, lamps: Case) -> None:
    """From the dossier to the act and back without a mouse; what can be done now comes before what was."""
    page = visitor.open("/sign-in/")
    sign_in_as(page, account_of(district.secretary), visitor.server)
    page.goto(f"{visitor.server}/desk/cases/{lamps.code}/")
    stops = "[...document.querySelectorAll('main a[href], main button, main summary')]"
    order = page.evaluate(f"{stops}.map(one => one.innerText.trim())")
    assert order.index("退回修改") < order.index("遴选结果")
    page.get_by_role("link", name="退回修改").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/acts/send_back/")
    page.get_by_label("理由").fill("再想想位置")
    page.get_by_role("button", name="确认：退回修改").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{lamps.code}/")
    assert "已办理“退回修改”，现在是“拟议”" in page.inner_text("main")
