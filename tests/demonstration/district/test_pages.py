"""Every way through the demonstration: no link ends at a shut door, and every page is whole HTML.

The browser reads the same pages in test_in_browser.py.
"""

import pytest
from django.test import Client

from linli.demonstration.world import World
from tests.demonstration.district.markup import faults
from tests.demonstration.district.walk import Seen, one_of_each_office, walk

pytestmark = [pytest.mark.timeout(900), pytest.mark.django_db]

MOST = 18  # pages for each account: all of the navigation and what lies next to it


def pages_of_the_desk() -> dict[str, list[Seen]]:
    found = {}
    for held in one_of_each_office():
        client = Client(raise_request_exception=False)
        client.force_login(held.person.account, backend="django.contrib.auth.backends.ModelBackend")
        found[f"{held.title} {held.place_id}"] = walk(client, "/desk/", most=MOST, within=("desk:", "shared:", "nowhere"))
    return found


@pytest.fixture(scope="module")
def walked(world: World) -> dict[str, list[Seen]]:
    """What each office finds from its desk, and a passer-by from the portal; read once for all of these tests."""
    return {"a passer-by": walk(Client(raise_request_exception=False), "/places/", most=60, deep=4), **pages_of_the_desk()}


def test_no_link_leads_to_a_shut_door(walked: dict[str, list[Seen]]) -> None:
    assert len(walked) > 40
    dead = {who: [str(one) for one in pages if one.status >= 400] for who, pages in walked.items()}
    assert {who: found for who, found in dead.items() if found} == {}


def test_every_page_is_whole_html(walked: dict[str, list[Seen]]) -> None:
    read = {one.kind: one.html for pages in walked.values() for one in pages if one.html}
    assert len(read) > 80
    wrong = {kind: faults(html)[:4] for kind, html in read.items()}
    assert {kind: found for kind, found in wrong.items() if found} == {}
