"""One notice: what it says, its clock, where it hangs, and what was said against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.readings.relations import relations_to
from linli.records.notices.models import Notice, Objection
from linli.records.notices.permissions import (
    ANSWER_OBJECTION,
    APPROVE_HIDING,
    ASK_TO_HIDE,
    POST_NOTICE,
    PUBLISH_NOTICE,
    READ_CONTACT,
    TAKE_OBJECTION,
)
from linli.records.notices.selectors import notice as notice_of
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.rulebook.selectors import procedure_of, rules_at
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import address, looks_at, me
from linli.web.desk.notice_asks import ANSWER, CAME_BY, CHANGE, CONTACT, DOWN, HIDE, OUTAGE, POST, SAID, TAKE
from linli.web.desk.notices import READ, point_titles, stamp_of
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Link
from linli.web.shared.values import period_words


@dataclass(frozen=True)
class Said:
    """An objection with what this reader may do about it."""

    row: Objection
    text: str
    hidden: bool
    hiding: Any
    channel: Text
    verdict: Text | None
    answer: Sheet | None = None
    hide: Sheet | None = None
    approve_url: str = ""
    contact: Sheet | None = None
    aside: Text | None = None  # why this reader may not answer


def found_notice(request: HttpRequest, pk: int) -> Found:
    """Raises NotFound for those who do not look at its place."""
    notice = notice_of(pk)
    if not looks_at(reader_of(request).person, notice.place):
        raise NotFound
    return Found(notice, notice.place)


def relations_of(objection: Objection, person: Person) -> frozenset[str]:
    """What keeps a person from answering: having objected, or having to stand aside from the matter."""
    statement = getattr(objection, "statement", None)
    own = {"objector"} if statement is not None and statement.by_id == person.pk else set()
    return frozenset(own | matter_relations(objection.notice, person))


def matter_relations(notice: Notice, person: Person) -> set[str]:
    if notice.subject_kind != "case":
        return set()
    case = Case.objects.select_related("parent").prefetch_related("parties").filter(pk=notice.subject_id).first()
    if case is None:
        return set()
    return set(relations_to(case, procedure_of(case.subject), person, clock.today())) & {"recused"}


def apart(notice: Notice) -> bool:
    """Whether the rules of the matter want objections answered by somebody other than the author of the notice."""
    try:
        acts = procedure_of(notice.subject).acts.values()
    except NotFound:
        return False
    return any(check.fact == "answered_by_author" for act in acts for check in act.checks)


@door(may=READ, load=found_notice)
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    return notice_again(request, notice)


def notice_again(
    request: HttpRequest, notice: Notice, tried: Tried | None = None, contact: tuple[int, str, str] | None = None
) -> HttpResponse:
    """The page as it stands; `contact` is (objection, name, contact), opened for this one answer."""
    person, on, place = me(request), clock.today(), notice.place
    rules, objections = rules_at(place), _objections(notice)
    contents = sorted(notice.contents.select_related("written_by"), key=lambda content: -content.number)
    waiting = sum(getattr(row, "closing", None) is None for row in objections)
    hanging = notice.taken_down_at is None
    keeps = may(person, PUBLISH_NOTICE, place, on)
    context: dict[str, Any] = {
        "notice": notice,
        "place": place,
        "rules": rules,
        "content": contents[0],
        "earlier": contents[1:],
        "point": point_titles(rules, on).get(notice.point, notice.point),
        "state": stamp_of(notice, waiting, on),
        "days": period_words(notice.days) if notice.days else "",
        "matter": _matter(notice),
        "postings": list(notice.postings.select_related("posted_by").prefetch_related("photos").order_by("pk")),
        "outages": list(notice.outages.order_by("pk")),
        "print_url": address("portal:notice_print", notice.pk),
        "public_url": address("portal:notice", notice.pk),
        "waiting": waiting,
        "objections": _said(objections, notice, person, on, tried),
        "contact": contact,
        "take": _form(notice, "take", TAKE, Text("收下这条异议", "Take it"), tried)
        if may(person, TAKE_OBJECTION, place, on)
        else None,
        "post": _form(notice, "post", POST, Text("记下张贴", "Keep the posting"), tried)
        if hanging and may(person, POST_NOTICE, place, on)
        else None,
        **(_keeping(notice, contents[0], tried, on) if keeps and hanging else {}),
        "keeps": keeps,
    }
    forms = {form.name for form in context.values() if isinstance(form, Sheet)}
    forms |= {form.name for one in context["objections"] for form in (one.answer, one.hide, one.contact) if form}
    context["refused"] = tried.turned_down if tried and tried.form not in forms else None
    answer = render(request, "desk/notices/notice.html", context)
    if contact:
        answer.headers["Cache-Control"] = "no-store"
    return answer


def _keeping(notice: Notice, content: Any, tried: Tried | None, on: date) -> dict[str, Sheet]:
    """Change, outage, taking down: for those who publish, while it hangs."""
    early = notice.ends_on is not None and on <= notice.ends_on
    zh = f"还没到期（{notice.ends_on}）。提前撤下会留下记录，关口只算实际公示的天数。" if early else "撤下后不能再改。"
    en = (
        f"Its time runs until {notice.ends_on}; taken down early, only the days it hung count."
        if early
        else "It cannot be changed afterwards."
    )
    restart = Text(
        "改了内容，公示从今天重新计时；原来的内容仍然能看到。",
        "A changed notice starts its clock again today; the old words stay readable.",
    )
    return {
        "change": _form(
            notice,
            "change",
            CHANGE,
            Text("变更并重新计时", "Change it and start again"),
            tried,
            {"title": content.title, "body": content.body},
            note=restart,
        ),
        "outage": _form(
            notice,
            "outage",
            OUTAGE,
            Text("记下中断，顺延天数", "Keep the outage and extend"),
            tried,
            note=Text(
                "看不到超过 4 小时的日子不算，在最后补上。",
                "Days on which it could not be seen for over 4 hours are added at the end.",
            ),
        ),
        "down": _form(notice, "down", DOWN, Text("撤下公示", "Take it down"), tried, grave=True, note=Text(zh, en)),
    }


def _objections(notice: Notice) -> list[Objection]:
    rows = notice.objections.select_related("statement__by", "closing__by", "hiding__asked_by", "hiding__approved_by")
    return list(rows.order_by("number"))


def _said(rows: Sequence[Objection], notice: Notice, person: Person, on: date, tried: Tried | None) -> list[Said]:
    place = notice.place
    matter = matter_relations(notice, person)
    answers, hides, approves, reads = (
        may(person, row, place, on, frozenset(matter) if row is ANSWER_OBJECTION else frozenset())
        for row in (ANSWER_OBJECTION, ASK_TO_HIDE, APPROVE_HIDING, READ_CONTACT)
    )
    kept_apart = bool(rows) and notice.author_id == person.pk and apart(notice)
    return [_one(row, notice, person, (answers, hides, approves, reads), kept_apart, tried) for row in rows]


def _one(
    row: Objection, notice: Notice, person: Person, able: tuple[bool, bool, bool, bool], kept_apart: bool, tried: Tried | None
) -> Said:
    row.notice = notice
    answers, hides, approves, reads = able
    closing, hiding, statement = (getattr(row, name, None) for name in ("closing", "hiding", "statement"))
    hidden = hiding is not None and hiding.approved_at is not None
    own = statement is not None and statement.by_id == person.pk
    may_answer = answers and closing is None and not own and not kept_apart
    waits = hiding is not None and not hidden and hiding.asked_by_id != person.pk
    return Said(
        row,
        statement.text if statement and (not hidden or answers) else "",
        hidden,
        hiding,
        CAME_BY[row.channel],
        SAID[closing.verdict] if closing else None,
        _of(row, "answer", ANSWER, Text("答复", "Answer"), tried) if may_answer else None,
        _of(row, "hide", HIDE, Text("申请隐去", "Ask to hide it"), tried) if hides and hiding is None and statement else None,
        _url(row, "approve") if waits and approves else "",
        _of(row, "contact", CONTACT, Text("查看", "Open it"), tried) if reads and statement and statement.contact else None,
        _aside(own, kept_apart) if closing is None else None,
    )


def _aside(own: bool, kept_apart: bool) -> Text | None:
    if own:
        return Text("这条异议是您提的，由别人答复。", "You raised this yourself; somebody else answers it.")
    if kept_apart:
        return Text("您是公示发布人，按规定由别人答复。", "You published the notice; by the rules somebody else answers.")
    return None


def _matter(notice: Notice) -> Link | None:
    case = Case.objects.filter(pk=notice.subject_id).first() if notice.subject_kind == "case" else None
    return Link(f"{case.code} {case.title}", address("desk:dossier", case.code)) if case else None


def _url(row: Objection, act: str) -> str:
    return reverse(f"desk:objection_{act}", args=[row.notice_id, row.number])


def _of(row: Objection, name: str, asks: Sequence[Ask], button: Text, tried: Tried | None) -> Sheet:
    return sheet(f"{name}{row.number}", asks, action=_url(row, name), button=button, tried=tried)


def _form(
    notice: Notice,
    name: str,
    asks: Sequence[Ask],
    button: Text,
    tried: Tried | None,
    start: Any = None,
    *,
    grave: bool = False,
    note: Text | str = "",
) -> Sheet:
    action = reverse(f"desk:notice_{name}", args=[notice.pk])
    return sheet(name, asks, action=action, button=button, tried=tried, start=start, grave=grave, note=note)
