"""One text at the desk: written by paragraph, opened, commented on, answered, reported, adopted, signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.rulebook.selectors import rules_at
from linli.records.texts import selectors
from linli.records.texts.models import Document, Paragraph
from linli.records.texts.permissions import KEEP_TEXT
from linli.records.texts.selectors import Changed, Shown
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.web.desk import text_asks as asks
from linli.web.desk.intake_ground import address, looks_at, me
from linli.web.desk.sheets import Ask, Sheet, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Link

READ = "texts.read_texts_at_desk"
_VERDICTS = dict(asks.VERDICTS)
_WAYS = {**dict(asks.CHANNELS), "online": Text("网上", "Online")}


def found_text(request: HttpRequest, pk: int, act: str = "") -> Found:
    """Raises NotFound for those who do not look at its place."""
    document = selectors.text(pk)
    if not looks_at(reader_of(request).person, document.place):
        raise NotFound
    return Found(document, document.place)


def keeps_text(person: Person, document: Document) -> bool:
    """An office of the text's own place; those above look, they do not write for those below."""
    held, level = actor_for(person, document.place, clock.today()).offices, document.place.level
    return any(office in held and office.startswith(f"{level}.") for office in KEEP_TEXT.offices)


@dataclass(frozen=True)
class Part:
    """A paragraph with the form that changes it; `change` is what it was before."""

    paragraph: Paragraph
    change: Changed | None
    form: Sheet | None


@dataclass(frozen=True)
class Said:
    """A comment with what may be done about it."""

    shown: Shown
    about: str
    way: Text
    verdict: Text | None
    answer: Sheet | None
    hide: Sheet | None
    contact: Sheet | None


@door(may=READ, load=found_text)
def text(request: HttpRequest, document: Document) -> HttpResponse:
    return text_again(request, document)


def text_again(request: HttpRequest, document: Document, tried: Tried | None = None) -> HttpResponse:
    """The page as it stands, with what was typed where a form came back."""
    keeps = keeps_text(me(request), document)
    versions, call = selectors.versions_of(document), document.calls.order_by("-number").first()
    version, heard = versions[-1], selectors.heard(document)
    form = _Forms(document, tried, keeps)
    statements = [row.comment.statement for row in heard.every if hasattr(row.comment, "statement")]
    prefetch_related_objects(statements, "scans")
    writing = version.fixed_at is None
    changes = {one.anchor: one for one in selectors.changes_between(version)}
    context: dict[str, Any] = {
        "document": document,
        "place": document.place,
        "rules": rules_at(document.place),
        "version": version,
        "versions": versions,
        "writing": writing,
        "keeps": keeps,
        "matter": _matter(document),
        "call": call,
        "running": call is not None and call.closed_at is None,
        "parts": [
            Part(one, changes.get(one.anchor), form.paragraph(one, changes.get(one.anchor)) if writing else None)
            for one in version.paragraphs.all()
        ],
        "struck": [(one, form.struck(one) if writing else None) for one in changes.values() if one.kind == "removed"],
        "comments": _said(heard.every, form, {one.anchor: one.words for each in versions for one in each.paragraphs.all()}),
        "groups": [
            (one, _VERDICTS.get(one.verdict), form.group_answer(one.group.number) if not one.verdict and one.members else None)
            for one in heard.groups
        ],
        "unanswered": len(heard.unanswered),
        "bases": list(document.bases.filter(removed_at__isnull=True).order_by("pk")),
        "base_words": dict(asks.BASES),
        "unbasis_url": reverse("desk:text_do", args=[document.pk, "unbasis"]),
        "attachments": list(document.attachments.all()),
        "report": document.reports.order_by("-number").first(),
        "effect": document.effects.order_by("-pk").first() if document.pack else None,
        "signed": selectors.signed(document),
        "public_url": address("portal:text", document.pk) if call or document.adopted_at else "",
        "tried": tried.turned_down if tried and not form.has(tried.form) else None,
        **_forms(form, document, call, writing, version, heard.groups),
    }
    context["tried"] = tried.turned_down if tried and not form.has(tried.form) else None
    return render(request, "desk/texts/text.html", context)


def _matter(document: Document) -> Link | None:
    case = Case.objects.filter(pk=document.subject_id).first() if document.subject_kind == "case" else None
    return Link(f"{case.code} {case.title}", address("desk:dossier", case.code)) if case else None


