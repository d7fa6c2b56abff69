"""Lists that three more places keep: what a council may decide, what must be disclosed, who offers what, what was cut."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from linli.demonstration.days import moment
from linli.demonstration.hands.papers import fill, put
from linli.demonstration.hands.values import set_values
from linli.demonstration.timetable import Story
from linli.demonstration.world import World
from linli.records.cases.services import open_case, take_act
from linli.records.registers.models import Row
from linli.records.registers.services import answer_row, enter_rows, strike_row

_DAY = timedelta(days=1)
_SHUNQING, _BINJIANG, _ZHONGCHENG = "511302", "511302001002", "511302001"
_QINGXIN, _DONGTIAN, _CHAOYANG = "350582001004", "220104001001", "220104"
_SET = (
    ("shunqing.civil_affairs", "approval_share", "1/2"),
    ("shunqing.civil_affairs", "quorum_share", "1/2"),
    ("shunqing.government", "reply_within", "10 working_days"),
    ("shunqing.government", "feedback_within", "10 working_days"),
    ("shunqing.government", "hold_answer_within", "5 working_days"),
    ("shunqing.party_committee", "rectify_within", "15 working_days"),
    ("shunqing.government", "publish_within", "5 working_days"),
    ("shunqing.government", "excellent_share", "4/5"),
    ("shunqing.government", "incompetent_share", "1/3"),
)
Said = Mapping[str, object]


def self_government(world: World) -> Story:
    """A county's catalogues, a community's mandate, what it disclosed and what is late, opinions answered and waiting."""
    year, held = world.days.year - 1, world.officers
    yield (at := moment(date(year, 1, 8), 9))
    for office, parameter, value in _SET:
        county, document = world.places[_SHUNQING], "社区治理工作安排（演示）"
        set_values(county, {parameter: value}, document=document, by=held[office], at=at)
    _enter(world, _SHUNQING, "disclosure_catalogue", _CATALOGUE, "shunqing.civil_affairs", date(year, 1, 9))
    _enter(world, _SHUNQING, "access_catalogue", _ACCESS, "shunqing.civil_affairs", date(year, 1, 9))
    yield moment(start := world.days.anchor - 60 * _DAY, 9)
    committee = "binjiang.residents_committee"
    _enter(world, _ZHONGCHENG, "meeting_scope", _SCOPE, "zhongcheng.office", start)
    _enter(world, _BINJIANG, "social_organisations", _ORGANISATIONS, committee, start)
    _enter(world, _BINJIANG, "commitments", _COMMITMENTS, "binjiang.party_committee", start)
    yield moment(day := world.days.anchor - 26 * _DAY, 9)
    said = _enter(world, _BINJIANG, "opinions", _OPINIONS, committee, day)
    _enter(world, _BINJIANG, "disclosures", [{**each, "published_on": day} for each in _DISCLOSED], committee, day)
    yield (at := moment(day + 5 * _DAY, 10))
    for row, verdict, reason in zip(said, ("done", "planned"), ("已修好并试灯", "列入下季度计划，六月前完成"), strict=False):
        answer_row(row=row, verdict=verdict, reason=reason, by=held[committee], at=at)
    yield moment(day := world.days.anchor - 4 * _DAY, 9)
    _enter(world, _BINJIANG, "disclosure_queries", _QUERIES, committee, day)


def three_lists(world: World) -> Story:
    """Needs, resources and services that meet each other; who sits at the station; what units and donors gave."""
    yield moment(day := world.days.anchor - 40 * _DAY, 9)
    committee = "qingxin.residents_committee"
    for register, rows in (("resource_list", _RESOURCES), ("service_list", _SERVICES), ("needs_list", _NEEDS)):
        _enter(world, _QINGXIN, register, rows, committee, day)
    _enter(world, _QINGXIN, "partners", _PARTNERS, committee, day)
    turns = [{**each, "day": world.days.anchor + number * _DAY} for number, each in enumerate(_TURNS)]
    _enter(world, _QINGXIN, "duty_roster", turns, committee, day)
    _enter(world, _QINGXIN, "contributions", [{**each, "day": day} for each in _GIVEN], committee, day)


def lighter_burden(world: World) -> Story:
    """What a community had to do, attend and display, and what was cut; what its seal may be used for."""
    yield moment(day := world.days.anchor - 90 * _DAY, 9)
    committee = "dongtian.residents_committee"
    _enter(world, _CHAOYANG, "seal_scope", _SEAL_SCOPE, "chaoyang.civil_affairs", day)
    kept: list[Row] = []
    for register, rows in _BURDEN.items():
        kept += _enter(world, _DONGTIAN, register, rows, committee, day)
    for number, (matter, paper) in enumerate(_STAMPED):
        yield (at := moment(world.days.anchor - (40 - number) * _DAY, 10))
        _stamp(world, matter, paper, at)
    yield (at := moment(world.days.anchor - 30 * _DAY, 10))
    for row in kept:
        if row.data.get("treatment") == "cut":
            strike_row(row=row, reason="按减负清单取消（演示）", by=world.officers[committee], at=at)


_STAMPED = (("居住证明", "居住证明（演示）"), ("婚育情况证明", "婚育情况证明（演示）"), ("收入证明", "收入证明（演示）"))


def _stamp(world: World, matter: str, paper: str, at: datetime) -> None:
    """What is on the county's list is stamped and logged; what is not is turned down."""
    committee = world.officers["dongtian.residents_committee"]
    place = world.places[_DONGTIAN]
    case = open_case(procedure="seal_use", place=place, title=f"用印：{matter}", by=committee, at=at, demonstration=True)
    asked = {"matter": matter, "paper": paper, "applicant": "演示·居民", "sheets": "1"}
    fill(case, "seal_request", asked, by=committee, at=at)
    if matter in {each["matter"] for each in _SEAL_SCOPE}:
        put(case, "stamped", "document", summary="用印文件留存（演示）", by=committee, at=at)
        take_act(case=case, act="stamp", by=committee, at=at)
    else:
        take_act(case=case, act="refuse", by=committee, at=at, note="不在社区印章使用范围清单上，请到出具单位办理。")


