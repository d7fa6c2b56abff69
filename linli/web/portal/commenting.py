"""Commenting on a paragraph or on the whole, and signing a covenant. A receipt at once."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.people.phones import mistyped
from linli.records.texts import services
from linli.records.texts.models import Document
from linli.records.texts.permissions import COMMENT, SIGN_TEXT
from linli.records.texts.selectors import own_signature, successors
from linli.rules.matching.paragraphs import is_heading
from linli.rules.plain.private import warning
from linli.rules.plain.refusals import Invalid, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.finding import person_of
from linli.web.portal.pace import in_turn
from linli.web.portal.reaching import PUBLISHED, reach_fields
from linli.web.portal.texts import text_named
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.reader import reader_of
from linli.web.shared.sent import sheet_of

_WORDS = Text("您的意见", "Your comment")
_ASKED = Text("发布前再想一想", "Before it is published")
_SURE = Text("照样发布", "Publish it all the same")


def checked(request: HttpRequest, field: str, words: str) -> None:
    """Ask once before somebody's number is published. Raises Invalid unless the writer said to publish it, and for a mobile
    number nobody can be reached at."""
    if wrong := mistyped(request.POST.get("contact", "")):
        raise Invalid(wrong, fields={"contact": wrong})
    found = warning(words)
    if found is not None and request.POST.get("sure") != "yes":
        raise Invalid(found, fields={field: found})


def sure_field(request: HttpRequest, words: str) -> FieldView | None:
    """The box to tick, once there is something to ask."""
    if warning(words) is None:
        return None
    return FieldView("sure", _ASKED, "choices", request.POST.get("sure", ""), options=[("yes", _SURE)])


@door(may=COMMENT, load=text_named, methods=["GET", "POST"])
def comment(request: HttpRequest, document: Document) -> HttpResponse:
    """`?p=3` names the paragraph. From the page of the text each paragraph sends its own box."""
    if request.method != "POST":
        return _page(request, document)
    contact = request.POST.get("contact", "").strip()
    try:
        with transaction.atomic():
            in_turn(request, "comment", contact)
            checked(request, "words", _words(request))
            anchor = _anchor(request)
            made = services.take_comment(
                document=document,
                words=_words(request),
                anchor=int(anchor) if anchor else None,
                at=clock.now(),
                by=person_of(request),
                contact=contact,
                name=request.POST.get("name", "").strip(),
                sheet=sheet_of(request),
            )
    except TurnedDown as turned_down:
        return _page(request, document, turned_down)
    return redirect(reverse("portal:receipt") + f"?code={made.shown_code}&fresh=1")


def _anchor(request: HttpRequest) -> str:
    asked = (request.POST if request.method == "POST" else request.GET).get("p", "")
    return asked if asked.isdecimal() and len(asked) < 7 else ""


def _words(request: HttpRequest) -> str:
    """From the form of this page, or the box of one paragraph on the page of the text."""
    anchor = _anchor(request)
    return (request.POST.get("words") or request.POST.get(f"words-{anchor}", "")).strip()


def _page(request: HttpRequest, document: Document, turned_down: TurnedDown | None = None) -> HttpResponse:
    call = document.calls.order_by("-number").first()
    if call is None:
        raise Refused(Text("这份文本没有公开征求意见。", "This text was not opened for comment."))
    anchor = _anchor(request)
    wrong = turned_down.fields if isinstance(turned_down, Invalid) else {}
    fields = _fields(request, wrong)
    on = call.version.paragraphs.filter(anchor=int(anchor)).first() if anchor else None
    context = {
        "place": document.place,
        "document": document,
        "call": call,
        "late": call.late_on(clock.today()),
        "anchor": anchor,
        "paragraph": on,
        "fields": fields,
        "turned_down": None if any(field.error for field in fields) else turned_down,
    }
    return render(request, "portal/text_comment.html", context, status=turned_down.status if turned_down else 200)


def _fields(request: HttpRequest, wrong: dict[str, Text]) -> list[FieldView]:
    typed, words = request.POST, _words(request)
    fields = [FieldView("words", _WORDS, "long_text", words, wrong.get("words", ""), PUBLISHED, required=True)]
    if request.method == "POST" and (sure := sure_field(request, words)) is not None:
        fields.append(sure)
    return [*fields, *reach_fields(request, typed, wrong)]


def _signed_text(request: HttpRequest, pk: int) -> Found:
    found = text_named(request, pk)
    return Found(found, found.place)


@door(may=SIGN_TEXT, load=_signed_text, methods=["GET", "POST"])
def sign(request: HttpRequest, document: Document) -> HttpResponse:
    """A resident signs, or takes the signature back with a reason."""
    person, turned_down = person_of(request), None
    assert person is not None
    signing = document.signings.filter(closed_at__isnull=True).select_related("version").first()
    own = own_signature(signing, person, clock.today()) if signing else None
    if own is None and successors(document).exists():
        signing = None
    if request.method == "POST":
        try:
            if own is not None and request.POST.get("do") == "withdraw":
                services.withdraw_signature(signature=own, reason=request.POST.get("reason", ""), by=person, at=clock.now())
            else:
                services.sign_text(document=document, by=person, at=clock.now())
            return redirect("portal:sign", document.pk)
        except TurnedDown as refused:
            turned_down = refused
    context = {
        "place": document.place,
        "document": document,
        "signing": signing,
        "own": own,
        "paragraphs": [(one.words, is_heading(one.words)) for one in signing.version.paragraphs.all()] if signing else [],
        "turned_down": turned_down,
        "wrong": turned_down.fields.get("reason", "") if isinstance(turned_down, Invalid) else "",
        "reader": reader_of(request),
    }
    return render(request, "portal/text_sign.html", context, status=turned_down.status if turned_down else 200)
