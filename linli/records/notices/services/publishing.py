"""Publishing a notice and posting it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from linli.records.evidence.forms.characters import clean
from linli.records.evidence.models import File
from linli.records.evidence.sealing import digest_of
from linli.records.evidence.selectors import piece_history
from linli.records.notices import events
from linli.records.notices.clock import NoticeRule, ends_on
from linli.records.notices.models import Notice, NoticeContent, Posting
from linli.records.notices.models.notice import POSTING_KINDS
from linli.records.notices.selectors import rule_for
from linli.records.notices.services.filing import filled, locked, refile, seal
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused, require_fields
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, listed, one_line, quoted


@transaction.atomic
def publish_notice(
    *,
    subject: Subject,
    point: str,
    place: Place,
    title: str,
    body: str,
    by: Person,
    at: datetime,
    rule: NoticeRule | None = None,
    amount_fen: int | None = None,
    contact: str = "",
    office: str = "",
) -> Notice:
    """Put up a notice for a link of a matter; the clock starts with this moment and files slot `<point>_notice`.

    `rule` is read from the rules of the matter's stage unless given; its days are None while nobody has set them.
    Raises Refused when one hangs already (unless its evidence was voided), Invalid with everything that is lacking.
    """
    slot = f"{point}_notice"
    title, body = one_line(clean(title)), clean(body)
    require_fields(wrong_words({"title": title, "body": body}))
    _make_room(subject, slot, by, at)
    rule = rule or rule_for(subject, point)
    day = day_in_china(at)
    notice = Notice(
        subject_kind=subject.kind,
        subject_id=subject.id,
        point=point,
        slot=slot,
        place=place,
        office=office,
        author=by,
        clause=rule.clause,
        contact=clean(contact),
        days_count=rule.days.count if rule.days else None,
        days_kind=rule.days.kind if rule.days else "",
        published_at=at,
        shown_since=at,
        counted_from=day,
        ends_on=ends_on(day, rule.days, rule.calendar),
    )
    _hang(notice)
    content = write_content(notice, 1, title, body, amount_fen, "", by, at)
    event = events.NoticePublished(
        notice=notice.pk,
        point=point,
        digest=content.digest,
        counted_from=day.isoformat(),
        days=str(rule.days or ""),
        ends_on=notice.ends_on.isoformat() if notice.ends_on else "",
    )
    notice.receipt = seal(event, notice, by=by, at=at)
    notice.save(update_fields=["receipt"])
    refile(notice, by=by, at=at, published=True)
    return notice


_NEEDED = {
    "title": Text("请填写公示标题。", "Please give the notice a title."),
    "body": Text("请填写公示内容。", "Please write what the notice says."),
    "reason": Text("请写明变更理由，公示会重新计时。", "Please say why it changes; its clock starts again."),
}
_LONG = Text("标题最多 200 字。", "A title has at most 200 characters.")


def wrong_words(words: Mapping[str, str]) -> dict[str, Text]:
    """By name, what is lacking or too long in the words of a notice."""
    wrong = {name: _NEEDED[name] for name, given in words.items() if not given}
    return wrong | {"title": _LONG} if len(words["title"]) > 200 else wrong


_HANGS = Text(
    "这一环节的公示正在进行。内容有变请用“变更公示”，会重新计时。",
    "A notice for this link hangs already. Change it; its clock starts again.",
)


def _make_room(subject: Subject, slot: str, by: Person, at: datetime) -> None:
    """One notice hangs per slot. One whose evidence was voided comes down by itself for the new one."""
    hanging = Notice.objects.select_for_update(of=("self",)).filter(
        subject_kind=subject.kind, subject_id=subject.id, slot=slot, taken_down_at__isnull=True
    )
    old = hanging.first()
    if old is None:
        return
    latest = piece_history(subject, slot).last()
    if latest is None or latest.voided_at is None:
        raise Refused(_HANGS)
    take_down(old, reason=latest.void_reason, by=by, at=at)


def _hang(notice: Notice) -> None:
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        # Another was hung at the same moment; a real violation finds none and is raised.
        link = {"subject_kind": notice.subject_kind, "subject_id": notice.subject_id, "slot": notice.slot}
        if not Notice.objects.filter(**link, taken_down_at__isnull=True).exists():
            raise
        raise Refused(_HANGS) from None


def take_down(notice: Notice, *, reason: str, by: Person, at: datetime) -> None:
    """Write down that a notice came down, and whether before its time."""
    notice.taken_down_at, notice.taken_down_by, notice.take_down_reason = at, by, reason
    notice.taken_down_early = notice.ends_on is not None and day_in_china(at) <= notice.ends_on
    notice.save(update_fields=["taken_down_at", "taken_down_by", "take_down_reason", "taken_down_early"])
    seal(events.NoticeTakenDown(notice=notice.pk, early=notice.taken_down_early, reason=reason), notice, by=by, at=at)


def write_content(
    notice: Notice, number: int, title: str, body: str, amount_fen: int | None, reason: str, by: Person, at: datetime
) -> NoticeContent:
    """Write one version of what a notice says."""
    return NoticeContent.objects.create(
        notice=notice,
        number=number,
        title=title,
        body=body,
        amount_fen=amount_fen,
        digest=content_digest(notice, title, body, amount_fen),
        reason=reason,
        written_by=by,
        shown_from=at,
    )


def content_digest(notice: Notice, title: str, body: str, amount_fen: int | None) -> str:
    """What is printed beside the QR code: anyone can take it again from the words."""
    return digest_of(
        {
            "subject": str(notice.subject),
            "point": notice.point,
            "place": notice.place_id,
            "title": title,
            "body": body,
            "amount": amount_fen,
        }
    )


@transaction.atomic
def post_notice(*, notice: Notice, kind: str, where: str, by: Person, at: datetime, photos: Sequence[File] = ()) -> Posting:
    """Write down where a notice was posted, with photos of it. Raises Invalid, Refused once it is down."""
    notice = locked(notice)
    if notice.taken_down_at is not None:
        raise Refused(Text("公示已经结束，不能再补张贴记录。", "The notice is down; postings cannot be added afterwards."))
    where = filled(clean(where), "where", "请写明张贴地点。", "Please say where it was posted.")[:120]
    if kind not in POSTING_KINDS:
        text = Text("请选择贴在哪类地方。", "Please choose where it was posted.")
        raise Invalid(text, fields={"kind": text})
    if other := [photo.name for photo in photos if photo.kind != "photo"]:
        names = listed(quoted(name) for name in other)
        text = Text(f"{names.zh}不是照片，这里只收照片。", f"{names.en}: not a photo; only photos are taken here.")
        raise Invalid(text, fields={"photos": text})
    number = notice.content.number
    posting, _ = Posting.objects.get_or_create(
        notice=notice, where=where, content_number=number, defaults={"kind": kind, "posted_by": by, "posted_at": at}
    )
    posting.photos.add(*photos)
    event = events.NoticePosted(notice=notice.pk, kind=kind, where=where, photos=[photo.sha256 for photo in photos])
    seal(event, notice, by=by, at=at)
    refile(notice, by=by, at=at)
    return posting
