"""The papers of an experimental zone, and the reviews of the province's panel. Names and figures are made up (演示)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.meetings import services as meetings
from linli.records.meetings.models import Meeting
from linli.records.meetings.selectors import room_of
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.texts import quoted

REASONS = "本区社区多、老旧小区集中，居民诉求多样，已有“小区议事”基础，愿先行先试，为全省探索可复制的做法。（演示）"
_SENTENCES = (
    "以居民满意为根本标准，坚持党建引领，把资源、服务、管理下沉到社区。",
    "建立楼栋、小区、社区三级议事，事项由居民提、方案由居民议、结果由居民评。",
    "梳理社区工作事项清单，清理重复台账和牌匾，压减会议和考核，让社区工作者走出办公室。",
    "培育社区社会组织和志愿队伍，以购买服务和公益创投支持为老、助残、未成年人服务。",
    "统筹区级专项、街道自筹和社会捐助，专账核算，按季公开，接受居民监督。",
)


def application(place: Place, *, kind: str = "municipal_district", national: bool = False) -> dict[str, object]:
    return {
        "applicant": f"{place.name}（演示）",
        "kind": kind,
        "national_zone": "yes" if national else "no",
        "contact": "演示联系人",
    }


def letter() -> dict[str, object]:
    return {"number": "演示〔2019〕1号", "reasons": REASONS}


def words_of(length: int) -> str:
    """So many characters of plain prose."""
    prose = "".join(f"{number}、{_SENTENCES[number % len(_SENTENCES)]}" for number in range(1, length // 20 + 2))
    return prose[:length]


def plan(
    characters: int, *, theme: str = "小区议事与社区减负", burden: bool = False, prefecture: bool = False
) -> dict[str, object]:
    """A plan of exactly so many characters in its four parts (blanks not counted)."""
    short: dict[str, object] = {
        "theme": theme,
        "local_fit": "老旧小区多、热心居民多。",
        "goals": "两年内小区议事全覆盖。",
        "schedule": "首年试点，次年推开。",
        "policies": "配套政策三项。",
        "organisation": "区委区政府牵头。",
        "funds": "区级专项经费。",
        "state": "社区六十个。",
        "problems": "台账多、参与少。",
    }
    if prefecture:
        short["why_prefecture"] = "涉及户籍、医保等市级权限，须全市统筹。"
    left = characters - sum(len(str(text)) for text in short.values())
    return {
        **short,
        "measures": words_of(left),
        "contents": ["governance", "autonomy", *(["burden"] if burden else [])],
        "tasks": [{"task": "建立小区议事会", "shown_by": "每个小区有章程、有记录", "due": "2021-06-30"}],
        **({"high_level": "yes", "hard": "yes"} if prefecture else {}),
    }


def opinion(*, recommends: bool = True) -> dict[str, object]:
    said = {
        "will": "居民代表会议赞成。",
        "attention": "党委、政府专题研究。",
        "guarantee": "经费、人员到位。",
        "radiation": "可带动周边。",
    }
    return {"recommends": "yes" if recommends else "no", "opinion": "材料齐全，同意上报。", **said}


def start() -> dict[str, object]:
    """Without the two files it names; whoever fills it in adds them."""
    return {
        "leader": "演示·分管区长",
        "departments": [{"department": "民政局", "duty": "统筹"}, {"department": "街道", "duty": "实施"}],
        "staff": "专班六人",
        "conditions": "办公用房一处",
        "policies": "三项配套政策",
        "money": "3000000",
        "supervision": "每季督查一次",
    }


def year_plan(year: int) -> dict[str, object]:
    return {"year": str(year), "plan": "一季度建制度，二三季度试点，四季度总结。（演示）"}


def year_summary(year: int) -> dict[str, object]:
    return {"year": str(year), "summary": "建成小区议事会四十个，压减台账三成。（演示）", "truthful": "yes"}


def change(kind: str = "schedule", *, begun: bool = False) -> dict[str, object]:
    return {
        "kind": kind,
        "what": "试点推后三个月",
        "why": "社区换届",
        "from_day": "2020-09-01",
        "begun": "yes" if begun else "no",
    }


def more_time(months: int) -> dict[str, object]:
    return {"circumstances": "换届后部分小区重新组建议事会。", "months": str(months)}


def final_report() -> dict[str, object]:
    return {
        "results": "议事会覆盖全部小区，台账压减四成。",
        "against_plan": [{"task": "建立小区议事会", "done": "全部建成"}],
        "distilled": "小事小区议，大事社区定。",
        "truthful": "yes",
    }


def review(
    *,
    session: str,
    case: Case,
    slot: str,
    host: Person,
    province: Place,
    experts: Sequence[Person],
    against: int = 0,
    called: datetime,
    held: datetime,
) -> Meeting:
    """The panel meets on a zone: called, held, voted, minuted and signed."""
    meeting = meetings.call_meeting(
        place=province,
        session=session,
        title=f"专家评审：{case.title}",
        convened_for=held,
        venue="省民政厅会议室（演示）",
        letter="请各位专家准时到会，材料已随通知附上。",
        items=[meetings.ItemDraft(f"评审{quoted(case.title)}", case.subject, slot, place=case.place)],
        by=host,
        at=called,
    )
    meetings.open_meeting(meeting=meeting, by=host, at=held)
    for expert in experts:
        meetings.mark_attendance(meeting=meeting, person=expert, by=host, at=held)
    item = meeting.items.get()
    motion = meetings.put_motion(item=item, text="同意通过评审", by=host, at=held)
    meetings.count_votes(motion=motion, in_favour=room_of(item).present - against, against=against, abstain=0, by=host, at=held)
    meetings.close_meeting(meeting=meeting, by=host, at=held)
    minutes = meetings.write_minutes(meeting=meeting, text="专家逐项审议，形成评审意见。（演示）", by=host, at=held)
    for expert in experts[:2]:
        meetings.name_signatory(meeting=meeting, person=expert, role="attendee", by=host, at=held)
    for expert in experts[:2]:
        meetings.sign_minutes(meeting=meeting, digest=minutes.digest, by=expert, at=held)
    return meeting


def posted(data: Mapping[str, object]) -> dict[str, object]:
    """The same, as a browser sends it: rows numbered."""
    found: dict[str, object] = {}
    for key, value in data.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            found[f"{key}-rows"] = str(len(value))
            found |= {f"{key}-{number}-{name}": cell for number, row in enumerate(value) for name, cell in row.items()}
        else:
            found[key] = value
    return found
