"""What happens beside a project: a change of the locked plan, an exception asked for."""

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.services import ask_case_exception, open_case, take_act
from linli.rules.plain.refusals import Refused


def ask_for_change(world: World, project: str, key: str, yuan: int, *, days_ago: int, approved: bool) -> Story:
    """The plan is locked; only an approved request changes it. One is decided, the other waits for the subdistrict."""
    clock: Clock = world.clock(days_ago)
    yield clock.at(14)
    parent = world.cases[project]
    team = world.teams[parent.place_id]
    case = open_case(
        procedure="project_change",
        place=team.place,
        title=f"{parent.title}：变更",
        by=team.deputy,
        at=clock.now,
        parent=parent,
        demonstration=True,
    )
    world.cases[key] = case
    request = {
        "what": "增设残疾人坐席和照明",
        "why": "居民在施工中提出，现场条件允许。",
        "project_type": parent.type,
        "budget": str(yuan),
    }
    papers.fill(case, "change_request", request, by=team.deputy, at=clock.now)
    photo = world.photo("现场", by=team.deputy, at=clock.now, place=team.place)
    papers.put(case, "reasons", "media", by=team.deputy, at=clock.now, summary="现场照片", files=[photo], photos=1)
    if approved:
        yield clock.after(2)
        take_act(case=case, act="approve", by=team.office, at=clock.now, note="在上限和年度经费之内，同意。")


def ask_for_exception(world: World, project: str, *, days_ago: int) -> Story:
    """Over the ceiling: the gate says no, and by how much. Civil affairs of the district may excuse it, in principle."""
    clock = world.clock(days_ago)
    yield clock.at(15)
    case = world.cases[project]
    team = world.teams[case.place_id]
    papers.check_scope(case, by=team.secretary, at=clock.now)
    try:
        take_act(case=case, act="submit_for_evaluation", by=team.secretary, at=clock.now)
    except Refused:
        ask_case_exception(
            case=case,
            excuses="project_cap",
            by=team.secretary,
            at=clock.now,
            reason="高龄老人人数多，拆分会影响连续服务。",
            up_to=case.amount_fen,
            document="演示：社区党委请示",
        )
