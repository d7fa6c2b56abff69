"""An experimental zone of Jilin, clicked through at three desks: the county's, the prefecture's, the province's.

Every page is the desk's own; every gate is read from `packs/jilin`. The places are real, the people made up (演示).
"""

from datetime import date

import pytest

from linli.demonstration.hands import zones
from linli.demonstration.pictures import picture
from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.duties.selectors import duties_of
from linli.records.duties.services import plan_beneath
from linli.records.evidence.selectors import filling_history
from linli.records.rulebook.models import Passage
from tests.journeys.steps import on
from tests.journeys.zone_cast import Jilin
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db


class Zone:
    """The matter, and the desks it goes over."""

    def __init__(self, time: Clock) -> None:
        self.time, self.jilin = time, Jilin()
        self.party, self.county = Desk(self.jilin.party), Desk(self.jilin.government)
        self.prefecture, self.province = Desk(self.jilin.city_civil), Desk(self.jilin.provincial)
        self.case: Case

    def at(self, day: str, hour: int = 10) -> None:
        self.time.at = on(day, hour)

    def page(self, rest: str = "", case: Case | None = None) -> str:
        return f"/desk/cases/{(case or self.case).code}/{rest}"

    def begin(self, desk: Desk, procedure: str, title: str) -> Case:
        desk.open("/desk/cases/new/").send(procedure=procedure, title=title, year="")
        return Case.objects.latest("pk")

    def inside(self, desk: Desk, procedure: str, title: str) -> Case:
        desk.open(self.page(f"children/{procedure}/")).send(title=title)
        return Case.objects.latest("pk")

    def fill(self, desk: Desk, form: str, data: dict[str, object], case: Case | None = None, status: int = 302) -> None:
        desk.open(self.page(f"forms/{form}/", case)).send(status=status, **zones.posted(data))

    def check(self, desk: Desk, checklist: str, **differs: str) -> None:
        desk.open(self.page(f"checklists/{checklist}/"))
        boxes = {name for name in desk.filled() if name.startswith("a-")} or set(_boxes(desk.html))
        why = {f"r-{key}": "演示：核对所见" for key in differs}
        desk.send(**{box: differs.get(box.removeprefix("a-"), "yes") for box in boxes}, **why)

    def file(self, desk: Desk, slot: str, case: Case | None = None, **typed: object) -> None:
        desk.open(self.page(f"slots/{slot}/", case)).send(**typed)

    def take(self, desk: Desk, act: str, case: Case | None = None, note: str = "") -> str:
        desk.open(self.page(f"acts/{act}/", case)).send(note=note)
        return state_of(case or self.case)

    def refused(self, desk: Desk, act: str, case: Case | None = None, note: str = "-") -> str:
        """What the page answers; nothing has moved."""
        before = state_of(case or self.case)
        desk.open(self.page(f"acts/{act}/", case)).send(status=409, note=note)
        assert state_of(case or self.case) == before
        return desk.text


def _boxes(html: str) -> list[str]:
    import re

    return re.findall(r'name="(a-\w+)"', html)


def state_of(case: Case) -> str:
    return Passage.objects.get(pk=case.passage_id).state


@pytest.fixture
def zone(db: None, monkeypatch: pytest.MonkeyPatch) -> Zone:
    return Zone(Clock.stopped(monkeypatch, on("2019-07-01")))


@pytest.mark.requirement("S4-45", "S4-47", "S4-48", "S4-53", "S4-54", "S4-58", "S4-60", how="refuses")
@pytest.mark.requirement("S4-63", "S4-66", "S4-67", "S4-73", how="refuses")
@pytest.mark.requirement("S4-57", "S4-61", "S4-64", how="due")
@pytest.mark.requirement("S4-46", "S4-49", "S4-50", "S4-59", "S4-68", how="kept")
def test_a_county_becomes_a_zone_with_a_title(zone: Zone) -> None:
    the_county_writes_its_application(zone)
    party_committee_and_government_apply_together(zone)
    the_prefecture_reviews_and_reports(zone)
    the_experts_review_and_the_province_confirms(zone)
    the_zone_begins_and_its_two_years_run(zone)
    nothing_changes_without_approval(zone)
    while_it_is_stopped_nothing_is_owed(zone)
    more_time_is_asked_for_and_granted(zone)
    the_results_are_held_against_the_plan(zone)
    the_title_is_given_and_the_zone_recommended(zone)


