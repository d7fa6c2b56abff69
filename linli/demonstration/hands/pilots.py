"""The acts of a call for pilots, from the draft plan of a village to the final assessment. Everything in it is made up (演示)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from linli.demonstration.hands.meetings import gather, minute
from linli.demonstration.hands.papers import answer, fill, put
from linli.records.cases.models import Case
from linli.records.cases.services import fill_case_form, open_case, take_act
from linli.records.evidence.models import Piece
from linli.records.meetings import services as meetings
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rounds.drafting import draft_forms
from linli.rules.plain.texts import quoted

TYPE = "neighbour_help"
TOWN_REVIEW = {
    **dict.fromkeys(
        ("refined", "feasible", "goals_specific", "steps_specific", "residents_heard", "secured", "resources"), "yes"
    ),
    "not_broad": "no",
}
PLAN_REVIEW = dict.fromkeys(
    ("goals_specific", "steps_specific", "feasible", "on_time", "local", "neighbour_centre", "quality", "together"), "yes"
)
CONDITIONS = dict.fromkeys(("base", "team", "residents", "results", "demonstration"), "yes")


def application(case: Case) -> dict[str, object]:
    name = case.place.short_name
    return {
        "unit": f"{name}村（居）民委员会",
        "name": case.title,
        "pilot_type": TYPE,
        "infrastructure": f"{name}党群服务中心 400 平方米，一楼可改作邻里驿站。",
        "party_work": "三个网格党支部，在职党员 46 人已报到。",
        "service_capacity": "社工 2 人，志愿者 58 人，去年开展服务 31 场。",
        "participation": "入户征求意见，户代表会参加率过半。",
        "residents_views": "老人希望中午有人送餐，已采纳；要求通宵开放的没有采纳，因为值守人手不够。",
    }


def plan(case: Case, content: Sequence[str], yuan: int = 220_000, begins: date = date(2023, 4, 26)) -> dict[str, object]:
    """Its days are counted from the day the work begins."""
    name = case.place.short_name

    def after(days: int) -> str:
        return (begins + timedelta(days=days)).isoformat()

    return {
        "local_ground": f"{name}外来务工家庭多，孩子放学后没有去处，老人白天独自在家。",
        "neighbour_centre": "与“党建+”邻里中心共用一楼大厅和值守人员。",
        f"content_{TYPE}": list(content),
        "goals": [
            {"goal": "邻里驿站每周开放 6 天", "measure": "值班表和开放记录", "by_when": after(65)},
            {"goal": "为 60 位独居老人结对", "measure": "结对名单和走访记录", "by_when": after(157)},
        ],
        "schedule": [
            {"step": "改造一楼大厅", "from": after(14), "to": after(55), "who": "村委会副主任"},
            {"step": "招募并培训志愿者", "from": after(36), "to": after(80), "who": "社工站"},
        ],
        "partners": ["community"],
        "shared": "方案由户代表会议定，驿站由居民轮值，季度由居民评议，收支上墙。",
        "budget": str(yuan),
        "sources": [
            {"source": "市级补助", "amount": "100000"},
            {"source": "镇（街道）补助", "amount": "50000"},
            {"source": "村自筹和乡贤捐赠", "amount": str(yuan - 150_000)},
        ],
    }


def open_call(place: Place, title: str, *, civil: Person, at: datetime) -> Case:
    """Drawn up with its notice; civil affairs and finance publish it together."""
    call = open_case(procedure="pilot_call", place=place, title=title, by=civil, at=at, demonstration=True)
    put(call, "call", "announcement", attachments=3, summary="申报通知和三份附件（演示）", by=civil, at=at)
    return call


def draft(call: Case, *, civil: Person, at: datetime) -> None:
    """The forms of the round, written from what is known."""
    for each in draft_forms(call):
        fill_case_form(case=call, form=each.form.id, data={each.field: each.rows}, by=civil, at=at)


def consult(case: Case, residents: Sequence[Person], *, host: Person, at: datetime, held: datetime) -> None:
    """Residents are heard, and the minutes countersigned: without it nothing is handed in."""
    meeting = meetings.call_meeting(
        place=case.place,
        session="residents_hearing",
        title=f"{quoted(case.title)}征求村（居）民意见会",
        convened_for=held,
        venue=f"{case.place.short_name}党群服务中心",
        letter="请来谈谈这个项目该不该做、怎么做。",
        items=[meetings.ItemDraft(case.title, case.subject, "consultation", kind="consultation")],
        by=host,
        at=at,
    )
    for person in residents:
        meetings.invite(meeting=meeting, person=person, by=host, at=at)
    gather(meeting, residents, host=host, at=held)
    meetings.close_meeting(meeting=meeting, by=host, at=held)
    minute(meeting, "大家赞成，要求中午送餐。（演示）", residents[:1], host=host, at=held)


def hand_in(case: Case, content: Sequence[str], *, host: Person, at: datetime, begins: date = date(2023, 4, 26)) -> None:
    """Both forms, then to the town."""
    fill(case, "pilot_application", application(case), by=host, at=at)
    fill(case, "pilot_plan", plan(case, content, begins=begins), by=host, at=at)
    take_act(case=case, act="submit", by=host, at=at)


def prepare_sending(case: Case, *, town: Person, at: datetime) -> None:
    """The town's opinion, its review and the seal in use: all but the act itself."""
    opinion = {
        "opinion": "同意报送。",
        "backing": "镇里一名副职包联，配套资金列入预算。",
        "departments": "教育、民政、团委和乡贤会。",
    }
    fill(case, "town_opinion", opinion, by=town, at=at)
    answer(case, "town_review", TOWN_REVIEW, by=town, at=at)
    put(case, "seal", "seal_use", summary="已用印：镇人民政府（演示）", by=town, at=at)


def seal_and_send(case: Case, *, town: Person, at: datetime) -> None:
    prepare_sending(case, town=town, at=at)
    take_act(case=case, act="seal_and_send", by=town, at=at)


def review(case: Case, *, civil: Person, at: datetime) -> None:
    answer(case, "plan_review", PLAN_REVIEW, by=civil, at=at)
    take_act(case=case, act="review_plan", by=civil, at=at)


def file_archive(case: Case, *, host: Person, at: datetime) -> None:
    """Everything the archive and the gates of the closing ask for."""
    for slot, what in ARCHIVE.items():
        put(case, slot, "document", summary=f"{what}（演示）", by=host, at=at)


ARCHIVE = {
    "minutes": "村民代表会议记录",
    "participation_proof": "志愿者名册和活动记录",
    "closing_self": "结项自评报告",
    "work_method": "社区工作法",
}


def media(case: Case, *, host: Person, at: datetime) -> Piece:
    return put(case, "media", "media", photos=24, videos=3, audios=2, summary="建设过程素材（演示）", by=host, at=at)
