"""Who is asked before anything is decided: a part of the residents, all of them, those concerned, everybody who comes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.hands.village import Village
from linli.demonstration.stories.toolkit.people import village
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import place_case_hold

_DAY = timedelta(days=1)


def heard(world: World) -> Story:
    """A part is affected: a hearing, what was said is used, the representatives decide."""
    here, clock = village(world, "binjiang"), world.clock(34)
    yield clock.at(9)
    said = {
        "name": "滨江菜市场改造",
        "matter": "菜市场改造",
        "content": "摊位重新排列，换排水沟，加装照明。",
        "affected": "part_of_residents",
        "major": "no",
        "reason": "主要涉及市场周边三个院子的居民和摊主。",
    }
    case = here.begin("service_project", "滨江菜市场改造听证（演示）", said, key="hearing", at=clock.now)
    raised = (("工期", "早上五点就要摆摊，施工能不能放在下午"), ("排水", "后排摊位常年积水，排水沟要做到后排"))
    opinions = yield from here.meet("hearing", case, "hearing", here.residents[:6], clock, said=raised, then="hear")
    yield clock.after(3)
    here.answer(opinions[0], "采纳", "施工改在每天下午两点以后。", at=clock.now)
    here.answer(opinions[1], "部分采纳", "排水沟做到后排；最里面两个摊位改用地漏。", at=clock.now)
    uses = [
        {"opinion": "施工放在下午", "verdict": "采纳", "reason": "不影响早市"},
        {"opinion": "排水沟做到后排", "verdict": "部分采纳", "reason": "最里面坡度不够，改用地漏"},
    ]
    _use(here, clock, case, "同意改造，方案按意见修改。", uses)
    yield clock.after(1, 9)
    yield from here.meet("representatives_meeting", case, "decision", here.residents[:5], clock, then="decide")


def shown_to_all(world: World) -> Story:
    """All are affected: a demonstration meeting, its results used; then supervision stops it, and it waits for an answer."""
    here, clock = village(world, "tiyuchang"), world.clock(22)
    yield clock.at(9)
    said = {
        "name": "体育场社区便民食堂",
        "matter": "便民食堂",
        "content": "利用一楼空置房办食堂，老人优惠，人人可去。",
        "affected": "all_residents",
        "major": "yes",
        "reason": "全体居民都可使用，每年要列支运行费用。",
    }
    case = here.begin("service_project", "便民食堂论证（演示）", said, key="demonstration_meeting", at=clock.now)
    raised = (("价格", "一荤两素定在十二块以内，老人再减两块"), ("油烟", "烟道要高过二楼窗户"))
    there = here.residents[:7]
    opinions = yield from here.meet("demonstration_meeting", case, "demonstration", there, clock, said=raised, then="hear")
    yield clock.after(4)
    here.answer(opinions[0], "采纳", "写进招募条件，每季度公布价格。", at=clock.now)
    here.answer(opinions[1], "采纳", "烟道改到楼顶，加装净化器。", at=clock.now)
    uses = [{"opinion": words, "verdict": "采纳", "reason": "写进方案"} for _, words in raised]
    _use(here, clock, case, "多数赞成办食堂，价格和油烟写进条件。", uses)
    yield clock.after(8)
    reason = "运行费用从哪里列支没有写清楚，答复前不得提交表决。"
    place_case_hold(case=case, kind="supervision", reason=reason, by=here.supervision, at=clock.now)


def _use(here: Village, clock: Clock, case: Case, conclusion: str, uses: Sequence[Mapping[str, str]]) -> None:
    """What became of every opinion."""
    papers.fill(case, "use_of_results", {"conclusion": conclusion, "uses": uses}, by=here.committee, at=clock.now)
    here.take(case, "use_results", at=clock.now)


_SOUND = {
    "issue": "广场晚上音响到几点",
    "objects": [{"who": "跳舞队", "why": "每晚活动"}, {"who": "临街住户", "why": "受噪音影响"}],
    "contents": "音响时间、音量、场地分区。",
    "form": "talk",
    "procedure": "先分别听两边，再坐到一起谈。",
}
_CYCLES = {
    "issue": "楼下自行车、电动车停哪里",
    "objects": [{"who": "有车住户", "why": "要停车充电"}, {"who": "一楼住户", "why": "门窗被挡"}],
    "contents": "停放位置和充电办法。",
    "form": "talk",
    "procedure": "现场看位置，再开会商量。",
}


def _inform(here: Village, clock: Clock, case: Case, summary: str) -> None:
    here.disclose(case, "information", summary, at=clock.now)
    here.take(case, "inform", at=clock.now)


def _agree(here: Village, clock: Clock, case: Case, decision: str, *, by: str, days: int) -> None:
    """What was agreed, who carries it out and in how many days."""
    agreed = {"decision": decision, "carried_out_by": by, "due_on": (clock.day + days * _DAY).isoformat()}
    papers.fill(case, "consultation_decision", agreed, by=here.committee, at=clock.now)
    here.take(case, "decide", at=clock.now)


def consulted(world: World) -> Story:
    """The six steps, all taken."""
    here, clock = village(world, "binjiang"), world.clock(50)
    yield clock.at(9)
    case = here.begin("consultation", "广场音响时间（演示）", _SOUND, key="consultation_done", at=clock.now)
    _inform(here, clock, case, "协商议题、时间和参加办法")
    raised = (("时间", "孩子九点睡觉，音响八点半关"), ("场地", "换到江边那头，离楼远"))
    there = here.residents[1:7]
    opinions = yield from here.meet("consultation_session", case, "session", there, clock, said=raised, then="consult")
    yield clock.after(1)
    decision = "音响每晚八点半关；周末改到江边平台，音量以隔窗听不清歌词为准。"
    _agree(here, clock, case, decision, by="社区居委会和跳舞队队长", days=20)
    yield clock.after(4)
    here.answer(opinions[0], "采纳", "定在八点半。", at=clock.now)
    here.answer(opinions[1], "部分采纳", "周末换到江边，平时场地不够。", at=clock.now)
    here.disclose(case, "feedback", "协商结果和每条意见的答复", at=clock.now)
    here.take(case, "feed_back", at=clock.now)
    yield clock.after(6)
    papers.put(
        case, "supervision", "opinion", by=here.supervision, at=clock.now, favourable=True, summary="连续两周八点半关音响，属实"
    )
    here.take(case, "supervise", by=here.supervision, at=clock.now)


def consulted_again(world: World) -> Story:
    """Decided without the households on the ground floor: supervision sends it back, and it is under way anew."""
    here, clock = village(world, "tiyuchang"), world.clock(18)
    yield clock.at(9)
    case = here.begin("consultation", "非机动车停放和充电（演示）", _CYCLES, key="consultation_again", at=clock.now)
    _inform(here, clock, case, "协商议题和时间")
    yield from here.meet("consultation_session", case, "session", here.residents[:4], clock, then="consult")
    _agree(here, clock, case, "停在一楼外墙边，统一装充电桩。", by="社区居委会", days=30)
    yield clock.after(2)
    found = {"point": "到会的都是有车住户，一楼住户没有通知到。", "demand": "通知到每户一楼住户，重新协商。"}
    papers.fill(case, "supervision_note", found, by=here.supervision, at=clock.now)
    here.take(case, "reopen", by=here.supervision, note="利益相关的一楼住户没有参加。", at=clock.now)
    yield clock.after(3)
    papers.fill(
        case, "issue", {**_CYCLES, "procedure": "逐户通知一楼住户，现场看位置，再开会商量。"}, by=here.committee, at=clock.now
    )
    _inform(here, clock, case, "重新协商：已逐户送达一楼住户")


def talked(world: World) -> Story:
    """Policy explained, residents and units heard; two replies are still owed."""
    here, clock = village(world, "binjiang"), world.clock(8)
    yield clock.at(9)
    said = {
        "policy": "讲解居民医保缴费和高龄津贴申领办法。",
        "residents_heard": "路灯、垃圾清运时间、楼道扶手。",
        "units_heard": "学校希望放学时段门口有人疏导。",
        "hot_issues": "老旧楼栋漏水维修谁出钱。",
    }
    case = here.begin("talk_round", "季度民情恳谈会（演示）", said, key="talk_round", at=clock.now)
    raised = (
        ("垃圾清运", "清运车早上五点半来太吵，能不能推到七点"),
        ("楼道扶手", "三栋没有扶手，老人上下楼不方便"),
        ("漏水维修", "顶楼漏水三年，维修资金怎么申请"),
    )
    opinions = yield from here.meet("talk_session", case, "session", here.residents[:6], clock, said=raised)
    here.take(case, "hold", at=clock.now)
    yield clock.after(2)
    here.answer(opinions[0], "已办理", "与环卫站商定改到六点半，下周一起执行。", at=clock.now)
