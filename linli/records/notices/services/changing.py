"""Changing a notice, making up for an outage, taking it down."""

from datetime import date, datetime

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.notices import events
from linli.records.notices.clock import SHORTEST_OUTAGE, counted_from, ends_on, lost_days
from linli.records.notices.models import Notice, Outage
from linli.records.notices.services.filing import filled, locked, refile, seal
from linli.records.notices.services.publishing import content_digest, take_down, write_content, wrong_words
from linli.records.people.models import Person
from linli.records.rulebook.selectors import library
from linli.rules.plain.days import Calendar, day_in_china
from linli.rules.plain.refusals import Invalid, Refused, require_fields
from linli.rules.plain.texts import Text, one_line

_DOWN = Text(
    "公示已经结束，不能再改。需要时请重新发布。", "The notice is down and cannot be changed. Publish a new one if needed."
)


@transaction.atomic
def change_notice(
    *,
    notice: Notice,
    title: str,
    body: str,
    reason: str,
    by: Person,
    at: datetime,
    amount_fen: int | None = None,
    calendar: Calendar | None = None,
) -> Notice:
    """Change what a notice says. The old words stay readable and the clock starts again from this day.

    Objections stay as they are. Raises Invalid when nothing changes or a word is missing, Refused once it is down.
    """
    notice = _hanging(notice)
    title, body, reason = one_line(clean(title)), clean(body), clean(reason)
    require_fields(wrong_words({"title": title, "body": body, "reason": reason}))
    old = notice.content
    if content_digest(notice, title, body, amount_fen) == old.digest:
        text = Text("内容没有变化，公示继续计时。", "Nothing has changed; the clock runs on.")
        raise Invalid(text, fields={"body": text})
    new = write_content(notice, old.number + 1, title, body, amount_fen, reason, by, at)
    notice.restarts, notice.shown_since = notice.restarts + 1, at
    _run_from(notice, day_in_china(at), calendar)
    event = events.NoticeChanged(
        notice=notice.pk,
        digest=new.digest,
        was_digest=old.digest,
        counted_from=notice.counted_from.isoformat(),
        ends_on=_iso(notice.ends_on),
        reason=reason,
    )
    seal(event, notice, by=by, at=at)
    refile(notice, by=by, at=at)
    return notice


def _hanging(notice: Notice) -> Notice:
    notice = locked(notice)
    if notice.taken_down_at is not None:
        raise Refused(_DOWN)
    return notice


def _run_from(notice: Notice, day: date, calendar: Calendar | None) -> None:
    notice.counted_from = day
    notice.ends_on = ends_on(day, notice.days, calendar or library().calendar)
    notice.save(update_fields=["restarts", "shown_since", "counted_from", "ends_on"])


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


@transaction.atomic
def record_outage(
    *,
    notice: Notice,
    began: datetime,
    ended: datetime,
    reason: str,
    by: Person | None,
    at: datetime,
    calendar: Calendar | None = None,
) -> Outage:
    """Put down when a notice could not be seen; every day so lost is added at the end. It can never shorten a notice.

    Raises Invalid for a time that is short, in the future or before the notice, Refused once it is down.
    """
    notice = _hanging(notice)
    reason = filled(clean(reason), "reason", "请写明中断原因。", "Please say what happened.")
    went_up = day_in_china(notice.shown_since)
    lost = lost_days(max(began, notice.shown_since), ended, went_up)
    if not began < ended <= at or ended - max(began, notice.shown_since) <= SHORTEST_OUTAGE:
        text = Text(
            "中断须已经结束，并且在公示期间超过 4 小时，才会顺延。",
            "An outage counts once it is over and took more than 4 hours of the notice.",
        )
        raise Invalid(text, fields={"ended": text})
    outage = Outage.objects.create(
        notice=notice,
        began_at=began,
        ended_at=ended,
        lost=[day.isoformat() for day in lost],
        reason=reason,
        recorded_by=by,
        recorded_at=at,
    )
    since_restart = notice.outages.filter(ended_at__gt=notice.shown_since)
    every = [date.fromisoformat(day) for each in since_restart for day in each.lost]
    calendar = calendar or library().calendar
    _run_from(notice, counted_from(went_up, every, notice.days, calendar), calendar)
    event = events.NoticeExtended(notice=notice.pk, lost=outage.lost, ends_on=_iso(notice.ends_on), reason=reason)
    seal(event, notice, by=by, at=at)
    refile(notice, by=by, at=at)
    return outage


@transaction.atomic
def take_down_notice(*, notice: Notice, reason: str, by: Person, at: datetime) -> Notice:
    """Take a notice down. Doing so early is recorded, and the gate then counts only the days it was shown."""
    notice = _hanging(notice)
    reason = filled(clean(reason), "reason", "请写明结束公示的理由。", "Please say why it is taken down.")
    take_down(notice, reason=reason, by=by, at=at)
    refile(notice, by=by, at=at)
    return notice
