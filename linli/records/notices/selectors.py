"""Notices that hang, what they say, and what was said against them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from linli.records.notices.clock import NoticeRule
from linli.records.notices.models import Notice, Objection
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import library, standing
from linli.records.trail.codes import read_code
from linli.rules.plain.days import Period, day_in_china
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN

DAYS = "notice_days"
REQUIRED = "publicity_required"


def rule_for(subject: Subject, point: str) -> NoticeRule:
    """How long a notice for this link must hang, by the rules of the stage its matter stands in.

    A subject that no procedure moves has no length of its own.
    """
    try:
        now = standing(subject)
    except NotFound:
        return NoticeRule(None, library().calendar, OPEN)
    length = now.rules.read(DAYS, on=now.rules_on, key=point)
    clause = now.rules.read(REQUIRED, on=now.rules_on, key=point).clause
    return NoticeRule(length.value if isinstance(length.value, Period) else None, now.rules.calendar, clause)


def notice(pk: int) -> Notice:
    """Raises NotFound."""
    found = _NOTICE.first(pk)
    if found is None:
        raise NotFound
    return found


_NOTICE = Prepared(lambda pk: Notice.objects.select_related("place", "author").filter(pk=pk))


def notices_hung(subject: Subject) -> list[Notice]:
    """The same, read at once for a page."""
    return _HUNG(subject.kind, subject.id)


_HUNG = Prepared(lambda kind, id: notices_of(Subject(kind, id)))


def notices_of(subject: Subject) -> QuerySet[Notice]:
    """Every notice of a matter, oldest first."""
    return (
        Notice.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        .select_related("place")
        .order_by("published_at", "pk")
    )


def hanging(place: Place | None = None) -> QuerySet[Notice]:
    """Notices that hang now, newest first; at a place and everything in it when given."""
    found = Notice.objects.filter(taken_down_at__isnull=True).select_related("place").order_by("-published_at", "-pk")
    return found.filter(beneath(place, "place")) if place else found


def days_left(notice: Notice, on: date) -> int | None:
    """How many days still have to pass, today included; 0 when it has run out, None while its length is not set."""
    return None if notice.ends_on is None else max(0, (notice.ends_on - on).days + 1)


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """An objection as everybody may read it. `text` is empty when it is hidden or was erased; `ground` then says why."""

    number: int
    received_on: date
    late: bool
    text: str
    hidden: bool
    ground: str
    verdict: str
    answer: str
    answered_on: date | None

    @property
    def open(self) -> bool:
        return not self.verdict


def objections_shown(notice: Notice) -> list[ObjectionShown]:
    """Every objection ever received, by number; none is left out."""
    return [_shown(row) for row in _OBJECTIONS(notice.pk)]


_OBJECTIONS = Prepared(
    lambda notice: Objection.objects.filter(notice=notice).select_related("statement", "closing", "hiding").order_by("number")
)


def _shown(row: Objection) -> ObjectionShown:
    hiding, statement, closing = getattr(row, "hiding", None), getattr(row, "statement", None), getattr(row, "closing", None)
    hidden = (hiding is not None and hiding.approved_at is not None) or statement is None
    return ObjectionShown(
        number=row.number,
        received_on=day_in_china(row.received_at),
        late=row.late,
        text="" if hidden or statement is None else statement.text,
        hidden=hidden,
        ground=hiding.ground if hidden and hiding is not None else "",
        verdict=closing.verdict if closing else "",
        answer=closing.reason if closing else "",
        answered_on=day_in_china(closing.at) if closing else None,
    )


def objection_by_code(typed: str) -> Objection:
    """The objection a receipt names. Raises NotFound, with a hint when the code has a typing mistake."""
    code = read_code(typed)
    if code is None:
        raise NotFound(
            Text("编号有误，请核对回执上的 10 位数字。", "This code is mistyped. Please check the ten digits on your receipt.")
        )
    found = Objection.objects.select_related("notice__place", "statement", "closing", "hiding").filter(code=code).first()
    if found is None:
        raise NotFound(Text("没有找到这个编号的异议。", "No objection has this code."))
    return found


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the printed A4 page and its QR code need. `receipt` finds the sealed publication in the trail."""

    notice: int
    place: str
    point: str
    title: str
    body: str
    amount_fen: int | None
    clause: str
    contact: str
    published_at: datetime
    shown_since: datetime
    days: Period | None
    counted_from: date
    ends_on: date | None
    version: int
    digest: str
    receipt: str
    places: tuple[str, ...]


def sheet(notice: Notice) -> Sheet:
    """The notice as it is printed now."""
    content = notice.content
    return Sheet(
        notice=notice.pk,
        place=notice.place.short_name,
        point=notice.point,
        title=content.title,
        body=content.body,
        amount_fen=content.amount_fen,
        clause=notice.clause,
        contact=notice.contact,
        published_at=notice.published_at,
        shown_since=notice.shown_since,
        days=notice.days,
        counted_from=notice.counted_from,
        ends_on=notice.ends_on,
        version=content.number,
        digest=content.digest,
        receipt=notice.receipt,
        places=tuple(notice.postings.order_by("pk").values_list("where", flat=True).distinct()),
    )
