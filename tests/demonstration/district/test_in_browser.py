"""Every kind of page of the demonstration in a real browser: open to everyone, nothing sticks out.

The browser has no net: every request is answered by the application in this process, inside the transaction in which the
district was built. axe reads each page once; its width, language and size of print go round.
"""

from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from linli.demonstration.world import NANTOUCHENG, World
from linli.records.people.models import Account
from tests.browser import HEIGHTS, complaints, screenshot
from tests.demonstration.district.walk import Seen, walk

pytestmark = [pytest.mark.timeout(900), pytest.mark.browser, pytest.mark.django_db]

SITE = "http://testserver"
WIDTHS = (390, 768, 1440)
# Language and size of print, one after the other.
READERS = ({}, {"django_language": "en"}, {"linli_large": "1"}, {"django_language": "en", "linli_large": "1"})
# Who looks: nobody in particular, and offices which between them see every room of the desk.
LOOKS = ("", "nantoucheng.secretary", "nanshan.civil", "nantou.office", "qingxin.party_committee", "nanguan.civil_affairs")
# The pictures of docs/howto: who looks, at which address or kind of page, how wide. Small copies of them are kept in docs/images.
PICTURES = {
    "resident-community": ("", f"/c/{NANTOUCHENG}/", 390),
    "resident-project": ("", "portal:project", 390),
    "clerk-todo": ("nantoucheng.secretary", "desk:todo", 1440),
    "clerk-dossier": ("nantoucheng.secretary", "desk:dossier", 1440),
    "subdistrict-overview": ("nantou.office", "desk:overview", 1440),
    "auditor-checkpoints": ("", "portal:trail", 1440),
}
INSIDE = ("desk:", "shared:")
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


class Reading:
    """One account with a browser. `page` shows what the application answers to this client."""

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
            self._read_as(turn + step)
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

    def _read_as(self, turn: int) -> None:
        for name in ("django_language", "linli_large"):
            self.client.cookies.pop(name, None)
        for name, value in READERS[turn % len(READERS)].items():
            self.client.cookies[name] = value

    def sticks_out(self, width: int) -> list[str]:
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        how = " ".join(f"{name}={cookie.value}" for name, cookie in self.client.cookies.items() if name != "sessionid")
        return [f"{wider} px too wide at {width} {how}"] if wider > 0 else []


def client_of(user: str) -> Client:
    client = Client(raise_request_exception=False)
    if user:
        client.force_login(Account.objects.get(username=user), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def found(world: World) -> dict[str, list[Seen]]:
    """Every kind of page once, under the first who finds it."""
    known: set[str] = set()
    kinds = {}
    for user in LOOKS:
        pages = walk(client_of(user), "/desk/" if user else "/places/", most=50, deep=4, within=INSIDE if user else ("",))
        kinds[user] = [one for one in pages if one.html and one.kind not in known]
        known.update(one.kind for one in kinds[user])
    return kinds


@pytest.mark.parametrize("user", LOOKS)
def test_every_kind_of_page_is_open_to_everyone(found: dict[str, list[Seen]], browser: Browser, user: str) -> None:
    reading = Reading(browser, client_of(user))
    faults = {one.address: wrong for turn, one in enumerate(found[user]) if (wrong := reading.faults(one.address, turn))}
    reading.context.close()
    assert sum(len(pages) for pages in found.values()) > 80
    assert faults == {}


A4 = 794 - 2 * 68  # px between margins of 18 mm


@pytest.mark.parametrize("address", ["/overview/440305/", "/overview/350582/", "/money/440305/"])
def test_tables_opened_by_the_reader_fit_on_paper(world: World, browser: Browser, address: str) -> None:
    reading = Reading(browser, Client())
    reading.page.emulate_media(media="print")
    reading.page.set_viewport_size({"width": A4, "height": 1000})
    reading.open(address)
    reading.page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    assert reading.sticks_out(A4) == []
    reading.context.close()


def take_picture(browser: Browser, name: str, pages: dict[str, list[Seen]]) -> None:
    user, kind, width = PICTURES[name]
    # A kind is kept under the first who found it; this reader sees it at the same address.
    known = (one.address for seen in pages.values() for one in seen if one.kind.split("?")[0] == kind)
    address = kind if kind.startswith("/") else next(known)
    reading = Reading(browser, client_of(user))
    reading.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    reading.open(address)
    assert reading.page.locator("h1").count() == 1
    screenshot(reading.page, name, whole=False)
    reading.context.close()


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_of_the_documentation_are_taken_anew(found: dict[str, list[Seen]], browser: Browser, name: str) -> None:
    take_picture(browser, name, found)
