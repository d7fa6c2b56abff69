"""Public pages kept ready for readers who are not signed in. An act anywhere makes every kept page old, in every process.

How an act is noticed: each act lengthens a chain of the trail in its own transaction, so the sum over the heads of the chains
grows with every commit, whichever process made it and in whatever order commits arrive. A page is kept under the sum read
*before* it was made, so a page can never be older than it claims. What changes without an act (a meeting that begins, a
countdown) is bounded by the age of a page and by the day in China.
"""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import SimpleCookie
from time import monotonic

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from linli.records.trail.selectors import acts_so_far
from linli.web.shared import clock
from linli.web.shared.reader import LANGUAGE_COOKIE, LARGE_COOKIE, PLACE_COOKIE
from linli.web.shared.shelf import Shelf

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, ...]

LONGEST = 60.0  # seconds a page is kept when nothing happens
_WIDEST = 512 * 1024  # bytes of one page
TOKEN = b"csrfmiddlewaretoken"
# What is found follows an index that is brought up to date right after the act, not within it.
_NEVER = {"search"}
_HEADERS = ("HTTP_HX_REQUEST", "HTTP_RANGE", "HTTP_AUTHORIZATION")


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, compressed. `made` is the state of the trail it shows."""

    made: int
    until: float
    status: int
    headers: dict[str, str]
    packed: bytes
    tag: str
    cookies: SimpleCookie


shelf: Shelf[Key, Kept] = Shelf(0)
_newest = 0  # the state of the trail all of them show


class KeptPagesMiddleware:
    """Stands before everything else: a kept page costs one look at the trail and nothing more."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        shelf.most = settings.KEPT_PAGES_BYTES
        key = depends_on(request) if shelf.most else None
        if key is None:
            return self.get_response(request)
        now = acts_so_far()
        _forget_before(now)
        page = shelf.find(key, lambda page: page.made == now and page.until >= monotonic())
        if page is not None:
            return _answer(request, page)
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not _may_be_kept(request, response):
            return response
        page = _packed(response, now)
        shelf.keep(key, page, len(page.packed))
        return _answer(request, page)


def forget() -> None:
    """Make every page anew."""
    global _newest
    shelf.clear()
    _newest = 0


def _forget_before(now: int) -> None:
    """Pages of before the newest act are never shown again; nor may words that were forgotten stay in them."""
    global _newest
    if now > _newest:
        _newest = now
        shelf.clear()


def depends_on(request: HttpRequest) -> Key | None:
    """What a page depends on; None for whoever is, or may be, signed in."""
    cookies, meta = request.COOKIES, request.META
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in cookies or "messages" in cookies:
        return None
    if any(header in meta for header in _HEADERS) or "gzip" not in meta.get("HTTP_ACCEPT_ENCODING", ""):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    chosen = (cookies.get(name, "") for name in (LANGUAGE_COOKIE, LARGE_COOKIE, PLACE_COOKIE))
    return (request.scheme or "", host, request.get_full_path(), clock.today().isoformat(), *chosen)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """A whole public page of the portal that carries nothing meant for one reader."""
    match = request.resolver_match
    if match is None or match.namespace != "portal" or match.url_name in _NEVER or response.status_code != 200:
        return False
    # The first community somebody looks at is remembered as theirs: the page itself says which, so everybody gets the same.
    if set(response.cookies) - {PLACE_COOKIE} or "no-store" in response.headers.get("Cache-Control", ""):
        return False
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return False
    return len(response.content) <= _WIDEST and TOKEN not in _plain(response)


def _plain(response: HttpResponse) -> bytes:
    return gzip.decompress(response.content) if response.headers.get("Content-Encoding") == "gzip" else response.content


def _packed(response: HttpResponse, now: int) -> Kept:
    plain = _plain(response)
    patch_vary_headers(response, ("Cookie", "Accept-Encoding"))
    headers = {name: value for name, value in response.items() if name not in ("Content-Length", "ETag")}
    tag = f'W/"{sha256(plain).hexdigest()[:32]}"'
    # The browser may keep it and must ask: an act is seen at once.
    headers |= {"Content-Encoding": "gzip", "ETag": tag, "Cache-Control": "private, no-cache"}
    packed = response.content if response.headers.get("Content-Encoding") == "gzip" else gzip.compress(plain, 6, mtime=0)
    return Kept(now, monotonic() + LONGEST, response.status_code, headers, packed, tag, response.cookies)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH", "")
    if page.tag in (each.strip() for each in asked.split(",")):
        return HttpResponseNotModified(headers={name: page.headers[name] for name in ("ETag", "Cache-Control", "Vary")})
    response = HttpResponse(page.packed, status=page.status, headers=page.headers)
    response.headers["Content-Length"] = str(len(page.packed))
    response.cookies = SimpleCookie(page.cookies)  # a copy: what is added on the way out stays with this reader
    return response
