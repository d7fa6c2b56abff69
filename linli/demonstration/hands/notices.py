"""Publishing what a link of the course calls for."""

from collections.abc import Sequence
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.evidence.models import File
from linli.records.notices.models import Notice
from linli.records.notices.selectors import notices_of
from linli.records.notices.services import post_notice, publish_notice, take_down_notice
from linli.records.people.models import Person
from linli.rules.plain.texts import quoted

_TITLES = {
    "collection": "需求征集结果公示",
    "evaluation": "评议结果公示",
    "determination": "确定结果公示",
    "implementation": "实施情况公示",
    "acceptance": "验收结果公示",
    "fund_use": "资金使用公示",
    "urgent": "先行实施同步公示",
}
OFFICES = {"community": "community.party_committee", "subdistrict": "subdistrict.working_committee"}


def publicise(case: Case, point: str, *, by: Person, at: datetime, body: str = "", led_by: str = "community") -> Notice:
    """Put up the notice of a link; its clock begins on this day."""
    return publish_notice(
        subject=case.subject,
        point=point,
        place=case.place,
        title=f"{case.title}：{_TITLES[point]}",
        body=body or f"{quoted(case.title)}（{case.code}）{_TITLES[point]}。有意见请在公示期内提出，我们会逐条答复。",
        amount_fen=case.amount_fen,
        contact=f"{case.place.short_name}党群服务中心一楼意见箱",
        office=OFFICES[led_by],
        by=by,
        at=at,
    )


def post(notice: Notice, where: str, *, by: Person, at: datetime, photos: Sequence[File] = ()) -> None:
    """On paper too, with a photo of it."""
    post_notice(notice=notice, kind="board", where=where, by=by, at=at, photos=photos)


def take_down(notice: Notice, *, by: Person, at: datetime) -> None:
    take_down_notice(notice=notice, reason="公示期满", by=by, at=at)


def hanging_of(case: Case, point: str) -> Notice | None:
    """The notice of a link that hangs now."""
    found = notices_of(case.subject).filter(point=point, taken_down_at__isnull=True)
    return found.first()