# --- application --------------------------------------------------------------------------------------------------------
def the_county_writes_its_application(zone: Zone) -> None:
    """A letter with its reasons, and a plan in four parts: 2,999 characters are too few, and the page says how many there are."""
    zone.case = zone.begin(zone.county, "experimental_zone", "演示·小区议事实验区")
    assert (zone.case.place_id, zone.case.code, state_of(zone.case)) == ("220102", "NG-2019-0001", "drafted")
    zone.fill(zone.county, "application_form", zones.application(zone.jilin.county))
    zone.fill(zone.county, "application_letter", zones.letter())
    zone.fill(zone.county, "zone_plan", zones.plan(2999), status=422)
    assert "全文至少 3000 字（不计空格），现在 2999 字" in zone.county.text
    assert "2,999 / 3,000 字" in zone.county.text
    zone.fill(zone.county, "zone_plan", {**zones.plan(2999), "draft": "1"})
    assert "实验方案字数：2999（不少于 3000）" in zone.refused(zone.county, "submit")
    zone.fill(zone.county, "zone_plan", zones.plan(3000))


def party_committee_and_government_apply_together(zone: Zone) -> None:
    assert "须共同办理，还缺区（县、市）委签署" in zone.county.open(zone.page("acts/submit/")).text
    assert zone.take(zone.county, "submit") == "drafted"
    zone.at("2019-07-02")
    assert zone.take(zone.party, "submit") == "submitted"
    zone.county.open(zone.page("forms/zone_plan/"))
    assert "已经锁定" in zone.county.text


def the_prefecture_reviews_and_reports(zone: Zone) -> None:
    """It hears of it at its own desk, weighs it, and reports it with three copies by the last day of September."""
    zone.at("2019-08-20")
    assert f"{zone.case.code} 演示·小区议事实验区：提出申请" in zone.prefecture.open("/desk/").text
    assert zone.case.title in zone.prefecture.open("/desk/cases/").text
    assert "由市（州）民政局办" in zone.refused(zone.province, "review")
    zone.check(zone.prefecture, "base_conditions")
    zone.check(zone.prefecture, "plan_review", rushed="no", national="no")
    zone.fill(zone.prefecture, "prefecture_opinion", zones.opinion(recommends=False))
    assert "是否同意上报" in zone.refused(zone.prefecture, "review")
    zone.fill(zone.prefecture, "prefecture_opinion", zones.opinion())
    assert zone.take(zone.prefecture, "review") == "recommended"

    zone.file(zone.prefecture, "materials", **{"f-copies": "2", "f-electronic": "yes"})
    assert "少于" in zone.refused(zone.prefecture, "report")
    zone.file(zone.prefecture, "materials", **{"f-copies": "3", "f-electronic": "yes"})
    zone.at("2019-10-01")
    assert "2019年9月30日" in zone.refused(zone.prefecture, "report")
    zone.at("2019-09-30")
    assert zone.take(zone.prefecture, "report") == "reported"


# --- review and confirmation --------------------------------------------------------------------------------------------
def the_experts_review_and_the_province_confirms(zone: Zone) -> None:
    zone.at("2019-10-30")
    jilin, case = zone.jilin, zone.case
    zones.review(
        session="expert_review",
        case=case,
        slot="expert_review",
        host=jilin.provincial,
        province=jilin.province,
        experts=jilin.experts,
        against=1,
        called=on("2019-10-21"),
        held=on("2019-10-30"),
    )
    assert zone.case.title in zone.province.open("/desk/cases/").text
    assert zone.take(zone.province, "expert_review") == "appraised"
    zone.at("2019-11-15")
    assert "确认文件" in zone.refused(zone.province, "confirm")
    zone.file(zone.province, "confirmation", summary="演示：吉民函〔2019〕1号")
    assert "由省民政厅办" in zone.refused(zone.prefecture, "confirm")
    assert zone.take(zone.province, "confirm") == "confirmed"
    assert zone.case.title in zone.county.open("/desk/").text


