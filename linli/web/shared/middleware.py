"""Layers every page passes: who reads it, what an act leaves to be brought up to date, and the one handler of everything
turned down."""

from collections.abc import Callable
from contextlib import nullcontext

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from linli.records.reading import one_reading
from linli.records.reports.search.indexing import keep_current
from linli.rules.plain.refusals import TurnedDown
from linli.web.shared import clock
from linli.web.shared.reader import Reader
from linli.web.shared.speaking import speaking
from linli.web.shared.tags.quick import one_space
from linli.web.shared.turned_down import bad_request, only_sent, turned_down_page

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ReaderMiddleware:
    """Puts `request.reader` there and speaks the reader's language until the answer is made.

    Chinese unless the reader switched: a browser's Accept-Language says little in shared and office machines.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reader = Reader(request)
        request.reader = reader  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = reader.language
        only_read = request.method in ("GET", "HEAD")
        with speaking(reader.language), one_space(), one_reading() if only_read else nullcontext():
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", reader.language)
        patch_vary_headers(response, ("Cookie",))
        return response


class SearchMiddleware:
    """After a request that may have recorded an act, what can be searched is brought up to date."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            keep_current(clock.today())
        return response


class TurnedDownMiddleware:
    """Turns Refused, NotAllowed, NotFound and Invalid into pages (409, 403, 404, 422)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code == 405 and request.method == "GET" and not request.path.startswith("/api/"):
            return only_sent(request, answer["Allow"])
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, TurnedDown):
            return turned_down_page(request, exception)
        # PostgreSQL takes no NUL in a text; SQLite would simply find nothing.
        if isinstance(exception, DataError | ValueError) and "NUL" in str(exception):
            return bad_request(request, exception)
        return None
