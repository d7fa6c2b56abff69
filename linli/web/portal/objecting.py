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
from linli.web.portal.commenting import checked, sure_field
from linli.web.portal.finding import notice_named, person_of
from linli.web.portal.pace import in_turn
from linli.web.portal.reaching import PUBLISHED, reach_fields
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.drafting import kept
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.sent import sheet_of

_TEXT = Text("您不同意什么，为什么", "What do you object to, and why")


@door(may=RAISE_OBJECTION, load=notice_named, methods=["GET", "POST"])
def object_to(request: HttpRequest, notice: Notice) -> HttpResponse:
    if request.method != "POST":
        return _page(request, notice)
    typed = {key: request.POST.get(key, "").strip() for key in ("text", "contact", "name")}
    try:
        with transaction.atomic():
            in_turn(request, "objection", typed["contact"])
            checked(request, "text", typed["text"])
            made = raise_objection(notice=notice, at=clock.now(), by=person_of(request), sheet=sheet_of(request), **typed)
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
    fields = [FieldView("text", _TEXT, "long_text", typed.get("text", ""), wrong.get("text", ""), PUBLISHED, required=True)]
    sure = sure_field(request, typed.get("text", "")) if request.method == "POST" else None
    return [*fields, *([sure] if sure else []), *reach_fields(request, typed, wrong)]