# --- two years ----------------------------------------------------------------------------------------------------------
def the_zone_begins_and_its_two_years_run(zone: Zone) -> None:
    """The final report is due two years after the document of confirmation; plans and summaries every year."""
    zone.at("2019-12-02")
    assert "2021年11月15日" in zone.county.open(zone.page()).text
    papers = {"implementation_plan": picture("实施计划", 1), "work_plan": picture("工作方案", 2)}
    zone.fill(zone.county, "zone_start", {**zones.start(), **papers})
    assert zone.take(zone.county, "begin") == "running"
    (duty,) = owed(zone.case)
    assert (duty.office, duty.place_id, duty.due_on, duty.clause) == (
        "district.government",
        "220102",
        date(2021, 11, 15),
        "S4 §4.3.7",
    )

    plan_beneath(place=zone.jilin.province, year=2020, at=on("2020-01-02"))
    zone.at("2020-03-20")
    assert "上报年度实验计划" in zone.county.open("/desk/").text
    zone.fill(zone.county, "yearly_plan", zones.year_plan(2020))
    assert zone.take(zone.county, "report_year_plan") == "running"
    assert not Duty.objects.filter(source_key="yearly_plan:2020", done_at=None).exists()
    zone.at("2020-12-20")
    duty = Duty.objects.get(source_key="yearly_summary:2020", done_at=None)
    drafted = str(zone.county.open(f"/desk/obligations/{duty.pk}/").filled()["note"])
    assert "南关区 2020-01-01 至 2020-12-20，共 1 项。" in drafted
    assert f"“演示·小区议事实验区”（{zone.case.code}）：现在是“实验中”；办理 03-20 上报年度实验计划。" in drafted
    zone.fill(zone.county, "yearly_summary", {**zones.year_summary(2020), "truthful": "no"})
    assert "实事求是" in zone.refused(zone.county, "report_year_summary")
    zone.fill(zone.county, "yearly_summary", zones.year_summary(2020))
    assert zone.take(zone.county, "report_year_summary") == "running"
    assert "上报年度总结" in zone.province.open("/desk/").text


def nothing_changes_without_approval(zone: Zone) -> None:
    """What has begun already is refused; what the province approves becomes the plan, and the one before it stays."""
    zone.at("2021-01-11")
    change = zone.inside(zone.county, "zone_change", "演示·试点推后")
    zone.fill(zone.county, "change_request", zones.change(begun=True), change)
    zone.fill(zone.county, "zone_plan", zones.plan(3200, theme="小区议事与社区减负（调整）"), change)
    assert "批准前不得先行变更" in zone.refused(zone.county, "ask", change)
    zone.fill(zone.county, "change_request", zones.change(), change)
    assert zone.take(zone.county, "ask", change) == "asked"
    assert "尚未办结的变更申请" in zone.refused(zone.county, "report_finally")

    zone.at("2021-01-20")
    assert "省民政厅批复" in zone.refused(zone.province, "approve", change)
    zone.file(zone.province, "answer", change, summary="演示：同意调整进度")
    assert "由省民政厅办" in zone.refused(zone.county, "approve", change)
    assert zone.take(zone.province, "approve", change) == "approved"
    plans = filling_history(zone.case.subject, "zone_plan")
    assert [(each.data["theme"], each.locked_at is not None) for each in plans][-2:] == [
        ("小区议事与社区减负", True),
        ("小区议事与社区减负（调整）", True),
    ]


def while_it_is_stopped_nothing_is_owed(zone: Zone) -> None:
    """A suspension stops the days; when the zone goes on, they go on where they stood."""
    plan_beneath(place=zone.jilin.province, year=2021, at=on("2021-01-21"))
    zone.at("2021-02-01")
    stop = zone.inside(zone.county, "zone_change", "演示·中止实验")
    zone.fill(zone.county, "change_request", zones.change("suspension"), stop)
    zone.take(zone.county, "ask_to_stop", stop)
    zone.file(zone.province, "answer", stop, summary="演示：同意中止")
    assert zone.take(zone.province, "suspend", stop) == "suspended"
    assert owed(zone.case) == []
    assert not Duty.objects.filter(source_key="yearly_plan:2021", done_at=None).exists()
    assert "停着，期限不走" in zone.county.open(zone.page()).html
    assert "已被叫停" in zone.refused(zone.county, "report_progress")

    zone.at("2021-03-03")
    assert zone.take(zone.province, "resume", stop) == "resumed"
    (duty,) = owed(zone.case)
    assert duty.due_on == date(2021, 12, 15)  # 30 days later than before
    assert Duty.objects.get(source_key="yearly_plan:2021", done_at=None).due_on == date(2021, 3, 31)
    assert "12月15日" in zone.county.open(zone.page()).text


def more_time_is_asked_for_and_granted(zone: Zone) -> None:
    zone.at("2021-09-01")
    longer = zone.inside(zone.county, "zone_extension", "演示·延期")
    zone.fill(zone.county, "extension_request", zones.more_time(18), longer)
    zone.take(zone.county, "ask", longer)
    zone.at("2021-09-10")
    zone.file(zone.province, "answer", longer, summary="演示：批复")
    assert "12" in zone.refused(zone.province, "grant", longer)
    assert zone.take(zone.province, "refuse", longer, note="申请的时间过长") == "refused"

    longer = zone.inside(zone.county, "zone_extension", "演示·再次申请延期")
    zone.fill(zone.county, "extension_request", zones.more_time(6), longer)
    zone.take(zone.county, "ask", longer)
    zone.file(zone.province, "answer", longer, summary="演示：同意延期六个月")
    assert zone.take(zone.province, "grant", longer) == "granted"
    assert [duty.due_on for duty in owed(zone.case)] == [date(2022, 6, 15)]
    assert "已顺延 6 个月" in zone.county.open(zone.page()).html


