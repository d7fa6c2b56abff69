"""Intake, meetings, notices and rules in a real browser: open to everyone at three widths, and by keyboard alone."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.demonstration.hands import meetings, notices, papers, words
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.meetings import services as meeting_room
from linli.records.meetings.models import Meeting
from linli.records.needs.models import ImportBatch, Need
from linli.records.needs.services import adopt_need, import_needs, raise_need, verify_need
from linli.records.notices.models import Notice
from linli.records.notices.services import answer_objection, change_notice, raise_objection
from linli.records.people.models import Account, Household, Person
from linli.records.people.services import mark_priority, register_household
from tests.browser import WIDTHS, Visitor, axe_clean, complaints, screenshot, sign_in_as, turn_to
from tests.journeys.steps import District, on, step
from tests.remembered import remembered_class

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WISHES = (
    ("三栋楼道的灯坏了，老人晚上下楼看不清", "南头古城三栋"),
    ("三栋楼道灯坏了两个月，没有人修", "南头古城三栋 2 单元"),
    ("巷口积水，雨后一周都不干，孩子上学要绕路", "中山东街 12 号前"),
    ("健身角的器材松了，怕砸到小孩", "榕树广场"),
    ("想办一次免费配老花镜的活动", "社区党群服务中心"),
)
SHEET = (
    "需求内容,地点,姓名,电话,征集日期\n"
    "楼下没有地方给电动车充电,五栋楼下,演示·王阿姨,13800000001,2021-04-02\n"
    "健身器材坏了,,演示·李伯,13800000002,2021-04-02\n"
    "想要一块晒被子的地方,六栋楼顶,演示·赵姨,1380000,四月初\n"
)


@remembered_class
class Scene:
    """A community in the middle of its work."""

    def __init__(self) -> None:
        self.team = team = District()
        self._needs()
        self._households()
        self.case = self._project()
        self.meeting, self.held = self._meetings()
        self.notice = self._notice()
        content = SHEET.encode()
        self.batch: ImportBatch = import_needs(
            place=team.place, file_name="四月入户征集.csv", content=content, by=team.secretary, at=on("2021-04-06")
        )

    def _needs(self) -> None:
        team = self.team
        for number, (what, where) in enumerate(WISHES):
            way = {"channel": "offline", "mode": "centralised"} if number % 2 else {}
            raise_need(place=team.place, data=words.need(what, where, **way), by=team.residents[number], at=on("2021-03-01"))
        self.need = Need.objects.order_by("pk")[0]
        verified = Need.objects.order_by("pk")[2]
        verify_need(
            need=verified, findings="雨后到现场看，积水约 4 厘米，排水口堵了。", real=True, by=team.secretary, at=on("2021-03-03")
        )

    def _households(self) -> None:
        team, since = self.team, date(2021, 1, 1)
        for number in range(1, 25):
            household: Household = register_household(
                place=team.place,
                label=f"{number % 6 + 1}-{100 + number}",
                address="演示路 1 号",
                since=since,
                by=team.secretary,
                at=on("2021-01-05"),
            )
            if number % 4 == 0:
                mark_priority(household=household, group="elderly_advanced", since=since, by=team.secretary, at=on("2021-01-05"))
        self.household = household

    def _project(self) -> Case:
        team = self.team
        plan = words.plan("安装 18 盏路灯，加灯罩", "三巷", 486_500, type="service")
        case = team.project("三巷路灯", on("2021-03-08"))
        verified = Need.objects.order_by("pk")[3]
        verify_need(need=verified, findings="螺丝松动，已围挡", real=True, by=team.secretary, at=on("2021-03-03"))
        adopt_need(need=verified, subject=case.subject, by=team.secretary, at=on("2021-03-08"))
        forum = meetings.call_forum(team, case, at=on("2021-03-09"), held=on("2021-03-12", 19))
        meetings.hold_forum(team, forum, team.residents[5:9], at=on("2021-03-12", 19), opinion="灯要加罩，别照进窗户。")
        papers.fill(case, "project_plan", plan, by=team.secretary, at=on("2021-03-15"))
        step(case, "design", team.secretary, on("2021-03-15"))
        papers.selection(case, by=team.secretary, at=on("2021-03-17"))
        step(case, "select", team.secretary, on("2021-03-17"))
        papers.check_scope(case, by=team.secretary, at=on("2021-03-18"))
        step(case, "submit_for_evaluation", team.secretary, on("2021-03-19"))
        open_case(
            procedure="collection_round", place=team.place, title="2021 年度需求征集", by=team.secretary, at=on("2021-03-01")
        )
        return case

    def _meetings(self) -> tuple[Meeting, Meeting]:
        team = self.team
        held = meetings.call_council(team, self.case, at=on("2021-03-22"), held=on("2021-03-29", 19))
        meetings.vote(team, held, team.members[:9], against=1, at=on("2021-03-29", 19))
        meetings.write_up(
            team, held, "同意 8 票，反对 1 票。方案通过，灯罩按居民意见加装。", team.members[:2], at=on("2021-03-30")
        )
        papers.fill(self.case, "interest_form", words.interests(), by=team.secretary, at=on("2021-03-31"))
        step(self.case, "evaluate", team.secretary, on("2021-03-31"))
        other = team.project("榕树下的长椅", on("2021-03-20"))
        running = meetings.call_council(team, other, at=on("2021-04-06"), held=on("2021-04-13", 10), slot="evaluation")
        item = running.items.get()
        meeting_room.declare_interest(
            item=item, person=team.members[3], reason="长椅供货商是我表弟", by=team.members[3], at=on("2021-04-07")
        )
        meeting_room.open_meeting(meeting=running, by=team.secretary, at=on("2021-04-13"))
        for member in team.members[:10]:
            meeting_room.mark_attendance(meeting=running, person=member, by=team.secretary, at=on("2021-04-13"))
        meeting_room.put_motion(item=item, text="同意按方案实施“榕树下的长椅”", by=team.secretary, at=on("2021-04-13"))
        meeting_room.record_opinion(
            meeting=running,
            topic="无障碍",
            text="长椅旁边留出轮椅的位置。",
            owner="community.party_committee",
            speaker=team.members[1],
            due_on=date(2021, 4, 20),
            by=team.secretary,
            at=on("2021-04-13"),
        )
        return running, held

    def _notice(self) -> Notice:
        team = self.team
        notice = notices.publicise(self.case, "evaluation", by=team.secretary, at=on("2021-04-08"))
        notices.post(notice, "三巷口公告栏", by=team.secretary, at=on("2021-04-08"))
        change_notice(
            notice=notice,
            title=notice.content.title,
            body=notice.content.body + "\n同意 8 人，反对 1 人。",
            reason="补上票数",
            by=team.secretary,
            at=on("2021-04-09"),
            amount_fen=notice.content.amount_fen,
        )
        one = raise_objection(notice=notice, text="路灯太亮，会照进二楼。", at=on("2021-04-10"), contact="13800000009")
        answer_objection(
            objection=one, verdict="partly", reason="改用带罩灯头，二楼侧加遮光板。", by=team.deputy, at=on("2021-04-12")
        )
        raise_objection(notice=notice, text="为什么不先修二巷？", at=on("2021-04-12"), channel="counter")
        return notice

    @property
    def pages(self) -> Mapping[str, str]:
        code, project = self.team.place.pk, self.case.code
        return {
            "needs": "/desk/needs/",
            "need": f"/desk/needs/{self.need.code}/",
            "enter": "/desk/needs/new/",
            "slip": f"/desk/needs/{self.need.code}/slip/",
            "import": "/desk/needs/import/",
            "import-report": f"/desk/needs/import/{self.batch.pk}/",
            "coverage": f"/desk/coverage/{code}/",
            "households": f"/desk/households/{code}/",
            "household": f"/desk/households/{code}/{self.household.pk}/",
            "meetings": "/desk/meetings/",
            "meeting-kinds": "/desk/meetings/new/",
            "call": "/desk/meetings/new/?session=evaluation_session",
            "meeting": f"/desk/meetings/{self.meeting.pk}/",
            "meeting-held": f"/desk/meetings/{self.held.pk}/",
            "minutes": f"/desk/meetings/{self.held.pk}/paper/",
            "notices": "/desk/notices/",
            "notice-choose": "/desk/notices/new/",
            "publish": f"/desk/notices/new/?case={project}&point=determination",
            "notice": f"/desk/notices/{self.notice.pk}/",
            "packs": "/desk/packs/",
            "pack": "/desk/packs/nanshan/?on=2021-04-13",
            "procedure": "/desk/packs/nanshan/?procedure=micro_project&on=2021-04-13",
            "procedure-need": "/desk/packs/nanshan/?procedure=need&on=2021-04-13",
            "values": "/desk/packs/nanshan/?part=parameters&q=上限",
            "pack-forms": "/desk/packs/nanshan/?part=forms&on=2021-04-13",
            "clauses": "/desk/packs/nanshan/?part=clauses",
            "cases": "/desk/packs/nanshan/?part=cases",
            "compare": "/desk/packs/compare/?a=nanshan&a_on=2019-06-01&b=nanshan&b_on=2021-06-01",
            "try": f"/desk/packs/try/?case={project}&parameter=project_cap/service&value=400000",
        }


@pytest.fixture
def scene(transactional_db: None, time) -> Scene:
    made = Scene()
    time.turn(on("2021-04-13"))
    return made


def account_of(person: Person) -> Account:
    account, _ = Account.objects.get_or_create(person=person, defaults={"username": f"u-{person.pk.hex}"})
    return account


MAIN = ("needs", "need", "enter", "import-report", "coverage", "households", "meeting", "publish", "notice", "procedure", "try")


def look(visitor: Visitor, scene: Scene, widths: Sequence[int], language: str = "", names: object = (), **how: bool) -> None:
    page = visitor.open("/sign-in/", language=language, **how)
    sign_in_as(page, account_of(scene.team.secretary), visitor.server)
    found: list[str] = []
    for name, address in scene.pages.items():
        if names and name not in names:  # type: ignore[operator]
            continue
        page.goto(visitor.server + address)
        assert page.locator("h1").count() == 1, name
        mark = "".join(f"-{key}" for key, set_ in how.items() if set_)
        for width in widths:
            turn_to(page, width)
            screenshot(page, f"intake-{name}-{width}-{language or 'zh'}{mark}")
            found += [f"{name} at {width}: {complaint}" for complaint in complaints(page)]
            if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
                found.append(f"{name} at {width}: scrolls sideways")
    assert found == []


def test_the_pages_are_open_to_everyone(visitor: Visitor, scene: Scene) -> None:
    look(visitor, scene, WIDTHS)


def test_the_pages_are_open_to_everyone_in_english(visitor: Visitor, scene: Scene) -> None:
    look(visitor, scene, (768,), "en", MAIN)


def test_the_pages_are_open_to_everyone_in_large_print_and_dark(visitor: Visitor, scene: Scene) -> None:
    look(visitor, scene, (390,), "", MAIN, large=True, dark=True)


def test_a_need_is_entered_by_keyboard_alone_and_the_next_form_waits(visitor: Visitor, scene: Scene) -> None:
    """Type, Enter, type, Enter …: no mouse, no Tab, and the first field has the cursor again."""
    page = visitor.open("/sign-in/")
    sign_in_as(page, account_of(scene.team.secretary), visitor.server)
    page.goto(f"{visitor.server}/desk/needs/new/?channel=offline&mode=centralised")
    for number in range(3):
        assert page.evaluate("document.activeElement.name") == "what"
        before = Need.objects.count()
        for words_typed in (f"第 {number} 件：楼顶漏水", f"{number} 栋楼顶", "1-106", "演示·王阿姨", "", f"A-0{number}"):
            page.keyboard.type(words_typed)
            with page.expect_navigation() if words_typed.startswith("A-0") else _nothing():
                page.keyboard.press("Enter")
        assert Need.objects.count() == before + 1
        assert page.locator("input[name=mode]:checked").get_attribute("value") == "centralised"


class _nothing:
    def __enter__(self) -> None: ...
    def __exit__(self, *error: object) -> None: ...


def test_what_was_said_already_appears_while_typing(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open("/sign-in/")
    sign_in_as(page, account_of(scene.team.secretary), visitor.server)
    page.goto(f"{visitor.server}/desk/needs/new/")
    page.get_by_label("希望解决什么").press_sequentially("三栋楼道灯坏了")
    page.get_by_text("说法相近的需求").wait_for()
    screenshot(page, "intake-similar-1440")
    axe_clean(page)


def test_the_arithmetic_of_a_vote_follows_the_typing(visitor: Visitor, scene: Scene) -> None:
    page = visitor.open("/sign-in/")
    sign_in_as(page, account_of(scene.team.secretary), visitor.server)
    page.goto(f"{visitor.server}/desk/meetings/{scene.meeting.pk}/")
    page.get_by_label("同意", exact=False).first.press_sequentially("7")
    page.get_by_text("同意比例 7/9，须达到 2/3，已达到。").wait_for()
    screenshot(page, "intake-vote-1440")


@pytest.mark.parametrize("js", [True, False])
def test_a_file_is_imported_in_a_browser(visitor: Visitor, scene: Scene, js: bool) -> None:
    page = visitor.open("/sign-in/", js=js)
    sign_in_as(page, account_of(scene.team.secretary), visitor.server)
    page.goto(f"{visitor.server}/desk/needs/import/")
    sheet = SimpleUploadedFile("五月.csv", "需求内容,地点,姓名\n晒衣杆断了,二栋楼顶,演示·周伯\n".encode())
    page.locator("input[type=file]").set_input_files({"name": "五月.csv", "mimeType": "text/csv", "buffer": sheet.read()})
    with page.expect_navigation():
        page.get_by_role("button", name="上传并导入").click()
    assert "读了 1 行" in page.inner_text("main")
