"""Every kind of page of the demonstration in a real browser: open to everyone, nothing sticks out.

axe reads each page once; its width, language and size of print go round. Every screen of the house, by the list of its
addresses, is read in tests/house/test_every_screen.py.
"""

import pytest
from django.test import Client
from playwright.sync_api import Browser

from linli.demonstration.world import NANTOUCHENG, World
from linli.records.cases.models import Case
from linli.records.people.models import Account
from linli.records.people.services import account_of
from tests.browser import HEIGHTS, screenshot
from tests.demonstration.district.markup import faults
from tests.demonstration.district.walk import Seen, walk
from tests.inside import Reading

pytestmark = [pytest.mark.timeout(900), pytest.mark.browser, pytest.mark.django_db]

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
    wrong = {one.address: seen for turn, one in enumerate(found[user]) if (seen := reading.faults(one.address, turn))}
    reading.context.close()
    assert sum(len(pages) for pages in found.values()) > 80
    assert wrong == {}


def beside_every_walk() -> list[tuple[Client, str]]:
    """Screens to which no link of a desk leads these readers: rounds of pilots, and what a resident ordered and may order."""
    call, pilot = (Case.objects.filter(procedure=name).latest("pk") for name in ("pilot_call", "pilot"))
    order = Case.objects.filter(procedure="service_order").select_related("opened_by").latest("pk")
    assert order.opened_by is not None
    resident, city = client_of(account_of(order.opened_by).username), client_of("quanzhou.civil_affairs")
    return [
        (Client(), f"/rounds/{call.code}/"),
        (city, f"/desk/rounds/{call.code}/"),
        (city, f"/desk/cases/{pilot.code}/grants/"),
        (resident, f"/own/{order.code}/"),
        (resident, f"/c/{order.place_id}/begin/{order.procedure}/"),
    ]


def test_what_no_walk_reaches_is_open_to_everyone(world: World, browser: Browser) -> None:
    wrong = {}
    reading = Reading(browser, Client())
    for turn, (client, address) in enumerate(beside_every_walk()):
        reading.client = client
        if found := [*reading.faults(address, turn), *faults(reading.answer.content.decode())]:
            wrong[address] = found
    reading.context.close()
    assert wrong == {}


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
