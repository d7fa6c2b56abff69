"""Objecting to a notice: one field that must be filled, a receipt at once."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.notices.models import Notice
from linli.records.notices.permissions import RAISE_OBJECTION
from linli.records.notices.services import raise_objection
from linli.rules.plain.refusals import Invalid, TurnedDown
from linli.rules.plain.texts import Text
from linli.web.portal.finding import notice_named, person_of
from linli.web.portal.pace import in_turn
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import kept
from linli.web.shared.fieldviews import FieldView

_TEXT = Text("您不同意什么，为什么", "What do you object to, and why")
_TEXT_HINT = Text(
    "这段话会公开并逐条答复。请不要写别人的隐私。",
    "These words are public and will be answered. Leave others' private matters out.",
)
_CONTACT = Text("电话", "Phone")
_CONTACT_HINT = Text("可以不填，不公开，只用来把答复告诉您。", "Optional and never published; only used to send you the answer.")
_NAME = Text("怎么称呼您", "Your name")
_NAME_HINT = Text("可以不填，不公开。", "Optional and never published.")


@door(may=RAISE_OBJECTION, load=notice_named, methods=["GET", "POST"])
def object_to(request: HttpRequest, notice: Notice) -> HttpResponse:
    if request.method != "POST":
        return _page(request, notice)
    typed = {key: request.POST.get(key, "").strip() for key in ("text", "contact", "name")}
    try:
        with transaction.atomic():
            in_turn(request, "objection", typed["contact"])
            made = raise_objection(notice=notice, at=clock.now(), by=person_of(request), **typed)
    except TurnedDown as turned_down:
        return _page(request, notice, turned_down)
    return redirect(reverse("portal:receipt") + f"?code={made.shown_code}&fresh=1")


def _page(request: HttpRequest, notice: Notice, turned_down: TurnedDown | None = None) -> HttpResponse:
    fields = _fields(request, turned_down.fields if isinstance(turned_down, Invalid) else {})
    context = {
        "place": notice.place,
        "notice": notice,
        "content": notice.content,
        "late": notice.late_on(clock.today()),
        "fields": fields,
        "turned_down": None if any(field.error for field in fields) else turned_down,
    }
    return render(request, "portal/object.html", context, status=turned_down.status if turned_down else 200)


def _fields(request: HttpRequest, wrong: dict[str, Text]) -> list[FieldView]:
    typed = kept(request)
    fields = [FieldView("text", _TEXT, "long_text", typed.get("text", ""), wrong.get("text", ""), _TEXT_HINT, required=True)]
    if person_of(request) is None:
        fields.append(FieldView("contact", _CONTACT, "phone", typed.get("contact", ""), wrong.get("contact", ""), _CONTACT_HINT))
        fields.append(FieldView("name", _NAME, "text", typed.get("name", ""), wrong.get("name", ""), _NAME_HINT))
    return fields