class _Forms:
    """The forms of the page; each remembers whether it is there, so that a refusal finds its place."""

    def __init__(self, document: Document, tried: Tried | None, keeps: bool) -> None:
        self.document, self.tried, self.keeps = document, tried, keeps
        self._names: set[str] = set()

    def has(self, name: str) -> bool:
        return name in self._names

    def __call__(
        self,
        act: str,
        questions: Sequence[Ask],
        button: Text,
        *,
        n: int | str = "",
        start: Mapping[str, Any] | None = None,
        note: Text | str = "",
        grave: bool = False,
    ) -> Sheet | None:
        if not self.keeps:
            return None
        name = f"{act}{n}"
        self._names.add(name)
        action = reverse("desk:text_do", args=[self.document.pk, act]) + (f"?n={n}" if n != "" else "")
        return sheet(name, questions, action=action, button=button, tried=self.tried, start=start, note=note, grave=grave)

    def paragraph(self, one: Paragraph, change: Changed | None) -> Sheet | None:
        because = "、".join(str(number) for number in change.because) if change else ""
        start = {"words": one.words, "reason": one.reason, "because": because}
        return self("paragraph", asks.PARAGRAPH, Text("保存这一段", "Keep it"), n=one.anchor, start=start)

    def struck(self, one: Changed) -> Sheet | None:
        start = {"words": "", "reason": one.reason, "because": "、".join(str(number) for number in one.because)}
        return self("paragraph", asks.PARAGRAPH[1:], Text("保存理由", "Keep the reason"), n=one.anchor, start=start)

    def group_answer(self, number: int) -> Sheet | None:
        return self("answer_group", asks.ANSWER, Text("答复这一组", "Answer the group"), n=number)


def _said(rows: Sequence[Shown], form: _Forms, words: Mapping[int, str]) -> list[Said]:
    found = []
    for row in rows:
        number = row.comment.number
        statement = getattr(row.comment, "statement", None)
        answer = form("answer", asks.ANSWER, Text("答复", "Answer"), n=number) if row.open else None
        hide = form("hide", asks.HIDE, Text("隐去", "Hide it"), n=number) if not row.hidden else None
        contact = form("contact", asks.CONTACT, Text("查看", "Open it"), n=number) if statement and statement.contact else None
        way = _WAYS[row.comment.channel]
        found.append(Said(row, words.get(row.comment.anchor or 0, ""), way, _VERDICTS.get(row.verdict), answer, hide, contact))
    return found


def _forms(form: _Forms, document: Document, call: Any, writing: bool, version: Any, groups: Sequence[Any]) -> dict[str, Any]:
    """What may be done now; a form that is not due is not shown."""
    running = call is not None and call.closed_at is None
    adopted = document.adopted_at is not None
    today = clock.today().isoformat()
    whole = "\n".join(one.words for one in version.paragraphs.all())
    last = selectors.last_day(document).day if not running and not adopted else None
    into = [(str(one.group.number), one.group.title) for one in groups]
    title = Ask("title", Text("新的一组叫什么", "Name of a new group"), extra={"maxlength": "120"})
    grouping = (title, Ask("into", Text("或者归到", "Or into"), "choice", options=into)) if into else (title,)
    signing = document.signings.filter(closed_at__isnull=True).first() if adopted else None
    return {
        "whole": form("whole", asks.WHOLE, Text("保存全文", "Keep the text"), start={"words": whole}) if writing else None,
        "next": form("next", asks.NEXT, Text("开始下一版", "Begin the next version")) if not writing and not running else None,
        "basis": form("basis", asks.BASIS, Text("列明", "Name it")) if not adopted else None,
        "attach": form("attach", asks.ATTACH, Text("附上", "Attach")) if not adopted else None,
        "pack": form("pack", asks.PACK, Text("附上规则包", "Attach the pack")) if not adopted else None,
        "reckon": form("effect", asks.EFFECT, Text("测算", "Reckon"), start={"until": today}) if document.pack else None,
        "open": form(
            "open", asks.OPEN, Text("公开征求意见", "Open for comment"), start={"ends_on": last.isoformat() if last else ""}
        )
        if not running and not adopted
        else None,
        "close": form("close", (), Text("结束征求意见", "Close the comments"), grave=True) if running else None,
        "register": form("register", asks.REGISTER, Text("收下这条意见", "Take it"), start={"received_on": today})
        if call
        else None,
        "grouping": form("group", grouping, Text("归到一组", "Put together")) if call else None,
        "publish": form("report", asks.REPORT, Text("公布征集情况", "Publish the report")) if call and not running else None,
        "adopt": form("adopt", (), Text("定稿", "Adopt it"), note=_ADOPT) if not running and (not adopted or writing) else None,
        "open_signing": form("open_signing", asks.SIGNING, Text("开始签名", "Open for signing"))
        if adopted and not signing
        else None,
        "paper": form("paper", asks.PAPER, Text("记下", "Keep them"), start={"signed_on": today}) if signing else None,
        "close_signing": form("close_signing", (), Text("结束签名", "End the signing"), grave=True) if signing else None,
    }


_ADOPT = Text(
    "定稿以后这一版不再改动，会写明列了几份依据。",
    "The version is not changed afterwards; the number of sources it names is filed.",
)
