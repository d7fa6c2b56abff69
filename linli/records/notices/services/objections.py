"""Raising, answering and withdrawing objections. There is no way to delete one."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from linli.records.duties.services import answer_reply, open_reply
from linli.records.evidence.forms.characters import clean
from linli.records.notices import events
from linli.records.notices.models import VERDICTS, Closing, Notice, Objection, Statement
from linli.records.notices.models.objection import CHANNELS
from linli.records.notices.services.filing import filled, locked, refile, seal
from linli.records.people.models import Person
from linli.records.people.sealed import blind_index
from linli.records.trail.codes import new_code
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

LONGEST = 5_000
# A form sent again within this time by the same person is the same objection.
TWICE = timedelta(minutes=10)


@transaction.atomic
def raise_objection(
    *,
    notice: Notice,
    text: str,
    at: datetime,
    by: Person | None = None,
    name: str = "",
    contact: str = "",
    channel: str = "online",
    sheet: str = "",
) -> Objection:
    """Take an objection from anybody and give it a code. After the time it is taken too, and marked late.

    Name and contact are optional and kept encrypted. The same words of the same person, or from the same `sheet` of the form,
    within minutes are the objection already there; a contact tells who it is only where there is neither, since a neighbour
    who knows it must not be given the code. Raises Invalid when nothing is said.
    """
    notice = locked(notice)
    said = filled(clean(text), "text", "请写明您的异议。", "Please write what you object to.")
    _bounded(said, channel)
    mark = _mark(notice, said, by, channel, name, contact, sheet)
    there = _standing(notice, mark, at)
    if there is not None:
        return there
    number = (notice.objections.aggregate(last=Max("number"))["last"] or 0) + 1
    code, late = _free_code(), notice.late_on(day_in_china(at))
    event = events.ObjectionRaised(notice=notice.pk, number=number, code=code, channel=channel, late=late, text=said)
    objection = Objection.objects.create(
        notice=notice,
        number=number,
        code=code,
        channel=channel,
        content_number=notice.content.number,
        received_at=at,
        late=late,
        receipt=seal(event, notice, by=by, at=at, nobody="anonymous"),
    )
    Statement.objects.create(objection=objection, text=said, by=by, name=clean(name), contact=clean(contact), mark=mark)
    _owe_an_answer(objection, notice, at)
    refile(notice, by=None, at=at)
    return objection


def _mark(notice: Notice, said: str, by: Person | None, channel: str, name: str, contact: str, sheet: str) -> str:
    """ "" when nothing tells who it is: then every one counts."""
    who = by.ref if by else sheet or "".join(contact.split())
    words = (str(notice.pk), str(notice.content.number), channel, who, name.strip(), "".join(said.split()))
    return blind_index("|".join(words), "objection") if who else ""


def _standing(notice: Notice, mark: str, at: datetime) -> Objection | None:
    """The notice is locked: whoever sends it twice at one moment waits for the first."""
    if not mark:
        return None
    open_ones = notice.objections.filter(statement__mark=mark, received_at__gt=at - TWICE, closing__isnull=True)
    return open_ones.order_by("number").first()


def _bounded(said: str, channel: str) -> None:
    if len(said) > LONGEST:
        text = Text(f"最多 {LONGEST} 字，现在 {len(said)} 字。", f"At most {LONGEST} characters; it has {len(said)}.")
        raise Invalid(text, fields={"text": text})
    if channel not in CHANNELS:
        text = Text("请选择异议从哪里来。", "Please choose how the objection came.")
        raise Invalid(text, fields={"channel": text})


def _free_code() -> str:
    code = new_code()
    while Objection.objects.filter(code=code).exists():
        code = new_code()
    return code


def _subject(objection: Objection) -> Subject:
    return Subject("objection", str(objection.pk))


def _owe_an_answer(objection: Objection, notice: Notice, at: datetime) -> None:
    """On the list of the office that published it; no regulation here sets a day."""
    if notice.office:
        open_reply(
            subject=_subject(objection),
            kind="objection",
            office=notice.office,
            place=notice.place,
            clause=notice.clause,
            due_on=None,
            asked_at=at,
            at=at,
        )


@transaction.atomic
def answer_objection(
    *, objection: Objection, verdict: str, reason: str, by: Person, at: datetime, apart: bool = False
) -> Closing:
    """Answer an objection: upheld, partly or rejected, with the reason. An answer is final.

    With `apart` the author of the notice may not answer (NotAllowed). Raises Invalid, Refused when it is closed.
    """
    notice = locked(objection.notice)
    if apart and by == notice.author:
        raise NotAllowed(
            Text(
                "异议要由公示发布人以外的人答复，请转给其他负责同志。",
                "Somebody other than the author of the notice answers an objection.",
            )
        )
    _still_open(objection)
    if verdict not in VERDICTS or verdict == "withdrawn":
        text = Text("请选择：成立、部分成立或不成立。", "Please choose: upheld, partly upheld or rejected.")
        raise Invalid(text, fields={"verdict": text})
    why = filled(clean(reason), "reason", "请写明答复理由。", "Please give the reason for the answer.")
    return _close(objection, notice, verdict, why, by, at)


@transaction.atomic
def withdraw_objection(*, objection: Objection, reason: str, by: Person | None, at: datetime) -> Closing:
    """The objector takes it back, with a reason; it stays on the list.

    What was raised with an account is taken back with it. Raises NotAllowed, Invalid, Refused when it is closed.
    """
    notice = locked(objection.notice)
    raised_by = Statement.objects.filter(objection=objection).values_list("by", flat=True).first()
    if raised_by is not None and (by is None or by.pk != raised_by):
        text = Text(
            "这条异议是登录后提的，请用当时的账号登录再撤回。",
            "This was raised with an account; sign in with it to take it back.",
        )
        raise NotAllowed(text)
    _still_open(objection)
    why = filled(clean(reason), "reason", "请写明撤回理由。", "Please say why you withdraw it.")
    return _close(objection, notice, "withdrawn", why, by, at)


def _still_open(objection: Objection) -> None:
    if Closing.objects.filter(objection=objection).exists():
        raise Refused(Text("这条异议已经有答复，答复不能改动。", "This objection is closed; an answer is not changed."))


def _close(objection: Objection, notice: Notice, verdict: str, reason: str, by: Person | None, at: datetime) -> Closing:
    by_author = verdict != "withdrawn" and by == notice.author
    closing = Closing.objects.create(objection=objection, verdict=verdict, reason=reason, by=by, by_author=by_author, at=at)
    if verdict == "withdrawn":
        withdrawn = events.ObjectionWithdrawn(notice=notice.pk, number=objection.number, reason=reason)
        seal(withdrawn, notice, by=by, at=at, nobody="anonymous")
    else:
        answered = events.ObjectionAnswered(
            notice=notice.pk, number=objection.number, verdict=verdict, by_author=by_author, reason=reason
        )
        seal(answered, notice, by=by, at=at)
    if notice.office:
        answer_reply(subject=_subject(objection), kind="objection", verdict=verdict, reason=reason, by=by, at=at)
    refile(notice, by=by if verdict != "withdrawn" else None, at=at)
    return closing


@transaction.atomic
def read_contact(*, objection: Objection, reason: str, by: Person, at: datetime) -> tuple[str, str]:
    """Name and contact of who objected, for sending the answer. Needs a reason and is recorded."""
    why = filled(
        clean(reason), "reason", "查阅联系方式需要写明理由，并会留下记录。", "Reading a contact needs a reason and is recorded."
    )
    seal(events.ContactRead(notice=objection.notice_id, number=objection.number, reason=why), objection.notice, by=by, at=at)
    statement = Statement.objects.filter(objection=objection).first()
    return (statement.name.open(), statement.contact.open()) if statement else ("", "")
