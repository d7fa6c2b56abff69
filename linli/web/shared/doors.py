"""Every view says who may come through it. A view without a door fails the build (tests/web/shared/test_doors.py).

    @door(may="needs.answer", load=found_need, methods=["GET", "POST"])
    def answer(request, need): ...

`may` is "<app>.<name>" of a row in TABLE of that app's permissions.py (or the row itself), or one of PUBLIC, SIGNED_IN, STAFF.
`load(request, **what the address names)` returns what the page is about: a place, a thing with `.place`, or `Found` when the
place or the reader's relations to it must be said. It raises NotFound for what this reader may not know of. The view is called as
`view(request, thing)`; without `load`, with what the address names. Permissions other than the three words need a `load`
or are checked at the reader's own place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from typing import Any, cast
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from linli.records.people.access import Permission, require
from linli.records.places.models import Place
from linli.rules.plain.refusals import NotAllowed
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.reader import Reader, reader_of

PUBLIC, SIGNED_IN, STAFF = "public", "signed_in", "staff"
_WORDS = (PUBLIC, SIGNED_IN, STAFF)
_STAFF_ONLY = Text("工作台只供工作人员使用。请用工作账号登录。", "The desk is for staff. Please sign in with a staff account.")

_NO_PLACE = Text("您还没有属于哪个社区，请先选一个。", "You do not belong to a community yet; please choose one first.")

Load = Callable[..., Any]
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Found:
    """What a page is about, with the place it belongs to and what the reader is to it (proposer, recused …)."""

    thing: Any
    place: Any
    relations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Door:
    """What a view says of itself, for the matrix of addresses, methods and offices."""

    may: str | Permission
    methods: tuple[str, ...]
    load: Load | None

    @property
    def permission(self) -> str:
        """The name in the permission table, or one of the three words."""
        return self.may if isinstance(self.may, str) else self.may.name


@dataclass(frozen=True)
class Route:
    """One address of the site. `door` is None for a view that forgot to say."""

    path: str
    name: str
    view: Callable[..., Any]
    door: Door | None


def door(*, may: str | Permission, load: Load | None = None, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Marks a view with its permission and methods, and checks both before it runs."""
    said = Door(may, tuple(methods), load)
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]

    def mark(view: View) -> View:
        @wraps(view)
        def entered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            return _through(said, view, request, *args, **named)

        guarded: View = require_http_methods(allowed)(entered)
        guarded.door = said  # type: ignore[attr-defined]
        return guarded

    return mark


def _through(said: Door, view: View, request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
    reader = reader_of(request)
    if needs_sign_in(said, reader):
        return to_sign_in(request)
    if _password_was_told(request, reader):
        return redirect("account_change_password")
    if said.may == STAFF and not reader.is_staff:
        raise NotAllowed(_STAFF_ONLY)
    # Loading comes first: what a reader may not know of is not found, whatever the permission says.
    found = said.load(request, **named) if said.load else None
    if said.may not in _WORDS:
        _require(permission(said.may), reader, found)
    if said.load is None:
        return view(request, *args, **named)
    return view(request, found.thing if isinstance(found, Found) else found)


def needs_sign_in(said: Door, reader: Reader) -> bool:
    if said.may == PUBLIC or reader.signed_in:
        return False
    return said.may in _WORDS or not permission(said.may).anonymous


def _password_was_told(request: HttpRequest, reader: Reader) -> bool:
    """At the desk nobody works with a password somebody else knows; who came in by the administration's own sign-in has none."""
    if not request.path.startswith("/desk/") or reader.account is None or not reader.account.must_change:
        return False
    return any(each["method"] == "password" for each in get_authentication_records(request, reader.account))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back; htmx is told to move the whole page."""
    back = request.get_full_path() if request.method == "GET" else page_before(request)
    address = resolve_url("shared:sign_in") + "?" + urlencode({"next": back})
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def page_before(request: HttpRequest) -> str:
    """Where a form was sent from: what was typed waits there as a draft."""
    before = urlsplit(request.headers.get("Referer", ""))
    here = before.netloc == request.get_host() and before.path.startswith("/")
    return f"{before.path}?{before.query}" if here and before.query else before.path if here else "/"


def _require(wanted: Permission, reader: Reader, found: Any) -> None:
    place = found if isinstance(found, Place) else found.place if found is not None else reader.place
    relations = found.relations if isinstance(found, Found) else frozenset()
    if place is None and not wanted.anonymous:
        raise NotAllowed(_NO_PLACE)
    # An anonymous row looks at no place.
    require(reader.person, wanted, cast(Place, place), clock.today(), relations=relations)


def permission(may: str | Permission) -> Permission:
    """The row itself; a name is looked up in TABLE of linli/records/<app>/permissions.py. LookupError if there is none."""
    if isinstance(may, Permission):
        return may
    app, _, name = may.partition(".")
    for row in import_module(f"linli.records.{app}.permissions").TABLE:
        if row.name in (name, may):
            return cast(Permission, row)
    raise LookupError(f"no permission {may!r}")


def every_route(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """All addresses of the site with their doors."""
    top = resolver or get_resolver()
    for pattern in top.url_patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_route(pattern, path, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            view = pattern.callback
            yield Route(path, f"{space}{pattern.name or ''}", view, getattr(view, "door", None))
