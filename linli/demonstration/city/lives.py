"""What happens in one community over the years, through the real services. Told once, for others to be stamped from.

Texts that are sealed as personal name no place, so that they stay what they are wherever the life is stamped.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from linli.demonstration.city.scale import Scale
from linli.demonstration.days import Clock, Days, moment
from linli.demonstration.hands import notices, papers, words
from linli.demonstration.hands.team import Team
from linli.demonstration.stories.old import carry_out, decide
from linli.demonstration.stories.projects import Brief, life
from linli.demonstration.stories.urgent import Urgent, urgent
from linli.demonstration.stories.wishes import wishes
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import ask_case_exception, open_case, take_act
from linli.records.evidence.models import File
from linli.records.funds.services import set_envelope
from linli.records.needs.models import Need
from linli.records.needs.selectors import coverage
from linli.records.needs.services import adopt_need, answer_need, import_needs, raise_need, verify_need
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.services import grant_exception

_WORKS = ("works", "public_facility")
_GOODS = ("goods", "convenience")
_SERVICE = ("service", "mass_activity")
# What is done, where, yuan, type and category. Within the ceilings of every district and year.
_WHAT = (
    ("路灯", "安装路灯并加灯罩", "三巷", 186_500, _WORKS),
    ("长椅", "沿街设置长椅", "北街", 68_000, _GOODS),
    ("课堂", "每周两次手机使用课", "党群服务中心", 96_000, _SERVICE),
    ("雨棚", "出入口加装雨棚", "公交站旁", 320_000, _WORKS),
    ("游乐角", "更换老旧游乐设施", "中心公园", 268_000, _WORKS),
    ("四点半课堂", "放学后看护与作业辅导", "社区书屋", 180_000, _SERVICE),
    ("晾衣架", "公共晾衣架更新", "二坊", 74_500, _GOODS),
    ("义诊", "每月一次义诊", "小广场", 120_000, _SERVICE),
    ("坡道", "单元门口改造坡道", "东巷", 298_000, _WORKS),
    ("车棚", "新建充电车棚", "西巷", 352_000, _WORKS),
    ("讲座", "入户与广场宣传", "小广场", 58_000, _SERVICE),
    ("健身器材", "更换健身器材", "河边步道", 210_000, _GOODS),
)
_OUT_OF_SCOPE = "属市政职责，已转有关部门，不在民生微实事范围。"
_ENVELOPE = 200_000_000  # fen


@dataclass(frozen=True)
class Ground:
    """What lies above the community and is there already: two pictures for all, and who sets the money."""

    pictures: tuple[File, File]
    finance: Person
    overlaid: date | None  # since when the district's own course holds, if it has one


@dataclass
class Then(World):
    """The same world as seen by one life: its clock starts on a day, and its pictures are two, by turns."""

    start: date = date.min
    both: tuple[File, ...] = ()

    def clock(self, working_days_ago: int) -> Clock:
        return Clock(self.days, self.start)

    def photo(self, name: str, *, by: Person, at: datetime, place: Place, bright: bool = True) -> File:
        self.pictures += 1
        return self.both[self.pictures % 2]


def lives(world: World, code: str, ground: Ground, scale: Scale, kind: int) -> Iterator[Story]:
    """Every story of one community. `kind` moves days and choices, so that no two specimens are alike."""
    team, asked = world.teams[code], wishes()
    for year in scale.years(world.days.anchor):
        yield _money(team, ground, year)
        for number, (tell, spread) in enumerate(_of_year(scale)):
            start = _day(world.days, year, spread, number, kind)
            if start < world.days.anchor:
                yield tell(world, team, ground, start, number + year + 3 * kind, asked)
    yield _round(world, team, ground, scale.reach[kind % len(scale.reach)])


Tell = Callable[..., Story]


def _of_year(scale: Scale) -> Iterator[tuple[Tell, float]]:
    """Each life with how far into the year it begins."""
    for number in range(scale.full):
        yield _whole, number / scale.full
    for number in range(scale.refused):
        yield partial(_whole, refused=True), (number + 0.5) / scale.refused
    yield _first_of_all, 0.6
    for number in range(scale.proposed):
        yield _proposed, number / scale.proposed


def _day(days: Days, year: int, spread: float, number: int, kind: int) -> date:
    """A working day of the year, after the New Year."""
    first = date(year, 1, 8) + timedelta(days=int(spread * 330) + 3 * kind + number % 5)
    return days.later(first - timedelta(days=1), 1)


def _money(team: Team, ground: Ground, year: int) -> Story:
    yield (at := moment(date(year, 1, 2), 9))
    set_envelope(
        place=team.place,
        year=year,
        amount_fen=_ENVELOPE,
        source="区财政民生微实事年度专项（演示）",
        document=f"演示：{year} 年度部门预算批复",
        dedicated=True,
        approved=True,
        by=ground.finance,
        at=at,
        demonstration=True,
    )


# --- projects ------------------------------------------------------------------------------------------------------------
def _whole(
    world: World, team: Team, ground: Ground, start: date, number: int, asked: Iterator[tuple[str, str]], refused: bool = False
) -> Story:
    """From the need to the archive, or to a refusal after the evaluation, by the course that holds where and when it begins."""
    title, what, where, yuan, kind = _WHAT[number % len(_WHAT)]
    if ground.overlaid and start > ground.overlaid:
        then = Then(**vars(world), start=start, both=ground.pictures)
        end, stop = ("refuse", "evaluated") if refused else ("", "archived")
        reason = "评议中查明应由物业服务企业负责，转其办理。" if refused else ""
        large = not refused and number % 12 == 4
        brief = Brief(
            f"{start}-{number}",
            team.place.pk,
            f"{title}（{start.year}）",
            what,
            where,
            860_000 if large else yuan,
            stop,
            kind=_WORKS if large else kind,
            ending=end,
            reason=reason,
        )
        yield from life(then, brief)
        return
    clock = Clock(world.days, start)
    case = yield from _open(team, clock, title, what, where, yuan, kind)
    yield clock.after(3)
    _take(case, "submit_for_evaluation", team.secretary, clock)
    if refused:
        yield clock.after(2)
        _take(case, "refuse", team.secretary, clock, "查明应由物业服务企业负责，转其办理。")
        return
    yield from decide(world, team, case, clock)
    yield from carry_out(team, case, clock)


def _open(
    team: Team, clock: Clock, title: str, what: str, where: str, yuan: int, kind: tuple[str, str]
) -> Generator[datetime, None, Case]:
    """A need, looked into, and the project drawn up for it."""
    case = yield from _draft(team, clock, title, f"希望{what}", where)
    yield clock.after(5)
    plan = words.old_plan(what, where, yuan, type=kind[0], category=kind[1])
    case = papers.fill(case, "project_plan", plan, by=team.secretary, at=clock.now)
    papers.check_scope(case, by=team.secretary, at=clock.now)
    return case


def _draft(team: Team, clock: Clock, title: str, wish: str, where: str) -> Generator[datetime, None, Case]:
    yield clock.at(20)
    asker = team.residents[-1 - clock.day.toordinal() % 4]
    need = raise_need(place=team.place, data=words.need(wish, where, urgency="small"), by=asker, at=clock.now)
    yield clock.after(3)
    verify_need(need=need, findings="入户了解，确有需要。", real=True, by=team.committee, at=clock.now)
    case = open_case(
        procedure="micro_project",
        place=team.place,
        title=f"{title}（{clock.day.year}）",
        by=team.secretary,
        at=clock.now,
        demonstration=True,
    )
    adopt_need(need=need, subject=case.subject, by=team.secretary, at=clock.now)
    return case


def _proposed(world: World, team: Team, ground: Ground, start: date, number: int, asked: Iterator[tuple[str, str]]) -> Story:
    """Proposed and, after a talk, taken back; the need behind it is answered with its reason."""
    clock, (wish, where) = Clock(world.days, start), next(asked)
    case = yield from _draft(team, clock, _WHAT[number % len(_WHAT)][0], wish, where)
    need = _need_of(case)
    yield clock.after(4 + number % 6)
    _take(case, "withdraw", team.secretary, clock, "与居民商量后另行解决。")
    yield clock.after(1)
    answer_need(need=need, verdict="out_of_scope", reason=_OUT_OF_SCOPE, by=team.secretary, at=clock.now)


def _first_of_all(world: World, team: Team, ground: Ground, start: date, number: int, asked: Iterator[tuple[str, str]]) -> Story:
    """Done first because it could not wait, where the course knows that; elsewhere one more proposal."""
    if not ground.overlaid or start <= ground.overlaid:
        yield from _proposed(world, team, ground, start, number, asked)
        return
    then = Then(**vars(world), start=start, both=ground.pictures)
    stop = "finished" if number % 3 else "not_urgent"
    one = Urgent(
        f"urgent-{start}",
        team.place.pk,
        f"挡土墙抢险（{start.year}）",
        "加固开裂的挡土墙",
        "墙体开裂，下方是上学路。",
        96_000,
        stop,
        0,
    )
    yield from urgent(then, one)


def _need_of(case: Case) -> Need:
    return Need.objects.filter(links__subject_kind="case", links__subject_id=str(case.pk)).get()


def _take(case: Case, act: str, by: Person, clock: Clock, note: str = "") -> None:
    take_act(case=case, act=act, by=by, at=clock.now, note=note)
    case.refresh_from_db()


# --- the round -----------------------------------------------------------------------------------------------------------
_HEADERS = ("需求", "地点", "姓名", "联系电话", "提出人", "收集途径", "征集方式")


def _round(world: World, team: Team, ground: Ground, reach: int) -> Story:
    """One collection round: everybody asked, or as many as there are, which the subdistrict then excuses."""
    year = world.days.anchor.year - 1
    clock = Clock(world.days, world.days.later(date(year, 3, 3), 1))
    yield clock.at(9)
    case = open_case(
        procedure="collection_round",
        place=team.place,
        title=f"{year} 年度{team.place.short_name}需求征集",
        by=team.secretary,
        at=clock.now,
        year=year,
        demonstration=True,
    )
    _take(case, "open_collection", team.secretary, clock)
    yield clock.after(20, 20)
    online = words.need("希望开一个社区食堂", "小广场", mode="centralised")
    raise_need(place=team.place, data=online, by=team.residents[3], at=clock.now)
    yield clock.after(2)
    text = "\n".join(",".join(row) for row in (_HEADERS, *_rows(world, reach - 1)))
    name = f"演示-{year}-纸质表.csv"
    import_needs(place=team.place, file_name=name, content=text.encode("utf-8-sig"), by=team.committee, at=clock.now)
    if ground.overlaid is None:
        notice = notices.publicise(case, "collection", by=team.secretary, at=clock.now)
        yield clock.after(6)
        notices.take_down(notice, by=team.secretary, at=clock.now)
    elif reach < 500:
        reason = "全社区户数少，已逐户征集。"
        yield clock.after(2)
        reached = coverage(team.place, year).sources
        excuse = ask_case_exception(
            case=case, excuses="coverage_wide", by=team.secretary, at=clock.now, reason=reason, up_to=reached
        )
        yield clock.after(2)
        grant_exception(asked=excuse, by=team.office, at=clock.now, reason="情况属实，同意。")
    yield clock.after(1)
    _take(case, "close_collection", team.secretary, clock)
    yield clock.after(10)
    _take(case, "balance", team.working, clock)
    yield clock.after(4)
    papers.put(case, "allocation", "document", by=team.office, at=clock.now, summary="资金安排方案（演示）")
    _take(case, "allocate", team.working, clock)


def _rows(world: World, count: int) -> Iterator[tuple[str, ...]]:
    asked = wishes()
    for number in range(count):
        what, where = next(asked)
        yield what, where, f"演示居民{number + 1}", f"1541{number:07d}", "居民个人", "线下", "集中征集"
