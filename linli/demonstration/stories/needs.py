"""Needs that did not become a project: declined with a reason, taken back, looked into, standing together."""

from linli.demonstration.hands import words
from linli.demonstration.timetable import Story
from linli.demonstration.world import HOUHAI, World
from linli.records.needs.services import answer_need, cluster_needs, raise_need, verify_need, withdraw_need
from linli.records.needs.services.raising import Details

_ANSWERED = (
    ("电梯经常坏", "后海花园 3 栋", "handled_elsewhere", "电梯由物业服务企业维保，已转物业办理，社区一周后回访。"),
    ("希望把整条路重新铺一遍", "后海滨路", "out_of_scope", "道路大修属市政工程，已报街道，不在民生微实事范围。"),
    ("希望在路口加斑马线", "后海小学门口", "already_solved", "交警部门上周已施划，现场照片见附件。"),
)


def answered(world: World) -> Story:
    """Each is answered with a verdict and a reason, whatever became of it."""
    team, clock = world.teams[HOUHAI], world.clock(14)
    yield clock.at(20)
    asked = [
        raise_need(place=team.place, data=words.need(what, where, urgency="small"), by=team.residents[number + 2], at=clock.now)
        for number, (what, where, _, _) in enumerate(_ANSWERED)
    ]
    yield clock.after(4)
    for need, (_, _, verdict, reason) in zip(asked, _ANSWERED, strict=True):
        answer_need(need=need, verdict=verdict, reason=reason, by=team.secretary, at=clock.now)


def taken_back(world: World) -> Story:
    team, clock = world.teams[HOUHAI], world.clock(9)
    yield clock.at(12)
    need = raise_need(place=team.place, data=words.need("希望阳台外加雨棚", "后海花园 5 栋"), by=team.residents[6], at=clock.now)
    yield clock.after(2)
    withdraw_need(need=need, reason="提出人说已由业主自行安装。", by=team.committee, at=clock.now)


def alike(world: World) -> Story:
    """Three ask for the same in their own words; they stand together, and none is merged away. Two are looked into."""
    team, clock = world.teams[HOUHAI], world.clock(7)
    words_of = ("步道上没有座位，老人走不远", "海边步道希望加几张椅子", "散步累了没地方坐，希望步道放长椅")
    asked = []
    for number, what in enumerate(words_of):
        yield clock.after(1, 20)
        asked.append(
            raise_need(place=team.place, data=words.need(what, "后海滨海步道"), by=team.residents[number + 8], at=clock.now)
        )
    yield clock.after(1)
    cluster_needs(needs=asked, title="步道长椅", by=team.secretary, at=clock.now)
    for need in asked[:2]:
        photo = world.photo("现场", by=team.committee, at=clock.now, place=team.place)
        verify_need(need=need, findings="步道 800 米无座椅。", real=True, by=team.committee, at=clock.now, files=[photo])


def on_behalf(world: World) -> Story:
    """Somebody who cannot write is helped at the counter, and is told that it was entered."""
    team, clock = world.teams[HOUHAI], world.clock(3)
    yield clock.at(11)
    asker = team.residents[10]
    details = Details(person=asker, name=asker.name, paper_ref="演示-纸-001", help_reason="本人不便书写，口述由工作人员录入")
    data = words.need("楼道感应灯不亮", "后海花园 2 栋", channel="offline")
    raise_need(place=team.place, data=data, by=team.committee, at=clock.now, details=details)
