"""A browser without a net: every request is answered by the application in this process, inside the transaction of the test."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.browser import HEIGHTS, WIDTHS, complaints

SITE = "http://testserver"
# Language and size of print, one after the other.
READERS = ({}, {"django_language": "en"}, {"linli_large": "1"}, {"django_language": "en", "linli_large": "1"})
_CHOSEN = ("django_language", "linli_large")
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Reading:
    """A window of the browser. `page` shows what the application answers to this client, who may be another for the next page."""

    def __init__(self, browser: Browser, client: Client) -> None:
        self.client = client
        self.context = browser.new_context(base_url=SITE)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()

    def _answer(self, route: Route) -> None:
        parts = urlsplit(route.request.url)
        if parts.path.startswith("/static/"):
            file = finders.find(parts.path.removeprefix("/static/"))
            kind = _TYPES.get(parts.path.rpartition(".")[2], "application/octet-stream")
            route.fulfill(path=str(file), content_type=kind) if file else route.fulfill(status=404)
        elif route.request.resource_type == "document" and route.request.method == "GET":
            # Without the policy of content, under which axe may not be put into the page.
            route.fulfill(status=self.answer.status_code, body=self.answer.getvalue(), content_type="text/html; charset=utf-8")
        else:
            route.abort()

    def open(self, address: str) -> None:
        """Asked outside the browser's loop, which would see another connection and so an empty database."""
        self.answer = self.client.get(address)
        assert self.answer.status_code == 200, address
        self.page.goto(SITE + address, wait_until="load")

    def faults(self, address: str, turn: int) -> list[str]:
        """What axe finds in one of the ways to read, and at which widths the page scrolls sideways in this and the next."""
        found = []
        for step in (0, 1):
            self.read_as(READERS[(turn + step) % len(READERS)])
            self.page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
            self.open(address)
            found += self.sticks_out(390)
        width = WIDTHS[turn % 3]
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        found += complaints(self.page)
        for width in (768, 1440):
            self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            found += self.sticks_out(width)
        return found

    def read_as(self, reader: Mapping[str, str]) -> None:
        """One of `READERS`."""
        for name in _CHOSEN:
            self.client.cookies.pop(name, None)
        self.client.cookies.load(dict(reader))

    def sticks_out(self, width: int) -> list[str]:
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        chosen = [f"{name}={cookie.value}" for name, cookie in self.client.cookies.items() if name in _CHOSEN]
        return [f"{wider} px too wide at {width} {' '.join(chosen)}"] if wider > 0 else []
