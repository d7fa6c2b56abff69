"""What residents come for, by keyboard alone: from the first page on, without a mouse and without an address typed."""

from pathlib import Path

import pytest

from linli.demonstration.hands import notices
from linli.records.needs.models import Need
from linli.records.notices.models import Objection
from linli.rules.proof import verifier
from linli.web.shared import clock
from tests.browser import Visitor
from tests.journeys.steps import on
from tests.keyboard import KeyboardReader
from tests.web.portal.world import Street

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def street(transactional_db: None) -> Street:
    return Street()


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr(clock, "now", lambda: on(day))


def my_community(visitor: Visitor) -> KeyboardReader:
    """From the very first page, where one looks for one's community by name."""
    reader = KeyboardReader(visitor, "/")
    reader.write("社区、街道或区的名字", "南头城")
    reader.press()
    reader.go("南头城", "a")
    assert reader.page.inner_text("h1") == "南头城社区"
    return reader


def test_a_need_is_raised(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2021-03-01")
    reader = my_community(visitor)
    reader.go("提需求", "a")
    reader.write("希望解决什么", "楼道灯坏了，晚上看不见台阶")
    reader.write("在什么地方", "三栋二单元")
    reader.write("联系电话", "13800138000")
    reader.go("提交", "button")
    need = Need.objects.get()
    assert need.what == "楼道灯坏了，晚上看不见台阶"
    assert need.code in reader.said
    assert reader.tabs <= 60


def test_a_notice_is_read(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notices.publicise(street.on_notice(), "evaluation", by=street.team.secretary, at=on("2021-04-08"))
    at(monkeypatch, "2021-04-13")
    reader = my_community(visitor)
    reader.go(notice.contents.get().title, "a")
    assert reader.page.inner_text("h1") == "三巷路灯：评议结果公示"
    reader.skip()
    reader.open("依据")
    assert "公示" in reader.page.locator("details.clause[open] .clause-body").first.inner_text()
    assert reader.tabs <= 60


def test_an_objection_is_made_to_a_notice(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notices.publicise(street.on_notice(), "evaluation", by=street.team.secretary, at=on("2021-04-08"))
    at(monkeypatch, "2021-04-13")
    reader = my_community(visitor)
    reader.go("提异议", "a")
    reader.write("您不同意什么，为什么", "灯杆挡住我家的门")
    reader.go("提交异议", "button")
    objection = Objection.objects.get()
    assert (objection.notice, objection.statement.text, objection.channel) == (notice, "灯杆挡住我家的门", "online")
    assert objection.shown_code in reader.said
    assert reader.tabs <= 60


def test_it_is_found_where_the_money_went(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    street.archived()
    at(monkeypatch, "2021-07-20")
    reader = my_community(visitor)
    reader.go("给了哪些项目", "a")
    assert reader.page.inner_text("h1") == "钱的去向"
    assert "486,500.00" in reader.said
    reader.go("三巷路灯", "a")
    assert reader.page.inner_text("h1") == "三巷路灯"
    assert "47.89 万元" in reader.page.inner_text("#money + .card")
    assert reader.tabs <= 60


def test_an_archive_is_downloaded(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    street.archived()
    at(monkeypatch, "2021-07-20")
    reader = my_community(visitor)
    reader.go("三巷路灯", "a")
    reader.go("自己核对", "a")
    reader.download("下载全部档案").save_as(tmp_path / "archive.zip")
    report = verifier.check(tmp_path / "archive.zip")
    assert (report.fault, report.papers > 0) == (None, True)
    assert reader.tabs <= 60
