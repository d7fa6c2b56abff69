"""A village agrees on its rules; what a government asks of it is admitted, turned down, or paid for."""

from linli.demonstration.days import Clock
from linli.demonstration.hands import papers
from linli.demonstration.hands.village import Village
from linli.demonstration.stories.toolkit.people import COUNTY, village
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.texts import services as texts
from linli.rules.plain.days import day_in_china

_COVENANT = {
    "kind": "village_rules",
    "public_rules": "门前三包，垃圾入桶；办酒先报，不攀比。",
    "moral_duties": "孝敬老人，邻里相帮，诚实守信。",
    "hot_issues": [
        {"issue": "红白事大操大办", "rule": "宴席不超过二十桌，礼金随心（演示）"},
        {"issue": "秸秆焚烧", "rule": "一律还田或者送到收购点"},
    ],
}
_WORDS = """门前三包，垃圾入桶，堰塘不倒脏水。
孝敬老人，邻里相帮，借东西及时还。
办酒先报，不攀比；礼金随心，不记仇。
秸秆还田，不烧一把火。
有事先坐下说，说不拢找议事会。"""


def covenant(world: World) -> Story:
    """Consulted on, discussed, decided by the assembly, made public; then household by household it is signed."""
    here, clock = village(world, "dayingba"), world.clock(48)
    yield clock.at(9)
    case = here.begin("covenant", "大营坝村规民约（演示）", _COVENANT, key="covenant", at=clock.now)
    raised = (("办酒", "桌数写死了不好，家里人多怎么办"), ("堰塘", "加一条堰塘不能倒脏水"))
    there = here.residents[:6]
    opinions = yield from here.meet("consultation_session", case, "consultation", there, clock, said=raised, then="consult")
    yield clock.after(1, 9)
    here.answer(opinions[0], "部分采纳", "写“办酒先报，不攀比”，桌数放到办酒登记里商量。", at=clock.now)
    here.answer(opinions[1], "采纳", "写进第一条。", at=clock.now)
    yield from here.meet("council_session", case, "discussion", here.residents[:5], clock, then="discuss")
    yield clock.after(1, 9)
    yield from here.meet("assembly", case, "decision", here.residents[:7], clock, against=1)
    yield clock.after(1)
    checked = dict.fromkeys(("lawful", "targeted", "practical", "easy"), "yes")
    papers.answer(case, "covenant_quality", checked, by=here.committee, at=clock.now)
    here.take(case, "decide", at=clock.now)
    yield (at := clock.after(2))
    text = texts.begin_text(
        subject=case.subject,
        kind="covenant",
        place=here.place,
        title="大营坝村规民约（演示）",
        words=_WORDS,
        office="community.residents_committee",
        by=here.committee,
        at=at,
        demonstration=True,
    )
    texts.add_basis(document=text, title="中华人民共和国村民委员会组织法（2025 年修订）", by=here.committee, at=at)
    texts.adopt_text(document=text, by=here.committee, at=at)
    here.disclose(case, "text", "村规民约全文，每户一份", channels=3, at=at)
    here.take(case, "publish", at=at)
    texts.open_signing(document=text, unit="household", by=here.committee, at=at)
    yield (at := clock.after(3, 16))
    for person in here.residents[:4]:
        texts.sign_text(document=text, by=person, at=at)
    labels = [home.label for home in world.households[here.code][4:7]]
    texts.enter_signatures(document=text, names=(), labels=labels, signed_on=day_in_china(at), by=here.committee, at=at)


def not_admitted(world: World) -> Story:
    """A department asks to pass its own work on; the county refuses it by the catalogue's three-way split."""
    clock, asker = world.clock(26), world.officers["shunqing.departments"]
    yield clock.at(9)
    case = open_case(
        procedure="access_item",
        place=world.places[COUNTY],
        title="企业用工信息统计进社区（演示）",
        by=asker,
        at=clock.now,
        demonstration=True,
    )
    world.cases["access_refused"] = case
    said = {
        "item": "企业用工信息统计",
        "category": "就业",
        "department": "人社局",
        "basis": "有关统计制度（演示）",
        "share": "government",
    }
    papers.fill(case, "access_item", said, by=asker, at=clock.now)
    yield clock.after(4)
    note = "这是部门自己的工作，不得转嫁给村（居）民委员会。"
    take_act(case=case, act="refuse", by=world.officers["shunqing.government"], at=clock.now, note=note)


def _handed_down(here: Village, clock: Clock, key: str, item: str, content: str, *, fee: str) -> Case:
    """The town asks the village to do something for it."""
    data = {"item": item, "content": content, "fee": fee}
    return here.begin("delegated_task", f"{item}（演示）", data, key=key, by=here.above, at=clock.now)


def refused(world: World) -> Story:
    """Handed over all the same: the committee may say no, since the catalogue does not hold it."""
    here, clock = village(world, "dayingba"), world.clock(15)
    yield clock.at(9)
    case = _handed_down(here, clock, "task_refused", "企业用工信息统计", "每月上门登记用工人数", fee="300")
    yield clock.after(2)
    here.take(case, "refuse", note="准入目录里没有这一事项，村委会不承接。", at=clock.now)


def taken_on(world: World) -> Story:
    """A listed matter that the law lets the village help with: an agreement is signed and the fee follows the matter."""
    here, clock = village(world, "dayingba"), world.clock(30)
    yield clock.at(9)
    case = _handed_down(here, clock, "task_paid", "低保申请入户核对", "核对本村新申请的六户", fee="720")
    yield clock.after(1)
    summary = "委托协议书，每户 120 元"
    papers.put(
        case,
        "agreement",
        "agreement",
        by=here.committee,
        at=clock.now,
        summary=summary,
        parties_signed=True,
        amount="720",
    )
    here.take(case, "accept", at=clock.now)
    yield clock.after(7)
    papers.put(case, "result", "document", by=here.committee, at=clock.now, summary="六户核对表，五户属实、一户退回补正")
    here.take(case, "finish", at=clock.now)
    yield clock.after(4)
    papers.put(case, "payment", "payment", by=here.above, at=clock.now, amount="720", summary="费用拨付到村")
    here.take(case, "pay", by=here.above, at=clock.now)
