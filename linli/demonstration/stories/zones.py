"""Experimental zones of Jilin: one with its title, one under way, one turned down since it is on the national list."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime

from linli.demonstration.days import moment
from linli.demonstration.hands import papers, zones
from linli.demonstration.pictures import picture
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.bodies.services import form_body, seat_person
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.evidence.services import store_file
from linli.records.people.models import Person
from linli.records.people.services import register_person
from linli.records.rulebook.services import set_local

Told = Generator[datetime, None, Case]  # a story that ends with its matter
PROVINCE, FIRST = "22", date(2019, 6, 3)
_SET = (
    ("expert_quorum", "3/5"),
    ("expert_pass_share", "2/3"),
    ("acceptance_pass_share", "2/3"),
    ("satisfaction_floor", "4/5"),
    ("extension_months", "12"),
    ("yearly_plan_due", "03-31"),
    ("yearly_summary_due", "12-31"),
    ("change_answer", "20 working_days"),
)
_PLAN_REVIEW = ("party_led", "residents", "aim", "innovative", "careful", "local")


@dataclass(frozen=True)
class Zone:
    """`county` and `prefecture` are what the user names begin with; `year` is that of the application."""

    key: str
    title: str
    code: str
    county: str
    prefecture: str
    year: int


def lay_out(world: World) -> Story:
    """What the province has set, and its panel of experts."""
    yield moment(FIRST, 9)
    province, by, at = world.places[PROVINCE], world.officers["jilin.civil_affairs"], moment(FIRST, 9)
    for parameter, value in _SET:
        set_local(
            place=province,
            parameter=parameter,
            value=value,
            since=date(2019, 5, 16),
            document="演示：实验区管理工作通知",
            by=by,
            at=at,
            demonstration=True,
        )
    panel = form_body(
        place=province, kind="expert_panel", name="社区治理专家组（演示）", since=FIRST, by=by, at=at, demonstration=True
    )
    for number in range(1, 6):
        expert = register_person(name=world.names.person(), kind="staff", by=by, at=at, demonstration=True)
        seat_person(body=panel, person=expert, seat="expert", since=FIRST, by=by, at=at)
        world.officers[f"jilin.expert{number}"] = expert


def titled(world: World) -> Story:
    """Applied for in 2019, confirmed, two years and half a year more, accepted, given its title, recommended upward."""
    zone = Zone("zone_titled", "小区议事实验区", "220102", "nanguan", "changchun", 2019)
    case = yield from _apply(world, zone)
    yield from _confirm(world, zone, case)
    yield from _begin(world, zone, case)
    for year in (2020, 2021):
        yield from _year(world, zone, case, year)
    yield from _longer(world, zone, case)
    yield from _close(world, zone, case)


def under_way(world: World) -> Story:
    """Confirmed last year; this year's plan is handed in, and a change of schedule waits for the province."""
    year = world.days.year - 1
    zone = Zone("zone_running", "社区减负增效实验区", "220104", "chaoyang", "changchun", year)
    case = yield from _apply(world, zone)
    yield from _confirm(world, zone, case)
    yield from _begin(world, zone, case)
    yield moment(date(year + 1, 3, 18), 10)
    by, at = _office(world, zone, "government"), moment(date(year + 1, 3, 18), 10)
    papers.fill(case, "yearly_plan", zones.year_plan(year + 1), by=by, at=at)
    take_act(case=case, act="report_year_plan", by=by, at=at)
    day = date(year + 1, 9, 7)
    yield moment(day, 10)
    change = open_case(
        procedure="zone_change", place=case.place, title=f"{case.title}：调整进度", by=by, at=moment(day), parent=case
    )
    papers.fill(change, "change_request", {**zones.change(), "from_day": day.isoformat()}, by=by, at=moment(day))
    papers.fill(change, "zone_plan", zones.plan(3_120, theme="社区减负增效"), by=by, at=moment(day))
    take_act(case=change, act="ask", by=by, at=moment(day, 15))
    world.cases["zone_change"] = change


def on_national_list(world: World) -> Story:
    """The form says it is not on the national list; the prefecture finds that it is."""
    year = world.days.year - 1
    zone = Zone("zone_refused", "网格服务实验区", "220204", "chuanying", "jilinshi", year)
    case = yield from _apply(world, zone, reviewed=False)
    day = date(year, 8, 21)
    yield moment(day, 10)
    reason = "经核对，该区已被民政部列为全国实验区，不再申报省级实验区。"
    take_act(case=case, act="decline", by=world.officers["jilinshi.civil_affairs"], at=moment(day, 10), note=reason)


def _apply(world: World, zone: Zone, *, reviewed: bool = True) -> Told:
    day = date(zone.year, 7, 8)
    yield moment(day, 9)
    government, place = _office(world, zone, "government"), world.places[zone.code]
    at = moment(day, 9)
    case = open_case(
        procedure="experimental_zone", place=place, title=f"{zone.title}（演示）", by=government, at=at, demonstration=True
    )
    world.cases[zone.key] = case
    papers.fill(case, "application_form", zones.application(place), by=government, at=at)
    papers.fill(case, "application_letter", zones.letter(), by=government, at=at)
    papers.fill(case, "zone_plan", zones.plan(3_080, theme=zone.title), by=government, at=at)
    take_act(case=case, act="submit", by=government, at=moment(day, 10))
    take_act(case=case, act="submit", by=_office(world, zone, "party_committee"), at=moment(day, 11))
    if reviewed:
        yield moment(date(zone.year, 8, 26), 10)
        _review(world, zone, case, moment(date(zone.year, 8, 26), 10))
    return case


