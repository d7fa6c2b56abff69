"""What people report, and what the library holds."""

from collections.abc import Mapping

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.timetable import Story
from linli.demonstration.world import DISTRICT, TANGLANG, World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.people.models import Person


def rectified(world: World) -> Story:
    """Reported by a resident, confirmed by the subdistrict, being put right by the community."""
    team, clock = world.teams[TANGLANG], world.clock(18)
    yield clock.at(20)
    said = {"kind": "irregular_use", "what": "合同写 500 份，发到手里的没有那么多。"}
    case = _reported(world, "violation", "宣传品数量对不上（演示）", said, by=team.residents[4], clock=clock)
    yield clock.after(6)
    papers.put(case, "findings", "check_report", by=team.office, at=clock.now, summary="实际印制 410 份，多付 1,800 元")
    take_act(case=case, act="verify", by=team.office, at=clock.now)
    yield clock.after(2)
    take_act(case=case, act="order_rectification", by=team.office, at=clock.now, note="退回多付款项，补齐签收单。")


def _reported(world: World, key: str, title: str, said: Mapping[str, str], *, by: Person, clock: Clock) -> Case:
    place = world.teams[TANGLANG].place
    case = open_case(procedure="violation", place=place, title=title, by=by, at=clock.now, demonstration=True)
    world.cases[key] = case
    return papers.fill(case, "violation_report", said, by=by, at=clock.now)


def dismissed(world: World) -> Story:
    team, clock = world.teams[TANGLANG], world.clock(11)
    yield clock.at(20)
    said = {"kind": "fraud", "what": "看到两张相近的票据。"}
    case = _reported(world, "violation_dismissed", "怀疑重复报销（演示）", said, by=team.residents[5], clock=clock)
    yield clock.after(5)
    papers.put(case, "findings", "document", by=team.office, at=clock.now, summary="两张票据对应两次活动，均有签到")
    take_act(case=case, act="dismiss", by=team.office, at=clock.now, note="经查两次活动均属实。")


def library(world: World) -> Story:
    """A good project of one community is offered to all: reviewed, and admitted to the district's library."""
    civil, place, clock = world.officers["nanshan.civil"], world.places[DISTRICT], world.clock(40)
    yield clock.at(10)
    case = open_case(
        procedure="library_entry",
        place=place,
        title="老年人手机课堂（库内项目·演示）",
        by=civil,
        at=clock.now,
        demonstration=True,
    )
    world.cases["library"] = case
    entry = {"name": "老年人手机课堂", "what": "八次课，志愿者一对一", "found_by": "demonstration", "price": "96000"}
    papers.fill(case, "library_form", entry, by=civil, at=clock.now)
    yield clock.after(6)
    papers.put(case, "review", "score", by=civil, at=clock.now, complete=True, summary="入库评审通过")
    take_act(case=case, act="admit", by=world.officers["nanshan.organisation"], at=clock.now)
