"""A covenant talked over and signed, and what people ask about the rules."""

from datetime import timedelta

from linli.demonstration.days import moment
from linli.demonstration.hands.questions import explain
from linli.demonstration.timetable import Story
from linli.demonstration.world import DISTRICT, NANTOUCHENG, World
from linli.records.texts import services
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import Subject

_DAY = timedelta(days=1)
_COVENANT = """一、邻里
见面打招呼，有事搭把手。
独居老人门前，每天看一眼。
二、公共地方
楼道不堆杂物，不停电动车。
晚上十点以后，装修停工，音响关小。
三、商量
大家的事先在楼里说，再到议事会定。"""
_SAID = (
    (5, "online", "电动车没地方充电，先解决充电再说不停。"),
    (5, "counter", "二栋一楼有空地，可以做车棚。"),
    (6, "online", "建议周末上午九点以后才能装修。"),
    (None, "phone", "写得好懂，老人也记得住。"),
)
_ASKED = (
    ("S0 §3.8", "十万块以上的项目还算民生微实事吗？", "算不算看类型和上限，上限写在“数值”里，也写明从哪天起。"),
    ("", "我不是户籍居民，能提需求吗？", "能。住在这里就能提，网上、电话、柜台都可以，核实后一定答复。"),
    ("", "评议会晚上开吗？", "由社区定，通知里会写明时间地点；不能到会的，可以事先把意见写下来。"),
)


def covenant(world: World) -> Story:
    """Drafted, commented on, changed for a reason, adopted; some households signed, one thought better of it."""
    start, team = world.days.anchor - 70 * _DAY, world.teams[NANTOUCHENG]
    clerk, place = team.committee, world.places[NANTOUCHENG]
    yield (at := moment(start, 9))
    text = services.begin_text(
        subject=Subject("covenant", NANTOUCHENG),
        kind="covenant",
        place=place,
        title="南头城社区居民公约（演示）",
        words=_COVENANT,
        office="community.residents_committee",
        by=clerk,
        at=at,
        demonstration=True,
    )
    services.add_basis(document=text, title="中华人民共和国城市居民委员会组织法", by=clerk, at=at)
    services.open_call(
        document=text,
        by=clerk,
        at=at,
        ends_on=start + 20 * _DAY,
        set_document="演示：居民公约征求意见公告",
        contact="社区党群服务中心一楼柜台（演示）",
    )
    for number, (anchor, channel, words) in enumerate(_SAID, start=1):
        yield (at := moment(start + 3 * number * _DAY, 10))
        offline = {} if channel == "online" else {"registered_by": clerk}
        services.take_comment(document=text, words=words, anchor=anchor, channel=channel, at=at, **offline)  # type: ignore[arg-type]
    yield (at := moment(start + 21 * _DAY, 9))
    services.close_call(document=text, by=clerk, at=at)
    said = list(text.comments.order_by("number"))
    together = services.group_comments(document=text, comments=said[:2], title="电动车放哪里", by=clerk, at=at)
    services.answer_group(group=together, verdict="adopted", reason="先在二栋一楼设车棚和充电口，再写进公约。", by=clerk, at=at)
    services.answer_comment(comment=said[2], verdict="partly", reason="周末写明九点以后，平日仍按十点停工。", by=clerk, at=at)
    services.answer_comment(comment=said[3], verdict="adopted", reason="谢谢，保持这样的写法。", by=clerk, at=at)
    services.publish_report(document=text, words="收到意见 4 条，已逐条答复；两处改进了公约。（演示）", by=clerk, at=at)
    yield (at := moment(start + 25 * _DAY, 9))
    services.begin_version(document=text, reason="按征集到的意见修改", by=clerk, at=at)
    services.change_paragraph(
        document=text,
        anchor=5,
        words="楼道不堆杂物；电动车停进车棚，在车棚充电。",
        reason="有了车棚，写明停在哪里",
        because=said[:2],
        by=clerk,
        at=at,
    )
    services.change_paragraph(
        document=text,
        anchor=6,
        words="晚上十点以后，装修停工，音响关小；周末上午九点以后才能装修。",
        reason="周末让大家多睡一会儿",
        because=said[2:3],
        by=clerk,
        at=at,
    )
    services.adopt_text(document=text, by=clerk, at=at)
    services.open_signing(document=text, unit="household", by=clerk, at=at)
    yield (at := moment(start + 32 * _DAY, 16))
    for person in team.residents[:5]:
        signature = services.sign_text(document=text, by=person, at=at)
    labels = [home.label for home in world.households[NANTOUCHENG][6:9]]
    services.enter_signatures(document=text, names=(), labels=labels, signed_on=day_in_china(at), by=clerk, at=at)
    yield (at := moment(start + 34 * _DAY, 9))
    services.withdraw_signature(signature=signature, reason="家里还没商量好", by=team.residents[4], at=at)


def asked(world: World) -> Story:
    """Noted by the drafting department after its interviews; one question from the internet still waits."""
    start, place = world.days.anchor - 40 * _DAY, world.places[DISTRICT]
    author = world.officers["nanshan.drafting"]
    for number, (clause, words, answer) in enumerate(_ASKED):
        yield (at := moment(start + number * _DAY, 10))
        explain("nanshan", clause, words, answer, place=place, author=author, office="district.drafting_department", at=at)
    yield (at := moment(world.days.anchor - 2 * _DAY, 20))
    services.ask_question(
        pack="nanshan",
        place=place,
        words="项目做完以后谁来管养？",
        office="district.drafting_department",
        at=at,
        demonstration=True,
    )


def talked(world: World) -> Story:
    """Residents and the community under a project."""
    yield (at := moment(world.days.anchor - 2 * _DAY, 19))
    case = world.cases.get("changed")
    if case is None:
        return
    team = next((team for team in world.teams.values() if team.place.pk == case.place_id), None)
    if team is None or not team.residents:
        return
    first = services.post(
        subject=case.subject, place=case.place, words="做的时候晚上别施工，楼上有老人。", by=team.residents[0], at=at
    )
    services.post(
        subject=case.subject,
        place=case.place,
        words="我们楼上回先在群里约好时间，再贴一张纸，少了很多吵闹。",
        kind="experience",
        by=team.residents[1],
        at=at,
    )
    services.post(
        subject=case.subject,
        place=case.place,
        words="已和施工方说好，晚上六点停工。",
        office="community.party_committee",
        answers=first,
        by=team.secretary,
        at=at,
    )
