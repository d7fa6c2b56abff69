"""What happens to notices and objections, as it is sealed under the matter they belong to."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("notice.published", title=Text("公示发布", "Notice published"))
class NoticePublished:
    notice: int
    point: str
    digest: str
    counted_from: str
    days: str
    ends_on: str


@event("notice.posted", title=Text("公示张贴", "Notice posted"))
class NoticePosted:
    notice: int
    kind: str
    where: str
    photos: list[str]


@event("notice.changed", title=Text("公示内容变更，重新计时", "Notice changed, the clock starts again"))
class NoticeChanged:
    notice: int
    digest: str
    was_digest: str
    counted_from: str
    ends_on: str
    reason: str


@event("notice.extended", title=Text("公示顺延", "Notice extended"))
class NoticeExtended:
    notice: int
    lost: list[str]
    ends_on: str
    reason: str


@event("notice.taken_down", title=Text("公示结束", "Notice taken down"))
class NoticeTakenDown:
    notice: int
    early: bool
    reason: str


@event("objection.raised", title=Text("收到异议", "Objection raised"))
class ObjectionRaised:
    notice: int
    number: int
    code: Personal[str]
    channel: str
    late: bool
    text: Personal[str]


@event("objection.answered", title=Text("异议已答复", "Objection answered"))
class ObjectionAnswered:
    notice: int
    number: int
    verdict: str
    by_author: bool
    reason: Personal[str]


@event("objection.withdrawn", title=Text("异议已撤回", "Objection withdrawn"))
class ObjectionWithdrawn:
    notice: int
    number: int
    reason: Personal[str]


@event("objection.hiding_asked", title=Text("申请隐去异议内容", "Hiding of an objection asked for"))
class HidingAsked:
    notice: int
    number: int
    ground: str


@event("objection.hidden", title=Text("异议内容已隐去", "Objection hidden"))
class ObjectionHidden:
    notice: int
    number: int
    ground: str


@event("objection.contact_read", title=Text("查阅了异议人联系方式", "Contact of an objector read"))
class ContactRead:
    notice: int
    number: int
    reason: Personal[str]
