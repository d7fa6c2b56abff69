"""The read API: GET only, the same for everybody.

It answers as the portal answers somebody who is not signed in, whoever asks: no cookie widens it. Every operation says its
permission, as every page does.

    @reading("/needs", may=READ_NEED, answer=Listed[NeedOut], tags=["needs"])
    def needs(request, place: str = ""): ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI

from linli.records.people.access import Permission
from linli.rules.plain.refusals import TurnedDown
from linli.web.api.turned_down import answer_to, handlers, no_method, nowhere
from linli.web.shared.doors import PUBLIC, door

ABOUT = (
    "政府公开信息的只读接口：与门户上不登录所见一致。金额以分计，日期按 ISO 8601，文字中英并列。\n\n"
    "Read access to what the portal shows without signing in. Money is in fen, days and moments in ISO 8601, "
    "texts in Chinese and English side by side. Lists come in pages: pass `next` of one page as `after` of the next."
)

api = NinjaAPI(title="Linli · 邻里", version="1", description=ABOUT, docs_url=None, openapi_url=None, urls_namespace="api")
for kind, handler in handlers().items():
    api.add_exception_handler(kind, handler)

_may: dict[str, str | Permission] = {}

Operation = Callable[..., Any]


def reading(path: str, *, may: str | Permission, answer: Any, tags: list[str]) -> Callable[[Operation], Operation]:
    """An operation under /api/v1. Its name is the address's; what it answers is said in `words.OPERATIONS`."""

    def mark(operation: Operation) -> Operation:
        name = operation.__name__
        _may[name] = may
        api.get(
            f"/v1{path}",
            response=answer,
            tags=list(tags),
            url_name=name,
            operation_id=name,
        )(operation)
        return operation

    return mark


def addresses() -> list[URLPattern | URLResolver]:
    """Everything that was registered, each behind its door."""
    found = list(api.urls[0])
    for pattern in found:
        if isinstance(pattern, URLPattern):
            pattern.callback = behind(_may.get(pattern.name or "", PUBLIC), pattern.callback)
    return [each for each in found if getattr(each, "name", "") != "api-root"]


def behind(may: str | Permission, view: Callable[..., Any]) -> Callable[..., HttpResponseBase]:
    """GET and HEAD only, through the same door as every page; everything turned down is said as JSON."""
    guarded = door(may=may)(view)

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return answer_to(no_method(), headers={"Allow": "GET, HEAD"})
        asked, request.method = request.method, "GET"
        try:
            answer = guarded(request, *args, **named)
        except TurnedDown as turned_down:
            answer = answer_to(turned_down)
        finally:
            request.method = asked
        answer.headers.setdefault("Access-Control-Allow-Origin", "*")
        return _unchanged(request, answer) or answer

    entered.door = guarded.door  # type: ignore[attr-defined]
    return entered


def _unchanged(request: HttpRequest, answer: HttpResponseBase) -> HttpResponseBase | None:
    """304 for whoever has this very answer already. Made for everybody alike, so anybody may keep it for a moment."""
    if answer.status_code != 200 or not isinstance(answer, HttpResponse):
        return None
    set_response_etag(answer)
    answer.headers.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
    return get_conditional_response(request, etag=answer.headers["ETag"], response=answer)


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address the API does not have."""
    return answer_to(nowhere())
