"""What the offices do, by keyboard alone: they sign in, find the matter and act, without a mouse and without an address typed."""

from pathlib import Path

import pytest
import xlsxwriter

from linli.demonstration.hands import meetings, notices, papers, words
from linli.records.meetings.models import Meeting, Motion
from linli.records.needs.models import ImportBatch, Need
from linli.records.needs.services import raise_need
from linli.records.notices.models import Closing, Notice
from linli.records.notices.services import raise_objection
from linli.records.people.models import Account, Person
from linli.records.people.services import appoint
from linli.web.shared import clock
from tests.browser import Visitor
from tests.journeys.steps import on, state_of, step
from tests.keyboard import KeyboardReader
from tests.records.people.world import OTHER
from tests.web.portal.world import Street
from tests.world import place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "linli-yanshi-test"


@pytest.fixture
def street(transactional_db: None) -> Street:
    return Street()


def at(monkeypatch: pytest.MonkeyPatch, day: str, hour: int = 10) -> None:
    monkeypatch.setattr(clock, "now", lambda: on(day, hour))


def sign_in(visitor: Visitor, person: Person, room: str = "") -> KeyboardReader:
    """From the entrance of the desk, and by the ways around into one of its rooms."""
    account = Account(person=person, username="演示账号")
    account.set_password(PASSWORD)
    account.save()
    reader = KeyboardReader(visitor, "/desk/")
    reader.go("工作人员", "a")
    reader.write("账号", "演示账号")
    reader.write("密码", PASSWORD)
    reader.press()
    assert reader.page.inner_text("h1").startswith("待办")
    reader.tabs = 0
    if room:
        reader.to(room, "a")
        reader.press()
    return reader


