"""The pictures of shared pages: one for each project and notice, without anything about persons."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_PUBLIC
from linli.records.cases.selectors import case_by_code, rows
from linli.records.notices.models import Notice
from linli.records.notices.permissions import READ_NOTICE
from linli.records.reports.printing.card import Card, drawn
from linli.rules.plain import money
from linli.web.portal.finding import notice_named
from linli.web.shared import clock
from linli.web.shared.doors import door

_MARK = "演示"


def public_case(request: HttpRequest, code: str) -> Case:
    """A picture is fetched by the chat, not by the reader: only what everybody may see."""
    return case_by_code(code, None, clock.today())


@door(may=READ_PUBLIC, load=public_case)
def project_card(request: HttpRequest, case: Case) -> HttpResponseBase:
    (row,) = rows([case])
    figure = money.in_words(case.amount_fen, "zh-hans") if case.amount_fen is not None else ""
    return _picture(request, Card(case.place.short_name, case.title, row.state.title.zh, figure, _mark(case.demonstration)))


@door(may=READ_NOTICE, load=notice_named)
def notice_card(request: HttpRequest, notice: Notice) -> HttpResponseBase:
    stands = "公示已结束" if notice.late_on(clock.today()) else "公示中"
    if stands == "公示中" and notice.ends_on:
        stands = f"公示到 {notice.ends_on.month} 月 {notice.ends_on.day} 日"
    content = notice.content
    figure = money.in_words(content.amount_fen, "zh-hans") if content.amount_fen is not None else ""
    return _picture(request, Card(notice.place.short_name, content.title, stands, figure, _mark(settings.DEMONSTRATION)))


def share(request: HttpRequest, picture: str, *about: str) -> dict[str, str]:
    """What a page tells a chat of itself, beside its title and address."""
    words = " · ".join(" ".join(part.split()) for part in about if part)
    return {"about": words[:120], "picture": request.build_absolute_uri(picture)}


def _mark(demonstration: bool) -> str:
    return _MARK if demonstration else ""


def _picture(request: HttpRequest, card: Card) -> HttpResponseBase:
    card = Card(card.place, card.title, card.stands, card.figure, card.mark, square=request.GET.get("shape") == "square")
    etag = f'"{card.digest[:32]}"'
    if (same := get_conditional_response(request, etag=etag)) is not None:
        return same
    return HttpResponse(drawn(card), content_type="image/png", headers={"ETag": etag, "Cache-Control": "public, max-age=600"})
