"""Opening a version for comment, taking comments by every way, closing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from linli.records.duties.services import open_reply
from linli.records.evidence.forms.characters import clean
from linli.records.evidence.models import File
from linli.records.people.models import Person
from linli.records.people.sealed import blind_index
from linli.records.texts import events
from linli.records.texts.models import CHANNELS, Call, Comment, Document, Statement
from linli.records.texts.selectors.calls import LastDay, last_day
from linli.records.texts.services.common import file_into, filled, free_code, locked, seal, slots_for
from linli.records.texts.services.filing import refile
from linli.records.texts.services.fixing import fix_version
from linli.rules.plain.days import day_in_china, day_words
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

# A form sent again within this time by the same person is the same comment.
TWICE = timedelta(minutes=10)


@transaction.atomic
def open_call(
    *, document: Document, by: Person, at: datetime, contact: str = "", ends_on: date | None = None, set_document: str = ""
) -> Call:
    """Open the latest version for comment and file `announcement` with the number of attachments.

    The last day is the rules' own where they give one; else the one named here, with the document that sets it; else it
    stays unset and is shown so. Raises Refused while one runs, Invalid for a day that is over or has no document.
    """
    document = locked(document)
    if document.calls.filter(closed_at__isnull=True).exists():
        raise Refused(Text("这份文本正在征求意见。", "This text is open for comment already."))
    last = _settled(document, at, ends_on, clean(set_document))
    version = fix_version(document.versions.order_by("-number")[0], by=by, at=at)
    number = (document.calls.aggregate(last=Max("number"))["last"] or 0) + 1
    opened = events.CallOpened(
        text=document.pk,
        call=number,
        version=version.number,
        ends_on=last.day.isoformat() if last.day else "",
        set_by=last.set_by,
        set_document=last.document,
    )
    call = Call.objects.create(
        document=document,
        version=version,
        number=number,
        opened_at=at,
        opened_by=by,
        ends_on=last.day,
        set_by=last.set_by,
        set_document=last.document,
        clause=last.clause,
        contact=clean(contact),
        receipt=seal(opened, document, by=by, at=at),
    )
    files = list(document.attachments.all())
    facts = {"attachments": len(files) + bool(document.pack)}
    slots = slots_for(document, "announcement")
    file_into(document, slots, "announcement", facts, by=by, at=at, summary=document.title, files=files)
    return call


def _settled(document: Document, at: datetime, ends_on: date | None, set_document: str) -> LastDay:
    today, known = day_in_china(at), last_day(document)
    if known.day is not None:
        if known.day <= today:
            last = day_words(known.day)
            raise Refused(
                Text(
                    f"规定的截止日期{last.zh}已经过了，请先重新设定。",
                    f"The last day set, {last.en}, is over; set a new one first.",
                )
            )
        return known
    if ends_on is None:
        return known
    wrong: dict[str, Text] = {}
    if ends_on <= today:
        wrong["ends_on"] = Text(
            "最后一天要在今天以后：当天不算。", "The last day lies after today: the first day does not count."
        )
    if not set_document:
        wrong["set_document"] = Text("请写明截止日期由哪份文件定。", "Name the document that sets the last day.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    return LastDay(ends_on, "", set_document[:200], known.clause)


@transaction.atomic
def take_comment(
    *,
    document: Document,
    words: str,
    at: datetime,
    channel: str = "online",
    anchor: int | None = None,
    by: Person | None = None,
    name: str = "",
    contact: str = "",
    received_on: date | None = None,
    scans: Sequence[File] = (),
    registered_by: Person | None = None,
    sheet: str = "",
) -> Comment:
    """Take a comment from anybody and give it a number and a code. After the time it is taken too, and marked late.

    What came by mail, fax, letter, telephone or at the counter is registered by staff with the day it came in.
    The same words on the same paragraph of the same person, or from the same `sheet` of the form, within minutes are the
    comment already there; a contact tells who it is only where there is neither. Raises Invalid, Refused when the text was
    never open for comment.
    """
    document = locked(document)
    call = document.calls.order_by("-number").first()
    if call is None:
        raise Refused(Text("这份文本还没有公开征求意见。", "This text has not been opened for comment."))
    said = filled(words, "words", "请写下您的意见。", "Please write your comment.")
    day = _day_of(call, channel, received_on, at, registered_by)
    if anchor is not None and not call.version.paragraphs.filter(anchor=anchor).exists():
        text = Text("没有这一段，请重新选择。", "There is no such paragraph; please choose again.")
        raise Invalid(text, fields={"anchor": text})
    mark = _mark(call, anchor, said, channel, name, by.ref if by else sheet or "".join(contact.split()))
    there = _standing(call, mark, at)
    if there is not None:
        return there
    number = (document.comments.aggregate(last=Max("number"))["last"] or 0) + 1
    code, late = free_code(), call.late_on(day)
    received = events.CommentReceived(
        text=document.pk,
        number=number,
        code=code,
        channel=channel,
        anchor=anchor or 0,
        received_on=day.isoformat(),
        late=late,
        words=said,
        scans=[scan.sha256 for scan in scans],
    )
    comment = Comment.objects.create(
        document=document,
        call=call,
        number=number,
        code=code,
        channel=channel,
        anchor=anchor,
        received_on=day,
        registered_at=at,
        late=late,
        receipt=seal(received, document, by=registered_by or by, at=at),
    )
    who = {"by": by, "name": clean(name)[:60], "contact": clean(contact)[:200], "registered_by": registered_by}
    statement = Statement.objects.create(comment=comment, words=said, mark=mark, **who)
    statement.scans.set(scans)
    _owe_an_answer(comment, document, call, at)
    refile(document, by=None, at=at)
    return comment


def _mark(call: Call, anchor: int | None, said: str, channel: str, name: str, who: str) -> str:
    """ "" when nothing tells who it is: then every one counts."""
    words = (str(call.pk), str(anchor or 0), channel, who, name.strip(), "".join(said.split()))
    return blind_index("|".join(words), "comment") if who else ""


def _standing(call: Call, mark: str, at: datetime) -> Comment | None:
    """The text is locked: whoever sends it twice at one moment waits for the first."""
    return call.comments.filter(statement__mark=mark, registered_at__gt=at - TWICE).order_by("number").first() if mark else None


def _day_of(call: Call, channel: str, received_on: date | None, at: datetime, registered_by: Person | None) -> date:
    today = day_in_china(at)
    if channel not in CHANNELS or (channel == "online") is not (registered_by is None):
        text = Text("请选择意见从哪里来。", "Please choose how the comment came.")
        raise Invalid(text, fields={"channel": text})
    day = received_on or today
    if not day_in_china(call.opened_at) <= day <= today:
        text = Text("收到日期要在公开征求意见以后、今天以前。", "The day it came in lies between the opening and today.")
        raise Invalid(text, fields={"received_on": text})
    return day


def _owe_an_answer(comment: Comment, document: Document, call: Call, at: datetime) -> None:
    if document.office:
        open_reply(
            subject=Subject("comment", str(comment.pk)),
            kind="comment",
            office=document.office,
            place=document.place,
            clause=call.clause or "open",
            due_on=None,
            asked_at=at,
            at=at,
        )


@transaction.atomic
def close_call(*, document: Document, by: Person, at: datetime) -> Call:
    """Close it. Raises Refused on or before the last day: that day still counts as a whole."""
    document = locked(document)
    call = document.calls.filter(closed_at__isnull=True).first()
    if call is None:
        raise Refused(Text("现在没有在征求意见。", "It is not open for comment."))
    if call.ends_on is not None and day_in_china(at) <= call.ends_on:
        last = day_words(call.ends_on)
        raise Refused(
            Text(
                f"征求意见到{last.zh} 24:00 才结束，当天也算；第二天再来关闭。",
                f"Comments are taken until the end of {last.en}; close it on the day after.",
            )
        )
    call.closed_at, call.closed_by = at, by
    call.save(update_fields=["closed_at", "closed_by"])
    received = call.comments.count()
    closed = events.CallClosed(
        text=document.pk, call=call.number, received=received, late=call.comments.filter(late=True).count()
    )
    seal(closed, document, by=by, at=at)
    return call
