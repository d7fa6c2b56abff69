"""A walk through the pages of the demonstration: from a first page over every link on it, one address for each kind of page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from linli.records.people.models import OfficeHeld

_LINK = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"', re.IGNORECASE)
# These carry the reader off (signing out, leaving a file) instead of showing something.
_NO_PAGES = {"shared:sign_out"}


@dataclass(frozen=True)
class Seen:
    """One address as it answered. `found_on` is the page with the link."""

    address: str
    kind: str
    status: int
    html: str
    found_on: str

    def __str__(self) -> str:
        return f"{self.status} {self.address} from {self.found_on}"


def kind_of(address: str) -> str:
    """The route and what it is asked for: one address of each kind stands for the others. "" leads off the site."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return f"nowhere {parts.path}"
    asked: Mapping[str, list[str]] = parse_qs(parts.query)
    return "?".join([name, *(f"{key}={asked[key][0]}" if key == "part" else key for key in sorted(asked))])


def links(html: str, base: str) -> Iterator[str]:
    for href in _LINK.findall(html):
        address = urljoin(base, unescape(href).split("#")[0])
        if address.startswith("/") and not address.startswith(("//", "/static/")):
            yield address


def walk(client: Client, start: str, *, most: int = 40, deep: int = 2, within: tuple[str, ...] = ("",)) -> list[Seen]:
    """Breadth first; every kind of page once, `deep` links away from the start at most; kinds that begin with `within`."""
    seen: dict[str, Seen] = {}
    waiting = [(start, "the start", 0)]
    while waiting and len(seen) < most:
        address, found_on, far = waiting.pop(0)
        kind = kind_of(address)
        if kind in seen or kind.split("?")[0] in _NO_PAGES or not kind.startswith(within):
            continue
        page = seen[kind] = look(client, address, kind, found_on)
        if far < deep:
            waiting += [(one, address, far + 1) for one in links(page.html, address)]
    return list(seen.values())


def look(client: Client, address: str, kind: str = "", found_on: str = "") -> Seen:
    answer = client.get(address)
    if answer.status_code in (301, 302):
        return Seen(address, kind, 302, "", found_on)
    return Seen(address, kind, answer.status_code, _html(answer), found_on)


def _html(answer: HttpResponse) -> str:
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return ""
    return answer.content.decode()


def one_of_each_office() -> list[OfficeHeld]:
    """One holder with an account for each office, level and city or province of the demonstration."""
    held = OfficeHeld.objects.filter(person__account__isnull=False, person__account__is_active=True, until=None)
    found: dict[tuple[str, str], OfficeHeld] = {}
    for row in held.select_related("person__account", "place").order_by("place__path", "pk"):
        found.setdefault((row.title, row.place.path.split("/")[2]), row)
    return list(found.values())