def test_a_need_is_entered_on_behalf(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2021-03-01")
    reader = sign_in(visitor, street.team.secretary, room="需求登记")
    reader.write("希望解决什么", "健身角的器材松了")
    reader.write("在什么地方", "榕树广场")
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Control+Enter")
    need = Need.objects.get()
    assert (need.what, need.where, need.channel) == ("健身角的器材松了", "榕树广场", "offline")
    assert need.code in reader.said
    assert reader.tabs <= 40


def test_the_todo_of_one_place_is_kept_by_name(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    secretary, since = street.team.secretary, on("2021-01-04")
    appoint(person=secretary, office="party_committee", place=place(OTHER), since=since.date(), by=None, at=since)
    at(monkeypatch, "2021-03-01")
    reader = sign_in(visitor, secretary)
    reader.go(place(OTHER).short_name, "a")
    reader.open("把现在的筛选存下来")
    reader.write("名字", "那边的待办")
    reader.press()
    assert "已存为“那边的待办”" in reader.page.inner_text("body")
    assert reader.page.url.endswith(f"/desk/?place={OTHER}")
    assert reader.page.locator(".saved [aria-current=page]").all_inner_texts() == ["那边的待办"]
    assert reader.tabs <= 40


def test_many_needs_are_chosen_at_once(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, person in enumerate(street.team.residents[:3], start=1):
        wish = words.need(f"{number}号楼的楼道灯不亮", f"{number}号楼")
        raise_need(place=street.team.place, data=wish, by=person, at=on("2021-02-26"))
    at(monkeypatch, "2021-03-01")
    reader = sign_in(visitor, street.team.secretary)
    reader.to("需求登记", "a")
    reader.tab()  # the list of needs stands next to it
    reader.press()
    reader.go("成批办理", "a")
    reader.skip()
    reader.to("下面 3 条全选", "checkbox")
    reader.page.keyboard.press("Space")
    assert reader.page.locator("[name=code]:checked").count() == 3
    reader.choose("结论", "不属于民生微实事范围")
    reader.write("理由", "属于物业管理。")
    reader.go("先看看每一条行不行", "button")
    assert "选了 3 条，其中 3 条现在可以办。还没有办任何一条。" in reader.said
    assert reader.tabs <= 60


def test_a_spreadsheet_is_imported(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "三月需求.xlsx") as book:
        sheet = book.add_worksheet("需求")
        sheet.write_row(0, 0, ("需求内容", "地点", "姓名", "电话"))
        sheet.write_row(1, 0, ("三栋楼道的灯坏了", "南头古城三栋", "演示·王阿姨", ""))
        sheet.write_row(2, 0, ("广场没有长椅", "", "演示·李伯", ""))
    at(monkeypatch, "2021-03-01")
    reader = sign_in(visitor, street.team.secretary, room="需求登记")
    reader.go("用表格导入", "a", back=True)
    reader.skip()
    reader.file("需求表", str(tmp_path / "三月需求.xlsx"))
    reader.go("上传并导入", "button")
    batch = ImportBatch.objects.get()
    assert (batch.file_name, batch.rows_in, batch.accepted, batch.rejected) == ("三月需求.xlsx", 2, 1, 1)
    assert "1 行要更正" in reader.said
    assert reader.tabs <= 60


def test_a_meeting_is_called(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    street.on_notice()
    at(monkeypatch, "2021-04-13")
    reader = sign_in(visitor, street.team.secretary, room="会议")
    reader.go("通知开会", "a")
    reader.go("项目方案征求居民意见会", "a")
    reader.write("其他议题", "巷口堆放的杂物怎么清")
    reader.write("通知内容", "请附近居民来谈谈。")
    reader.write("会议名称", "巷口清理碰头会")
    reader.write("日期", "04202021", "date")
    reader.write("几点", "19:00")
    reader.write("地点", "党群服务中心二楼")
    reader.go("发出通知", "button")
    meeting = Meeting.objects.get(title="巷口清理碰头会")
    assert (meeting.state, meeting.convened_for, meeting.called_by) == ("called", on("2021-04-20", 19), street.team.secretary)
    assert reader.tabs <= 60


def test_a_resolution_is_recorded(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    team, case = street.team, street.on_notice()
    called = meetings.call_council(team, case, at=on("2021-04-09"), held=on("2021-04-13", 19), slot="evaluation")
    at(monkeypatch, "2021-04-13", 19)
    reader = sign_in(visitor, team.secretary, room="会议")
    reader.go(called.title, "a")
    reader.go("会议开始", "button")
    reader.go("先全部勾上", "a")
    for person in team.members[9:]:
        reader.untick(person.name)
    reader.go("保存到会", "button")
    reader.write("动议内容", "同意实施本项目方案")
    reader.go("提出动议", "button")
    reader.write("同意", "7")
    reader.write("反对", "2")
    reader.go("票数记下", "button")
    motion = Motion.objects.get(item__meeting=called)
    assert (motion.text, motion.votes_for, motion.votes_against, motion.votes_abstain) == ("同意实施本项目方案", 7, 2, 0)
    assert called.attendances.filter(present_at__isnull=False).count() == 9
    assert reader.tabs <= 70


def test_a_notice_is_published(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    case = street.on_notice()
    at(monkeypatch, "2021-04-08")
    reader = sign_in(visitor, street.team.secretary, room="公示")
    reader.go("发布公示", "a")
    reader.go("评议结果公示", "a")
    reader.write("标题", "三巷路灯：评议结果")
    reader.write("内容", "到会八人，同意七人，反对一人。")
    reader.go("发布，开始计时", "button")
    notice = Notice.objects.get(point="evaluation")
    assert (notice.contents.get().title, notice.subject_id, str(notice.ends_on)) == (
        "三巷路灯：评议结果",
        str(case.pk),
        "2021-04-15",
    )
    assert reader.tabs <= 60


def test_a_gate_is_passed(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    team, case = street.team, street.hung()
    step(case, "determine", team.secretary, on("2021-04-16", 16))
    notices.publicise(case, "determination", by=team.secretary, at=on("2021-04-19"))
    papers.fill(case, "filing_form", words.filing(case.title, "7/8"), by=team.secretary, at=on("2021-04-25"))
    step(case, "submit_filing", team.secretary, on("2021-04-26"))
    at(monkeypatch, "2021-04-28")
    reader = sign_in(visitor, team.office)
    reader.go("去办理 NS-2021-0001 三巷路灯", "a")
    reader.go("备案", "a")
    reader.go("确认", "button")
    assert state_of(case) == "filed"
    assert reader.tabs <= 60


def test_an_objection_is_answered(street: Street, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    notice = notices.publicise(street.on_notice(), "evaluation", by=street.team.secretary, at=on("2021-04-08"))
    objection = raise_objection(notice=notice, text="灯杆挡住我家的门", at=on("2021-04-13", 21))
    at(monkeypatch, "2021-04-14")
    reader = sign_in(visitor, street.team.committee, room="公示")
    reader.go("三巷路灯：评议结果公示", "a")
    reader.skip()
    reader.open("答复这一条")
    reader.choose("异议是否成立", "成立")
    reader.write("理由", "已把 6 号灯杆移开 3 米。")
    reader.go("答复", "button")
    closing = Closing.objects.get(objection=objection)
    assert (closing.verdict, closing.reason) == ("upheld", "已把 6 号灯杆移开 3 米。")
    assert "已把 6 号灯杆移开 3 米。" in reader.said
    assert reader.tabs <= 60
