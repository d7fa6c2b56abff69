"""A village of Jinjiang at work: residents order and rate, and its covenant is revised through the gates of the pack."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.demonstration.hands.meetings import gather, minute, show_hands
from linli.demonstration.hands.papers import fill, put
from linli.demonstration.hands.values import set_values
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.models import Case
from linli.records.cases.services import fill_case_form, open_case, take_act
from linli.records.meetings import services as meetings
from linli.records.people.models import Person
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.records.texts import services as texts
from linli.records.texts.selectors import text_of
from linli.rules.plain.days import day_in_china

_DAY = timedelta(days=1)
_VILLAGE = "350582001004"
_SHARES = {"covenant_quorum": "1/2", "covenant_approval": "1/2"}


@dataclass(frozen=True)
class Order:
    """`who` numbers the resident; `went` how far it went: ordered, dispatched, accepted, served, rated."""

    key: str
    who: int
    what: str
    function: str
    days_ago: int
    went: int


_ORDERS = (
    Order("order_rated", 0, "清单上的“为独居老人上门送餐”，给我母亲", "elders", 24, 5),
    Order("order_served", 1, "给楼道换一盏灯", "housing", 13, 4),
    Order("order_accepted", 2, "放学后照看孩子一小时", "children", 6, 3),
    Order("order_dispatched", 3, "陪老人去复诊", "medical", 3, 2),
    Order("order_waiting", 4, "帮忙看懂医保报销单", "matters", 1, 1),
)


def orders(world: World) -> Story:
    """Five orders at five stations: one rated, one served, one taken on, one sent out, one just come in."""
    for order in sorted(_ORDERS, key=lambda each: -each.days_ago):
        yield (at := world.days.before(order.days_ago, 8))
        case = _ordered(world, order, at)
        world.cases[order.key] = case
        for number, step in enumerate((_dispatch, _accept, _serve, _rate)[: order.went - 1], start=1):
            yield (at := at + timedelta(hours=3 * number))
            step(world, order, case, at)


def _ordered(world: World, order: Order, at: datetime) -> Case:
    who = world.people[_VILLAGE][order.who]
    place = world.places[_VILLAGE]
    case = open_case(procedure="service_order", place=place, title=order.what, by=who, at=at, demonstration=True)
    said = {"what": f"{order.what}（演示）", "function": order.function, "channel": "public_account"}
    fill_case_form(case=case, form="order_form", data=said, by=who, at=at)
    return case


def _dispatch(world: World, order: Order, case: Case, at: datetime) -> None:
    take_act(case=case, act="dispatch", by=world.officers["qingxin.residents_committee"], at=at)


def _accept(world: World, order: Order, case: Case, at: datetime) -> None:
    take_act(case=case, act="accept", by=world.officers["qingxin.party_member"], at=at)


def _serve(world: World, order: Order, case: Case, at: datetime) -> None:
    member = world.officers["qingxin.party_member"]
    put(case, "result", "document", summary="已上门办好（演示）", by=member, at=at)
    take_act(case=case, act="serve", by=member, at=at)


def _rate(world: World, order: Order, case: Case, at: datetime) -> None:
    who = world.people[_VILLAGE][order.who]
    scored = open_scoring(
        subject=case.subject, slot="rating", place=case.place, title=case.title, by=None, at=at, raters=[who], demonstration=True
    )
    give_scores(scoring=scored, by=who, answers={"overall": "yes"}, at=at)
    close_scoring(scoring=scored, by=who, at=at)
    take_act(case=case, act="rate", by=who, at=at)


# --- the covenant -------------------------------------------------------------------------------------------------------
_OLD = """见面打招呼，有事搭把手。
房前屋后自己扫。
红白事从简。"""
_NEW = """见面打招呼，有事搭把手。
房前屋后自己扫，垃圾分四类。
红白事从简，酒席不超过十桌。
电动车不进楼道。"""


def covenant(world: World) -> Story:
    """The one of three years ago is in force; this year's is talked over, voted, signed, and takes its place."""
    yield (at := world.days.before(1_000))
    _set_shares(world, at)
    old = yield from _make(world, 1_000, "青新社区居民公约", _OLD, "原来的公约没有写公共地方。（演示）", "covenant_before")
    new = yield from _make(
        world, 96, "青新社区居民公约（修订）", _NEW, "电动车多了，酒席越办越大。（演示）", "covenant_village", old
    )
    committee = world.officers["qingxin.residents_committee"]
    yield (at := world.days.before(55))
    put(old, "successor", "document", summary=f"由{new.code}代替（演示）", by=committee, at=at)
    take_act(case=old, act="replace", by=committee, at=at)
    yield (at := world.days.before(20))
    asked = open_scoring(
        subject=new.subject, slot="keeping", place=new.place, title="公约知晓和执行", by=committee, at=at, demonstration=True
    )
    for number, person in enumerate(world.people[_VILLAGE][:5]):
        kept = "yes" if number != 3 else "no"
        give_scores(scoring=asked, by=person, answers={"known": "yes", "kept": kept}, at=at + timedelta(hours=number))
    yield (at := world.days.before(14))
    close_scoring(scoring=asked, by=committee, at=at)
    take_act(case=new, act="ask_keeping", by=committee, at=at)