def _review(world: World, zone: Zone, case: Case, at: datetime) -> None:
    by = world.officers[f"{zone.prefecture}.civil_affairs"]
    papers.answer(case, "base_conditions", dict.fromkeys(("leaders", "base", "team", "innovation"), "yes"), by=by, at=at)
    answers = {**dict.fromkeys(_PLAN_REVIEW, "yes"), "rushed": "no", "national": "no"}
    papers.answer(case, "plan_review", answers, by=by, at=at)
    papers.fill(case, "prefecture_opinion", zones.opinion(), by=by, at=at)
    take_act(case=case, act="review", by=by, at=at)
    papers.put(case, "materials", "submission", copies=3, electronic=True, by=by, at=at, summary="纸质三份、光盘一张")
    take_act(case=case, act="report", by=by, at=at)


def _confirm(world: World, zone: Zone, case: Case) -> Story:
    held, day = date(zone.year, 10, 24), date(zone.year, 11, 15)
    yield moment(date(zone.year, 10, 14), 9)
    _panel(world, case, "expert_review", "expert_review", moment(date(zone.year, 10, 14), 9), moment(held, 9), against=1)
    yield moment(day, 10)
    by = world.officers["jilin.civil_affairs"]
    take_act(case=case, act="expert_review", by=by, at=moment(day, 10))
    papers.put(case, "confirmation", "document", by=by, at=moment(day, 10), summary=f"演示：关于确认{case.title}的通知")
    take_act(case=case, act="confirm", by=by, at=moment(day, 11))


def _begin(world: World, zone: Zone, case: Case) -> Story:
    at = moment(date(zone.year, 12, 9), 10)
    yield at
    by = _office(world, zone, "government")
    files = {
        key: [_paper(world, name, by, at, case)] for key, name in (("implementation_plan", "实施计划"), ("work_plan", "工作方案"))
    }
    papers.fill(case, "zone_start", {**zones.start(), **files}, by=by, at=at)
    take_act(case=case, act="begin", by=by, at=at)


def _year(world: World, zone: Zone, case: Case, year: int) -> Story:
    by = _office(world, zone, "government")
    for day, form, data, act in (
        (date(year, 3, 20), "yearly_plan", zones.year_plan(year), "report_year_plan"),
        (date(year, 12, 18), "yearly_summary", zones.year_summary(year), "report_year_summary"),
    ):
        if act == "report_year_summary" and year > zone.year + 1:
            continue  # the last year ends with the final report
        yield moment(day, 10)
        papers.fill(case, form, data, by=by, at=moment(day, 10))
        take_act(case=case, act=act, by=by, at=moment(day, 11))


def _longer(world: World, zone: Zone, case: Case) -> Story:
    day = date(zone.year + 2, 9, 6)
    yield moment(day, 10)
    by, province, at = _office(world, zone, "government"), world.officers["jilin.civil_affairs"], moment(day, 10)
    asked = open_case(procedure="zone_extension", place=case.place, title=f"{case.title}：延期", by=by, at=at, parent=case)
    papers.fill(asked, "extension_request", zones.more_time(6), by=by, at=at)
    take_act(case=asked, act="ask", by=by, at=at)
    later = moment(date(zone.year + 2, 9, 17), 10)
    yield later
    papers.put(asked, "answer", "document", by=province, at=later, summary="演示：同意延期六个月的批复")
    take_act(case=asked, act="grant", by=province, at=later)


def _close(world: World, zone: Zone, case: Case) -> Story:
    by, county = world.officers["jilin.civil_affairs"], _office(world, zone, "government")
    reported = moment(date(zone.year + 3, 4, 20), 10)
    yield reported
    papers.fill(case, "final_report", zones.final_report(), by=county, at=reported)
    take_act(case=case, act="report_finally", by=county, at=reported)
    called, held = moment(date(zone.year + 3, 5, 16), 9), moment(date(zone.year + 3, 5, 26), 9)
    yield called
    _panel(world, case, "acceptance_review", "acceptance", called, held)
    at = moment(date(zone.year + 3, 6, 8), 10)
    yield at
    items = ("goals", "tasks", "measures", "schedule", "guarantee", "truthful")
    papers.answer(case, "acceptance_against_plan", dict.fromkeys(items, "yes"), by=by, at=at)
    papers.put(case, "satisfaction", "satisfaction", respondents=260, satisfied_share="92%", by=by, at=at, summary="入户问卷")
    take_act(case=case, act="accept", by=by, at=at)
    at = moment(date(zone.year + 3, 7, 12), 10)
    yield at
    papers.answer(case, "title_conditions", dict.fromkeys(("smooth", "outstanding", "mature"), "yes"), by=by, at=at)
    papers.put(case, "award", "document", by=by, at=at, summary="演示：授予称号的决定")
    take_act(case=case, act="award", by=by, at=at)
    papers.put(case, "recommendation", "document", by=by, at=at, summary="演示：推荐申报国家级实验区的函")
    take_act(case=case, act="recommend", by=by, at=at)


def _panel(world: World, case: Case, session: str, slot: str, called: datetime, held: datetime, *, against: int = 0) -> None:
    zones.review(
        session=session,
        case=case,
        slot=slot,
        host=world.officers["jilin.civil_affairs"],
        province=world.places[PROVINCE],
        experts=[world.officers[f"jilin.expert{number}"] for number in range(1, 6)],
        against=against,
        called=called,
        held=held,
    )


def _office(world: World, zone: Zone, office: str) -> Person:
    return world.officers[f"{zone.county}.{office}"]


def _paper(world: World, name: str, by: Person, at: datetime, case: Case) -> str:
    world.pictures += 1
    return store_file(upload=picture(name, world.pictures), by=by, at=at, place=case.place).sha256
