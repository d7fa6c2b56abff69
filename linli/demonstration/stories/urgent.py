"""Projects done first: act at once, publicise at the same time, assess afterwards (S1 ¶4.4)."""

from dataclasses import dataclass

from linli.demonstration.days import Clock
from linli.demonstration.hands import notices, papers, words
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.people.models import Person


@dataclass(frozen=True)
class Urgent:
    """`stop` is the state it has come to; `days_ago` the working day on which it began."""

    key: str
    community: str
    title: str
    what: str
    why: str
    yuan: int
    stop: str
    days_ago: int


URGENT = (
    Urgent(
        "urgent_running",
        "440305007003",
        "挡土墙抢险",
        "加固开裂的挡土墙",
        "台风后墙体开裂，下方是上学路。",
        380_000,
        "urgent_running",
        3,
    ),
    Urgent("urgent_done", "440305008004", "排水管抢修", "更换破裂排水管", "污水外溢到居民楼道。", 145_000, "urgent_done", 12),
    Urgent(
        "urgent_assessed", "440305001001", "老榕树支护", "支护倾斜古树并围护", "树干开裂，随时可能倒伏。", 96_000, "finished", 26
    ),
    Urgent("not_urgent", "440305007011", "广场彩灯", "节前更换彩灯", "节日临近。", 68_000, "not_urgent", 24),
)


def urgent(world: World, one: Urgent) -> Story:
    """The subdistrict office acts first; the community's Party committee has it assessed, and is somebody else."""
    team, clock = world.teams[one.community], world.clock(one.days_ago)
    yield clock.at(9)
    by = team.office
    case = open_case(
        procedure="micro_project", place=team.place, title=one.title, by=team.secretary, at=clock.now, demonstration=True
    )
    world.cases[one.key] = case
    case = papers.fill(case, "emergency_record", words.emergency(one.what, one.why, one.yuan), by=by, at=clock.now)
    papers.check_scope(case, by=team.secretary, at=clock.now)
    notice = notices.publicise(case, "urgent", by=by, at=clock.now)
    photo = world.photo("险情", by=by, at=clock.now, place=team.place)
    notices.post(notice, "现场围挡", by=by, at=clock.now, photos=[photo])
    _take(case, "start_first", by, clock)
    if one.stop == "urgent_running":
        return
    yield clock.after(5)
    papers.progress(case, "1", by=by, at=clock.now, files=[world.photo("处置后", by=by, at=clock.now, place=team.place)])
    _take(case, "finish_first", by, clock)
    if one.stop == "urgent_done":
        return
    yield clock.after(8)
    summary = "居民代表、专业人员和街道共同评估。"
    papers.put(case, "after_assessment", "document", by=team.secretary, at=clock.now, summary=summary)
    if one.stop == "not_urgent":
        yield clock.after(1)
        _take(case, "find_not_urgent", team.working, clock, "可以按普通项目办理，不应先行实施。")
        return
    plan = words.plan(one.what, "现场", one.yuan)
    papers.fill(case, "project_plan", plan, by=team.secretary, at=clock.now)
    papers.fill(case, "filing_form", words.filing(one.title, "全体"), by=team.secretary, at=clock.now)
    papers.contract(case, one.yuan, by=team.secretary, at=clock.now)
    yield clock.after(1)
    notices.take_down(notice, by=by, at=clock.now)
    _take(case, "assess_afterwards", team.secretary, clock)


def _take(case: Case, act: str, by: Person, clock: Clock, note: str = "") -> None:
    take_act(case=case, act=act, by=by, at=clock.now, note=note)
    case.refresh_from_db()