def _make(
    world: World, days: int, title: str, words: str, why: str, key: str, before: Case | None = None
) -> Generator[datetime, None, Case]:
    """我制定、我承诺、我执行: from the draft to the day it is kept."""
    committee, place = world.officers["qingxin.residents_committee"], world.places[_VILLAGE]
    yield (at := world.days.before(days))
    case = open_case(procedure="covenant", place=place, title=title, by=committee, at=at, demonstration=True)
    world.cases[key] = case
    text = texts.begin_text(
        subject=case.subject,
        kind="covenant",
        place=place,
        title=f"{title}（演示）",
        words=words,
        by=committee,
        at=at,
        office="community.residents_committee",
        replaces=text_of(before.subject) if before else None,
        demonstration=True,
    )
    texts.open_call(
        document=text,
        by=committee,
        at=at,
        ends_on=day_in_china(at) + 10 * _DAY,
        set_document="演示：征求意见公告",
        contact="邻里驿站（演示）",
    )
    yield (at := world.days.before(days - 4, 19))
    said = texts.take_comment(document=text, words="写得好懂，孩子也能背。（演示）", channel="online", at=at)
    yield (at := world.days.before(days - 11))
    texts.close_call(document=text, by=committee, at=at)
    texts.answer_comment(comment=said, verdict="adopted", reason="谢谢，保持这样的写法。", by=committee, at=at)
    texts.publish_report(document=text, words="收到意见 1 条，已答复。（演示）", by=committee, at=at)
    known = {"body": words, "why": why, "keeping": "贴在楼道和驿站，季度由居民评一次。"}
    fill(case, "covenant_text", known, by=committee, at=at)
    take_act(case=case, act="discuss", by=committee, at=at)
    yield (at := world.days.before(days - 14, 19))
    vote(case, world.people[_VILLAGE], committee, at, present=7, against=1)
    texts.adopt_text(document=text, by=committee, at=at)
    take_act(case=case, act="adopt", by=committee, at=at)
    yield (at := world.days.before(days - 16))
    take_act(case=case, act="open_signing", by=committee, at=at)
    texts.open_signing(document=text, unit="household", by=committee, at=at)
    for person in world.people[_VILLAGE][:6]:
        texts.sign_text(document=text, by=person, at=at)
    yield (at := world.days.before(days - 25))
    take_act(case=case, act="put_in_force", by=committee, at=at)
    return case


def vote(
    case: Case, residents: Sequence[Person], host: Person, at: datetime, *, present: int | None = None, against: int = 0
) -> None:
    """Everybody is called and may vote; so many come, and so many of them are against."""
    meeting = meetings.call_meeting(
        place=case.place,
        session="covenant_session",
        title=f"{case.title}表决会",
        convened_for=at,
        venue="邻里驿站（演示）",
        letter="请来表决公约。",
        items=[meetings.ItemDraft(case.title, case.subject, "vote")],
        by=host,
        at=at,
    )
    for person in residents:
        meetings.invite(meeting=meeting, person=person, entitled=True, by=host, at=at)
    gather(meeting, residents[:present], host=host, at=at)
    show_hands(meeting, "同意这份公约", host=host, at=at, against=against)
    meetings.close_meeting(meeting=meeting, by=host, at=at)
    minute(meeting, "逐条念过，举手表决。（演示）", residents[:1], host=host, at=at)


def _set_shares(world: World, at: datetime) -> None:
    civil = world.officers["jinjiang.civil_affairs"]
    set_values(world.places["350582"], _SHARES, document="演示·公约表决办法", by=civil, at=at)
