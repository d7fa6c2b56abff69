"""Cadres answer for what they do: a yearly report and its appraisal, a failing put right; and the text is explained."""

from datetime import timedelta

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.hands.questions import explain
from linli.demonstration.hands.scoring import score
from linli.demonstration.stories.toolkit.people import CITY, village
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.texts import services as texts

_DAY = timedelta(days=1)
_GOOD = {"duties": "competent", "integrity": "excellent", "commitments": "competent"}
_FAIR = {"duties": "competent", "integrity": "competent", "commitments": "basically"}


def cadre(world: World) -> Story:
    """Reported before both bodies, and appraised by both in secret."""
    here, clock = village(world, "binjiang"), world.clock(28)
    yield clock.at(9)
    said = {
        "person": "演示·社区副主任",
        "post": "居委会副主任",
        "duties": "办结居民事项 186 件，组织议事会 6 次。",
        "integrity": "没有违规领取补贴，没有插手工程。",
        "commitments": [
            {"commitment": "修好滨江步道照明", "state": "正在落实", "explanation": "灯具已到，月底装完"},
            {"commitment": "每月公布公益金收支", "state": "已落实", "explanation": ""},
        ],
    }
    who = here.office("cadre")
    case = here.begin("duty_report", "年度述职述廉（演示）", said, key="duty_report", by=who, at=clock.now)
    yield from here.meet("representatives_meeting", case, "hearing", here.residents[:5], clock)
    yield clock.after(1, 9)
    yield from here.meet("supervision_session", case, "supervision_hearing", here.residents[5:8], clock, then="report", by=who)
    representatives, supervision = here.office("representatives_assembly"), here.supervision
    yield clock.after(1)
    score(case, here.residents[:5], [_GOOD] * 4 + [_FAIR], host=representatives, at=clock.now, slot="appraisal")
    slot = "supervision_appraisal"
    score(case, here.residents[5:8], [_GOOD, _GOOD, _FAIR], host=supervision, at=clock.now, slot=slot)
    yield clock.after(1)
    for by in (representatives, supervision):
        here.take(case, "appraise", by=by, at=clock.now)


def put_right(world: World) -> Story:
    """A minor failing: criticised, put right within the time set, and the rectification is public."""
    here, clock = village(world, "dayingba"), world.clock(36)
    authority = world.officers["gongxing.working_committee"]
    yield clock.at(9)
    said = {
        "person": "演示·村干部",
        "failing": "连续两个季度没有按目录公开集体收支。",
        "standing": ["committee"],
        "severity": "minor",
        "minor_measures": ["criticism", "written_self_examination", "rectification"],
    }
    case = here.begin("accountability", "村务公开不到位（演示）", said, key="accountability", by=authority, at=clock.now)
    papers.put(case, "facts", "check_report", by=authority, at=clock.now, summary="两个季度公开栏没有财务内容，属实")
    here.take(case, "order_rectification", by=authority, note="限期补齐公开，作书面检查。", at=clock.now)
    yield clock.after(8)
    who = here.office("cadre")
    said = {"self_examination": "对公开不重视，认识到问题。（演示）", "done": "补齐两个季度收支明细，明确每月五日前张贴。"}
    papers.fill(case, "rectification_report", said, by=who, at=clock.now)
    papers.put(case, "rectification", "rectification", by=who, at=clock.now, done=True, summary="收支明细已补齐张贴")
    here.take(case, "rectify", by=who, at=clock.now)
    yield clock.after(2)
    summary = "整改情况在村公开栏和镇网页公开（演示）"
    papers.put(case, "publication", "disclosure", by=here.above, at=clock.now, channels=2, summary=summary)
    here.take(case, "publish", by=here.above, at=clock.now)


_ASKED = (
    ("S3 §3.1.1.3", "议事会什么都能定吗？", "不能。只能定村（居）民会议授权清单里的事；清单在本社区的清单页上，谁都能看。"),
    (
        "S3 §3.1.2.1",
        "什么时候开论证会，什么时候开听证会？",
        "涉及全体居民切身利益的重大项目开论证会；只涉及一部分人或者特定群体的开听证会。",
    ),
    ("S3 §3.1.8.5", "财务多久公开一次？", "按县级统一目录写的时间；目录、本期已公开和逾期的，都在“公开”页上。"),
    ("S3 §3.2.2.4", "镇上交来的事，村里能不接吗？", "不在准入目录里的可以不接；在目录里的要签委托协议，费用随事走。"),
)


def asked(world: World) -> Story:
    """What people ask about the text, explained by its authors; one question still waits."""
    start, place, author = world.days.anchor - 30 * _DAY, world.places[CITY], world.officers["nanchong.civil_affairs"]
    clock = Clock(world.days, start)
    for clause, words, answer in _ASKED:
        yield (at := clock.after(1))
        explain("nanchong", clause, words, answer, place=place, author=author, office="city.civil_affairs", at=at)
    yield (at := world.clock(2).at(20))
    texts.ask_question(
        pack="nanchong",
        clause="S3 §3.1.6.4",
        place=place,
        words="没有物业的老院子，自治小组几个人合适？",
        office="city.civil_affairs",
        at=at,
        demonstration=True,
    )