def _enter(world: World, place: str, register: str, rows: Sequence[Said], office: str, day: date) -> Sequence[Row]:
    """All of them or a mistake in this file."""
    done = enter_rows(
        place=world.places[place],
        register=register,
        rows=rows,
        by=world.officers[office],
        at=moment(day, 9),
        demonstration=True,
    )
    if done.wrong:
        raise ValueError(f"{register}: {done.wrong}")
    return done.rows


def _item(item: str, domain: str, time: str, *phases: str) -> Said:
    said = {"item": item, "domain": domain, "content": f"{item}的全部内容", "basis": "公开统一目录（演示）", "time": time}
    return {**said, "form": ["web", "board"], "steps": "村（居）委会拟定，监督委员会审核后公开", "phases": list(phases)}


_CATALOGUE = (
    _item("集体资金收支", "finance", "month", "after"),
    _item("公益金使用", "finance", "quarter", "before", "after"),
    _item("低保和临时救助名单", "affairs", "quarter", "after"),
    _item("惠民项目实施", "affairs", "at_once", "before", "during", "after"),
    _item("村（居）干部误工补贴", "finance", "year", "after"),
)
_ACCESS = tuple(
    {"item": item, "category": kind, "department": office, "basis": "有关条例（演示）", "share": share, "fee": fee}
    for item, kind, office, share, fee in (
        ("低保申请入户核对", "社会救助", "民政局", "assisted", "120"),
        ("养老保险待遇资格认证", "社会保险", "人社局", "assisted", "60"),
        ("行政处罚", "执法", "综合行政执法局", "government", ""),
        ("居民公约修订", "自治", "村（居）民委员会", "self_governed", ""),
    )
)
_SCOPE = (
    {"matter": "菜市场改造", "meeting": "hearing"},
    {"matter": "老旧小区加装电梯", "meeting": "hearing"},
    {"matter": "便民食堂", "meeting": "demonstration"},
)
_ORGANISATIONS = (
    {"name": "演示·滨江互助社", "kind": "mutual_aid", "roles": ["safety"]},
    {"name": "演示·银发公益队", "kind": "welfare", "roles": ["relief"]},
)
_COMMITMENTS = ({"commitment": "年内修好滨江步道照明", "by_whom": "演示·社区干部", "state": "under_way"},)
_OPINIONS = tuple(
    {"heard_at": "民情恳谈会（演示）", "topic": topic, "opinion": text, "owner": "社区居委会", "speaker": "演示·居民"}
    for topic, text in (
        ("路灯", "江边步道有三盏灯不亮"),
        ("停车", "菜市场门口周末堵得厉害"),
        ("噪音", "广场晚上九点后还在放音响"),
        ("楼道", "五栋楼道堆了很多杂物"),
    )
)
_DISCLOSED = (
    {
        "item": "低保和临时救助名单",
        "domain": "affairs",
        "phase": "after",
        "content": "本季度 12 户",
        "channels": ["web", "board"],
    },
    {
        "item": "惠民项目实施",
        "domain": "affairs",
        "phase": "before",
        "content": "步道照明方案",
        "channels": ["web", "sms", "board"],
    },
)
_QUERIES = ({"item": "集体资金收支", "question": "上个月的收支什么时候公开"},)
_RESOURCES = (
    {"what": "社区食堂空闲场地，可供老人用餐", "owner": "演示·清欣物业", "function": "elders", "terms": "工作日"},
    {"what": "四点半课堂教室一间", "owner": "演示·实验小学", "function": "children", "terms": "放学后"},
)
_SERVICES = (
    {"what": "为独居老人上门送餐", "function": "elders", "provider": "演示·暖心社工站"},
    {"what": "周末义诊和量血压", "function": "medical", "provider": "演示·社区卫生站"},
)
_NEEDS = (
    {"what": "独居老人中午吃饭难，希望有人送餐", "function": "elders", "found_by": "station"},
    {"what": "放学后孩子没人看管", "function": "children", "found_by": "chat_group"},
)
_PARTNERS = ({"kind": "social_worker", "name": "演示·暖心社工站", "grown_here": "yes"},)
_TURNS = tuple(
    {"station": "清欣驿站", "person": f"演示·值守{number}", "who": "grid_worker", "hours": "9:00–11:30"} for number in (1, 2, 3)
)
_GIVEN = (
    {"who": "演示·某鞋业公司", "source": "unit", "kind": "money", "worth": "20000", "use": "老年食堂"},
    {"who": "爱心人士", "source": "donation", "kind": "goods", "worth": "3600", "use": "四点半课堂"},
)
_SEAL_SCOPE = ({"matter": "居住证明", "basis": "有关规定（演示）"}, {"matter": "婚育情况证明", "basis": "有关规定（演示）"})