# --- acceptance and title -----------------------------------------------------------------------------------------------
def the_results_are_held_against_the_plan(zone: Zone) -> None:
    zone.at("2022-06-10")
    zone.fill(zone.county, "final_report", zones.final_report())
    assert zone.take(zone.county, "report_finally") == "final"
    assert owed(zone.case) == []

    jilin, case = zone.jilin, zone.case
    zone.at("2022-06-30")
    zones.review(
        session="acceptance_review",
        case=case,
        slot="acceptance",
        host=jilin.provincial,
        province=jilin.province,
        experts=jilin.experts,
        called=on("2022-06-20"),
        held=on("2022-06-30"),
    )
    zone.check(zone.province, "acceptance_against_plan", tasks="no")
    zone.file(zone.province, "satisfaction", **{"f-respondents": "200", "f-satisfied_share": "92%"})
    assert "基本任务已完成" in zone.refused(zone.province, "accept")
    zone.check(zone.province, "acceptance_against_plan")
    assert zone.take(zone.province, "accept") == "accepted"


def the_title_is_given_and_the_zone_recommended(zone: Zone) -> None:
    zone.at("2022-09-01")
    assert "授予称号文件" in zone.refused(zone.province, "award")
    zone.check(zone.province, "title_conditions")
    zone.file(zone.province, "award", summary="演示：授牌文件")
    assert zone.take(zone.province, "award") == "titled"
    zone.file(zone.province, "recommendation", summary="演示：推荐函")
    assert zone.take(zone.province, "recommend") == "put_forward"
    assert "推荐申报国家级实验区" in zone.county.open(zone.page()).text


# --- a prefecture, and a place on the national list ---------------------------------------------------------------------
@pytest.mark.requirement("S4-51", how="refuses")
def test_a_prefecture_applies_only_with_what_is_high_and_hard_and_never_reviews_itself(zone: Zone) -> None:
    city, party = Desk(zone.jilin.city_government), Desk(zone.jilin.city_party)
    zone.case = zone.begin(city, "experimental_zone", "演示·全市社区减负")
    assert zone.case.place_id == "2201"
    zone.fill(city, "application_form", zones.application(zone.jilin.prefecture, kind="prefecture"))
    zone.fill(city, "application_letter", zones.letter())
    zone.fill(city, "zone_plan", {**zones.plan(3000, prefecture=True), "hard": "no"})
    zone.file(city, "materials", **{"f-copies": "3", "f-electronic": "yes"})
    assert "由区（县、市）提出申请" in zone.refused(city, "submit")
    assert "实施难度大" in zone.refused(city, "report_as_prefecture")
    zone.fill(city, "zone_plan", zones.plan(3000, prefecture=True))
    zone.at("2019-10-01")
    assert "2019年9月30日" in zone.refused(city, "report_as_prefecture")
    zone.at("2019-09-29")
    assert zone.take(party, "report_as_prefecture") == "drafted"
    assert zone.take(city, "report_as_prefecture") == "reported"
    # Its own civil affairs has nothing to decide: the experts of the province do.
    assert "请先办完前面的步骤" in zone.refused(zone.prefecture, "review")
    assert zone.case.title in zone.province.open("/desk/cases/").text


@pytest.mark.requirement("S4-52", how="refuses")
def test_a_place_on_the_national_list_does_not_apply_again(zone: Zone) -> None:
    zone.case = zone.begin(zone.county, "experimental_zone", "演示·再次申报")
    zone.fill(zone.county, "application_form", zones.application(zone.jilin.county, national=True))
    zone.fill(zone.county, "application_letter", zones.letter())
    zone.fill(zone.county, "zone_plan", zones.plan(3000))
    assert "是否已被民政部列为全国实验区" in zone.refused(zone.county, "submit")


def test_nobody_of_another_county_learns_of_the_draft(zone: Zone) -> None:
    zone.case = zone.begin(zone.county, "experimental_zone", "演示·草稿")
    Desk(zone.jilin.neighbour).open(zone.page(), status=404)
    zone.prefecture.open(zone.page())
    zone.province.open(zone.page())


def owed(case: Case) -> list[Duty]:
    return [duty for duty in duties_of(case.subject) if duty.done_at is None]
