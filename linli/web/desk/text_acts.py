"""What is done with a text at the desk. Each act comes back to its page; where the procedure has a step for it, both happen."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.records.texts import services
from linli.records.texts.models import Comment, Document, Group
from linli.rules.plain.refusals import NotAllowed, NotFound
from linli.rules.plain.texts import Text, quoted
from linli.web.desk import text_writing as writing
from linli.web.desk.intake_ground import me
from linli.web.desk.sheets import take
from linli.web.desk.text_doing import and_step, day_of, needed, number_of, step_of, value_of
from linli.web.desk.text_page import found_text, keeps_text, text_again
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.sent import sheet_of
from linli.web.shared.uploads import store_all

_KEEP = "texts.keep_text"
_NOT_YOURS = Text("文本由本地的起草单位管理；您可以看，不能代办。", "The office of its own place keeps this text; you may look.")
Doing = Callable[[HttpRequest, Document, str, str], Text]


@door(may=_KEEP, load=found_text, methods=["POST"])
def do(request: HttpRequest, document: Document) -> HttpResponse:
    """`/do/<act>/?n=3`: `n` says which paragraph, comment or group. Raises NotFound for an act there is not."""
    if not keeps_text(me(request), document):
        raise NotAllowed(_NOT_YOURS)
    match = request.resolver_match
    act = str(match.kwargs["act"]) if match else ""
    number = request.GET.get("n", "")
    doing = _ACTS.get(act)
    if doing is None or not (number == "" or number.isdecimal()):
        raise NotFound
    form = f"{act}{number}"
    back = f"#{_WHERE[act]}{number}" if act in _WHERE else ""

    @transaction.atomic
    def done() -> Text:
        return doing(request, document, form, number)

    again = lambda tried: text_again(request, document, tried)  # noqa: E731
    return take(request, form, act=done, again=again, to=reverse("desk:text", args=[document.pk]) + back)


_WHERE = {"paragraph": "p", "answer": "c", "hide": "c", "answer_group": "g"}


def _open(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.open_call(
        document=document,
        ends_on=day_of(request, form, "ends_on"),
        set_document=value_of(request, form, "set_document"),
        contact=value_of(request, form, "contact"),
        by=me(request),
        at=clock.now(),
    )
    return and_step(Text("已公开征求意见，", "It is open for comment."), step_of(document, "announcement", request))


def _close(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.close_call(document=document, by=me(request), at=clock.now())
    return Text(
        "征求意见已结束。以后来的仍会收下，注明是截止后收到的。", "Comments are closed; later ones are still taken and marked."
    )


def _register(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    person, at = me(request), clock.now()
    scans = store_all(request.FILES.getlist(f"{form}-scan"), field="scan", by=person, at=at, place=document.place)
    made = services.take_comment(
        document=document,
        words=value_of(request, form, "words"),
        channel=value_of(request, form, "channel"),
        anchor=number_of(value_of(request, form, "anchor"), "anchor"),
        received_on=needed(day_of(request, form, "received_on"), "received_on"),
        name=value_of(request, form, "name"),
        contact=value_of(request, form, "contact"),
        scans=scans,
        registered_by=person,
        sheet=sheet_of(request),
        at=at,
    )
    late = Text("，截止后收到", ", late") if made.late else Text("", "")
    return Text(
        f"第 {made.number} 号{late.zh}，编号 {made.shown_code}。", f"Number {made.number}{late.en}, code {made.shown_code}."
    )


def _comment(document: Document, number: str) -> Comment:
    found = document.comments.filter(number=int(number or 0)).first()
    if found is None:
        raise NotFound
    return found


def _group_numbered(document: Document, number: str) -> Group:
    found = document.groups.filter(number=int(number or 0)).first()
    if found is None:
        raise NotFound
    return found


def _group(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    picked = [int(each) for each in request.POST.getlist("pick") if each.isdecimal()]
    into = value_of(request, form, "into")
    group = services.group_comments(
        document=document,
        comments=list(document.comments.filter(number__in=picked).order_by("number")),
        title=value_of(request, form, "title"),
        group=_group_numbered(document, into) if into.isdecimal() else None,
        by=me(request),
        at=clock.now(),
    )
    return Text(f"{len(picked)} 条归到{quoted(group.title)}。", f"{len(picked)} comments are in {quoted(group.title)}.")


def _answer(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    verdict, reason = value_of(request, form, "verdict"), value_of(request, form, "reason")
    services.answer_comment(comment=_comment(document, number), verdict=verdict, reason=reason, by=me(request), at=clock.now())
    return Text(f"第 {number} 号已答复。", f"Number {number} is answered.")


def _answer_group(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    verdict, reason = value_of(request, form, "verdict"), value_of(request, form, "reason")
    group = _group_numbered(document, number)
    services.answer_group(group=group, verdict=verdict, reason=reason, by=me(request), at=clock.now())
    return Text(f"{quoted(group.title)}一组已答复。", f"The group {quoted(group.title)} is answered.")


def _hide(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.hide_words(
        about=_comment(document, number), ground=value_of(request, form, "ground"), by=me(request), at=clock.now()
    )
    return Text("已隐去，理由会公开；仍然要答复。", "Hidden with its reason; it still waits for an answer.")


def _contact(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    name, contact = services.read_contact(
        comment=_comment(document, number), reason=value_of(request, form, "reason"), by=me(request), at=clock.now()
    )
    return Text(f"第 {number} 号：{name or '—'} {contact or '—'}", f"Number {number}: {name or '—'} {contact or '—'}")


def _report(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.publish_report(document=document, words=value_of(request, form, "words"), by=me(request), at=clock.now())
    return and_step(Text("征集情况已公布，", "The report is published."), step_of(document, "comment_report", request))


def _adopt(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    version = services.adopt_text(document=document, by=me(request), at=clock.now())
    return Text(f"第 {version.number} 版已定稿。", f"Version {version.number} is adopted.")


# --- signing -----------------------------------------------------------------------------------------------------------
def _open_signing(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    opened = services.open_signing(document=document, unit=value_of(request, form, "unit"), by=me(request), at=clock.now())
    return Text(f"开始签名，名册上有 {opened.entitled} 个。", f"Open for signing; {opened.entitled} are on the roll.")


def _paper(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    lines = value_of(request, form, "lines").splitlines()
    day = needed(day_of(request, form, "signed_on"), "signed_on")
    made = services.enter_signatures(document=document, names=lines, labels=lines, signed_on=day, by=me(request), at=clock.now())
    return Text(f"记下 {len(made)} 个签名。", f"{len(made)} signatures are kept.")


def _close_signing(request: HttpRequest, document: Document, form: str, number: str) -> Text:
    services.close_signing(document=document, by=me(request), at=clock.now())
    return Text("签名已结束。", "Signing is over.")


_ACTS: Mapping[str, Doing] = {
    "whole": writing.whole,
    "paragraph": writing.paragraph,
    "next": writing.next,
    "basis": writing.basis,
    "unbasis": writing.unbasis,
    "attach": writing.attach,
    "pack": writing.pack,
    "effect": writing.effect,
    "open": _open,
    "close": _close,
    "register": _register,
    "group": _group,
    "answer": _answer,
    "answer_group": _answer_group,
    "hide": _hide,
    "contact": _contact,
    "report": _report,
    "adopt": _adopt,
    "open_signing": _open_signing,
    "paper": _paper,
    "close_signing": _close_signing,
}
