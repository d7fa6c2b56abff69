"""Four people go their way in a real browser, in both languages, with and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from linli.demonstration.hands import notices, papers, words
from linli.records.needs.models import Need
from linli.records.people.models import Account, Person
from linli.records.trail.services import take_checkpoint
from linli.rules.proof import verifier
from linli.web.shared import clock
from tests.browser import Visitor, sign_in_as
from tests.journeys.steps import COMMUNITY, DISTRICT, need_state, officer, on, state_of, step
from tests.web.portal.world import Street

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WAYS = [("zh-hans", True), ("en", False), ("en", True), ("zh-hans", False)]
every_way = pytest.mark.parametrize(("language", "js"), WAYS)


@pytest.fixture
def street(transactional_db: None) -> Street:
    return Street()


def at(monkeypatch: pytest.MonkeyPatch, day: str, hour: int = 10) -> None:
    monkeypatch.setattr(clock, "now", lambda: on(day, hour))


def sit_down(visitor: Visitor, person: Person, language: str, js: bool) -> Page:
    page = visitor.open("/sign-in/", language=language, js=js)
    account, _ = Account.objects.get_or_create(person=person, defaults={"username": f"u-{person.pk.hex}"})
    sign_in_as(page, account, visitor.server)
    return page


def choose(page: Page, name: str, value: str) -> None:
    """In a list or among buttons, whichever the form shows."""
    if page.locator(f"select[name='{name}']").count():
        page.select_option(f"select[name='{name}']", value)
    else:
        page.check(f"input[name='{name}'][value='{value}']", force=True)


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


@every_way
def test_a_resident_raises_a_need_and_follows_it_by_its_code(
    street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, language: str, js: bool
) -> None:
    at(monkeypatch, "2021-03-01")
    page = visitor.open(f"/c/{COMMUNITY}/needs/new/", width=390, language=language, js=js)
    page.fill("[name=what]", "楼道灯坏了，晚上看不见台阶")
    page.fill("[name=where]", "三栋二单元")
    page.fill("input[type=tel]", "13800138000")
    press(page, "form[method=post] .actions button:not([name]) >> nth=-1")
    need = Need.objects.get()
    assert need.what == "楼道灯坏了，晚上看不见台阶"
    assert need.code in page.inner_text("main")
    page.goto(f"{visitor.server}/receipts/")
    page.fill("main [name=code]", need.code)
    press(page, "main form .actions button")
    assert f"/needs/{need.code}/" in page.url
    assert need.what in page.inner_text("main")


@every_way
def test_a_clerk_enters_a_need_looks_into_it_and_answers_it(
    street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, language: str, js: bool
) -> None:
    at(monkeypatch, "2021-03-01")
    page = sit_down(visitor, street.team.secretary, language, js)
    page.goto(f"{visitor.server}/desk/needs/new/?channel=offline&mode=centralised")
    page.fill("[name=what]", "健身角的器材松了")
    page.fill("[name=where]", "榕树广场")
    press(page, "form.intake button[data-sends]")
    need = Need.objects.get()
    page.goto(f"{visitor.server}/desk/needs/{need.code}/")
    page.fill("[name=verify-findings]", "螺丝松了三颗，已围起来。")
    choose(page, "verify-real", "yes")
    press(page, "form#verify .actions button:not([name])")
    assert need_state(need) == "verified"
    outcome = page.locator("[name=answer-verdict]:is(input), select[name=answer-verdict] option:not([value=''])").first
    choose(page, "answer-verdict", str(outcome.get_attribute("value")))
    page.fill("[name=answer-reason]", "螺丝当天换了新的。")
    press(page, "form#answer .actions button:not([name])")
    assert need_state(need) in ("solved", "declined")
    page.goto(f"{visitor.server}/needs/{need.code}/")
    assert "螺丝当天换了新的。" in page.inner_text("main")


@every_way
def test_the_subdistrict_takes_the_filing_of_a_project(
    street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, language: str, js: bool
) -> None:
    team, case = street.team, street.hung()
    step(case, "determine", team.secretary, on("2021-04-16", 16))
    notices.publicise(case, "determination", by=team.secretary, at=on("2021-04-19"))
    papers.fill(case, "filing_form", words.filing(case.title, "7/8"), by=team.secretary, at=on("2021-04-25"))
    step(case, "submit_filing", team.secretary, on("2021-04-26"))
    at(monkeypatch, "2021-04-28")

    page = sit_down(visitor, team.secretary, language, js)
    page.goto(f"{visitor.server}/desk/cases/{case.code}/acts/accept_filing/")
    assert page.locator("main form[method=post] .actions button").count() == 0  # who sends a filing does not take it
    page = sit_down(visitor, team.office, language, js)
    page.goto(f"{visitor.server}/desk/")
    assert case.title in page.inner_text("main")
    page.goto(f"{visitor.server}/desk/cases/{case.code}/")
    press(page, "main a[href$='/acts/accept_filing/']")
    press(page, "main form[method=post] .actions button")
    assert state_of(case) == "filed"


@every_way
def test_an_auditor_reads_the_proof_and_checks_the_archive_without_us(
    street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, language: str, js: bool
) -> None:
    case = street.archived()
    take_checkpoint(at=on("2021-07-19"))
    at(monkeypatch, "2021-07-20")
    page = sit_down(visitor, officer("auditor", DISTRICT), language, js)
    page.goto(f"{visitor.server}/desk/cases/{case.code}/")
    assert case.title in page.inner_text("h1")
    page.goto(f"{visitor.server}/projects/{case.code}/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    proof = page.request.get(f"{visitor.server}/projects/{case.code}/proof.json")
    assert (proof.status, bool(proof.json())) == (200, True)
    with page.expect_download() as coming:
        page.locator("a[href$='/archive.zip']").first.click()
    coming.value.save_as(tmp_path / "archive.zip")
    report = verifier.check(tmp_path / "archive.zip")
    assert (report.fault, report.papers > 0) == (None, True)
