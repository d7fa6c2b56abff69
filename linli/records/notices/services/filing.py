"""Every change of a notice files its evidence anew, in the slot the gate reads."""

from datetime import datetime

from django.db.models import QuerySet

from linli.records.evidence.models import Piece
from linli.records.evidence.selectors import piece_history
from linli.records.evidence.services import file_piece
from linli.records.notices.clock import last_whole_day
from linli.records.notices.models import Notice, Objection
from linli.records.people.models import Person
from linli.records.trail.services import record
from linli.rules.gates.model import Plain
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text

KIND = "notice"


def seal(event: object, notice: Notice, *, by: Person | None, at: datetime, nobody: str = "system") -> str:
    """Seal an event under the matter the notice belongs to; its receipt."""
    who = by.ref if by else nobody
    return record(event, stream=notice.place_id, subject=notice.subject, by=who, office=notice.office, at=at).receipt


def notice_facts(notice: Notice) -> dict[str, Plain]:
    """What a gate reads: the days shown, the places, the objections without an answer.

    Objections count over every notice of the link: taking one down and publishing another loses none.
    """
    down = notice.taken_down_at
    until = last_whole_day(notice.counted_from, down).isoformat() if down else None
    objections = Objection.objects.filter(notice__in=_of_the_link(notice))
    return {
        "shown": [notice.counted_from.isoformat(), until],
        "places": notice.postings.values("where").distinct().count(),
        "objections_open": objections.filter(closing__isnull=True).count(),
        "objections_late": objections.filter(late=True).count(),
        "answered_by_author": objections.filter(closing__by_author=True).count(),
    }


def _of_the_link(notice: Notice) -> "QuerySet[Notice]":
    return Notice.objects.filter(subject_kind=notice.subject_kind, subject_id=notice.subject_id, slot=notice.slot)


def refile(notice: Notice, *, by: Person | None, at: datetime, published: bool = False) -> Piece | None:
    """File the link's latest notice as it is now.

    Once its evidence was voided nothing brings it back but publishing anew (`published`).
    """
    latest = piece_history(notice.subject, notice.slot).last()
    if not published and latest is not None and latest.voided_at is not None:
        return None
    notice = _newest(notice)
    files = [photo for posting in notice.postings.prefetch_related("photos").order_by("pk") for photo in posting.photos.all()]
    return file_piece(
        subject=notice.subject,
        slot=notice.slot,
        kind=KIND,
        facts=notice_facts(notice),
        by=by,
        at=at,
        place=notice.place,
        files=list(dict.fromkeys(files)),
        summary=notice.content.title,
    )


def _newest(notice: Notice) -> Notice:
    return _of_the_link(notice).select_related("place").order_by("-pk")[0]


def locked(notice: Notice) -> Notice:
    """The notice as it is now, locked until the transaction ends. Raises NotFound."""
    found = Notice.objects.select_for_update(of=("self",)).select_related("place", "author").filter(pk=notice.pk).first()
    if found is None:
        raise NotFound
    return found


def filled(value: str, field: str, zh: str, en: str) -> str:
    """The text without blanks around it. Raises Invalid at its field when nothing is left."""
    if not value.strip():
        text = Text(zh, en)
        raise Invalid(text, fields={field: text})
    return value.strip()