def _burden(name: str, treatment: str, **more: object) -> Said:
    return {"name": name, "treatment": treatment, **more}


def _system(name: str, treatment: str, level: str, once: str) -> Said:
    return _burden(name, treatment, owner="演示·区政数局", level=level, one_entry=once, money=["government"])


_BURDEN: Mapping[str, Sequence[Said]] = {
    "work_items": (
        _burden("居民低保初审", "kept", basis="社会救助暂行办法"),
        _burden("招商引资统计", "cut", basis="无"),
        _burden("企业安全生产检查", "cut", basis="无"),
    ),
    "assessments": (
        _burden("综合考核", "kept", organiser="演示·街道办事处"),
        _burden("单项达标评比", "cut", organiser="演示·某局"),
        _burden("两项创建合并检查", "merged", organiser="演示·区创建办"),
    ),
    "plates": (_burden("社区居民委员会", "kept"), _burden("某某工作站", "cut"), _burden("某某服务点", "cut")),
    "meetings_and_ledgers": (
        _burden("居民代表会议记录", "kept", ledger="yes"),
        _burden("各类走访台账", "merged", ledger="yes"),
        _burden("每周报表会", "cut", ledger="no"),
    ),
    "information_systems": (
        _system("社区综合信息平台", "kept", "community", "yes"),
        _system("人口信息系统（并入平台）", "merged", "community", "yes"),
        _system("某某直报系统", "cut", "county", "no"),
    ),
    "service_functions": (
        {"name": "长者助餐", "supply": ["administrative", "market"], "basic_public": "yes", "migrants": "yes"},
        {"name": "周末便民理发", "supply": ["volunteer"], "basic_public": "no", "convenience": "yes"},
    ),
}
