"""A council and its mandate: given by the assembly, kept to, refused beyond it, stopped once by supervision."""

from collections.abc import Mapping

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.hands.village import Village
from linli.demonstration.stories.toolkit.people import village
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import answer_case_hold, place_case_hold
from linli.records.rulebook.services import release_hold

_MANDATE = {
    "election": "由村（居）民会议推选，每个网格至少一人，任期与居委会同届。（演示）",
    "content": "授权清单内的公共事务。",
    "procedure": "议题提前公开，到会人员逐项表决，结果张贴。",
    "rules": "一事一议，每人发言不打断；有利益关系的成员回避。",
    "matters": [
        {"matter": "环境整治", "limits": "单次五千元以下（演示）"},
        {"matter": "停车管理", "limits": "不收费"},
        {"matter": "公共活动场地使用", "limits": ""},
    ],
    "law": "中华人民共和国城市居民委员会组织法（2025 年修订）",
}


def mandated(world: World) -> Story:
    """The assembly lets the council decide three kinds of matter."""
    here, clock = village(world, "binjiang"), world.clock(72)
    yield clock.at(9)
    case = here.begin("council_mandate", "居民议事会章程和授权清单（演示）", _MANDATE, key="council_mandate", at=clock.now)
    yield from here.meet("assembly", case, "decision", here.residents[:7], clock, against=1, then="grant")


def _raised(here: Village, clock: Clock, key: str, title: str, said: Mapping[str, str], *, shown: str) -> Case:
    """A matter for the council, disclosed before anything is decided."""
    case = here.begin("council_matter", title, said, key=key, at=clock.now)
    here.disclose(case, "before", shown, at=clock.now)
    return case


def outside(world: World) -> Story:
    """Letting common rooms is not within the mandate: the council may not touch it, the assembly will decide."""
    here, clock = village(world, "binjiang"), world.clock(40)
    yield clock.at(9)
    said = {
        "matter": "集体门面出租",
        "content": "临街两间集体门面到期，租给谁、租多久。",
        "proposal": "公开招租，租金用于居民公益。",
    }
    case = _raised(here, clock, "outside_mandate", "临街集体门面招租（演示）", said, shown="招租设想")
    yield clock.after(2)
    note = "授权清单里没有“集体门面出租”，议事会不能议决，移交居民会议决定。"
    here.take(case, "hand_up", note=note, at=clock.now)


def decided(world: World) -> Story:
    """Within the mandate: disclosed before, during and after; stopped by supervision until answered; reported at the end."""
    here, clock = village(world, "binjiang"), world.clock(60)
    yield clock.at(9)
    said = {
        "matter": "环境整治",
        "content": "江边步道三百米落叶淤泥堵了排水口，下雨积水。",
        "proposal": "请人清理两天，费用四千二百元，从社区公益金列支。",
    }
    case = _raised(here, clock, "council_decided", "江边步道清淤（演示）", said, shown="清淤方案和预算")
    here.take(case, "admit", at=clock.now)
    council, there = here.office("council"), here.residents[:5]
    yield from here.meet("council_session", case, "decision", there, clock, against=1, then="decide", by=council)
    yield clock.after(1)
    reason = "三家报价没有公开，先不要开工。"
    hold = place_case_hold(case=case, kind="supervision", reason=reason, by=here.supervision, at=clock.now)
    yield clock.after(2)
    hold = answer_case_hold(case=case, hold=hold, answer="三家报价和比价记录已贴在公开栏。", by=here.committee, at=clock.now)
    yield clock.after(1)
    release_hold(hold=hold, by=here.supervision, at=clock.now)
    yield clock.after(3)
    here.disclose(case, "during", "施工单位、工期和现场照片", at=clock.now)
    here.take(case, "carry_out", at=clock.now)
    yield clock.after(2, 9)
    here.disclose(case, "after", "清淤结果和支出明细", channels=3, at=clock.now)
    done = [{"matter": "江边步道清淤", "result": "完成", "carried_out": "清淤 300 米，支出 4,150 元"}]
    told = {"decided": done, "answers": "监督委员会提出的报价公开已落实。"}
    papers.fill(case, "council_report", told, by=council, at=clock.now)
    yield from here.meet("assembly", case, "report_meeting", here.residents[:6], clock, then="report", by=council)


def on_the_agenda(world: World) -> Story:
    """Admitted; the council is called for tomorrow."""
    here, clock = village(world, "binjiang"), world.clock(2)
    yield clock.at(9)
    said = {
        "matter": "停车管理",
        "content": "老院子门口停车乱，消防车进不去。",
        "proposal": "划十二个车位，留出消防通道，不收费。",
    }
    case = _raised(here, clock, "council_running", "老院子划停车位（演示）", said, shown="划线示意图")
    here.take(case, "admit", at=clock.now)
    yield clock.after(1)
    here.call("council_session", case, "decision", clock)
