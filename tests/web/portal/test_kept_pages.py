"""Kept pages: the second reader costs nothing, an act is seen at once, and nobody is served what was meant for another."""

import gzip
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.records.notices.models import Notice
from linli.web.shared import clock, kept_pages
from linli.web.shared.shelf import Shelf
from tests.journeys import test_need_to_archive as story
from tests.web.portal.pages import come_in, in_english, words
from tests.web.portal.world import COMMUNITY, NOW, Street, stop_the_clock

pytestmark = pytest.mark.django_db
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf[kept_pages.Key, kept_pages.Kept]]:
    monkeypatch.setattr(settings, "KEPT_PAGES_BYTES", 4_000_000)
    kept_pages.forget()
    yield kept_pages.shelf
    kept_pages.forget()


def get(client: Client, address: str, **more: str):
    return client.get(address, **GZIP, **more)


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert get(client, address).status_code == 200
    return len(queries)


def shown(answer) -> str:
    if answer.headers.get("Content-Encoding") == "gzip":
        answer.content = gzip.decompress(answer.content)
    return words(answer)


def project(street: Street) -> str:
    return reverse("portal:project", args=[street.life.case.code])


# --- kept ----------------------------------------------------------------------------------------------------------------
def test_the_second_reader_costs_one_look_at_the_trail(street: Street) -> None:
    street.hung()
    first, second = get(Client(), project(street)), get(Client(), project(street))
    assert first.content == second.content
    assert asked(Client(), project(street)) == 1


def test_a_browser_that_has_the_page_is_told_so_until_something_happens(street: Street) -> None:
    street.hung()
    tag = get(Client(), project(street)).headers["ETag"]
    again = get(Client(), project(street), HTTP_IF_NONE_MATCH=tag)
    assert (again.status_code, again.content) == (304, b"")
    story.it_is_determined(street.life)
    assert get(Client(), project(street), HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_page_after_an_act_shows_the_act(street: Street) -> None:
    street.hung()
    lists = reverse("portal:projects") + "?place="
    before = shown(get(Client(), lists)), shown(get(Client(), project(street)))
    story.it_is_determined(street.life)
    after = shown(get(Client(), lists)), shown(get(Client(), project(street)))
    assert ("已评议" in before[0], "已确定" in before[0], "已确定" in after[0]) == (True, False, True)
    assert before[1] != after[1]


def test_a_page_of_yesterday_is_not_shown_today(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    street.hung()
    address = reverse("portal:notice", args=[Notice.objects.latest("pk").pk])
    assert asked(Client(), address) > 1
    assert asked(Client(), address) == 1
    stop_the_clock(monkeypatch, NOW + timedelta(hours=3))  # 00:00 in China
    assert clock.today().isoformat() == "2021-04-14"
    assert asked(Client(), address) > 1


def test_pages_of_before_an_act_do_not_stay_in_memory(street: Street) -> None:
    street.hung()
    get(Client(), project(street))
    before = kept_pages.shelf.size
    get(Client(), "/")
    assert kept_pages.shelf.size > before
    story.it_is_determined(street.life)
    get(Client(), "/")
    # The page of the project, which nobody asked for since, is gone too.
    assert [key[2] for key in kept_pages.shelf.known()] == ["/"]


def test_old_pages_make_room(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    street.hung()
    get(Client(), project(street))
    monkeypatch.setattr(settings, "KEPT_PAGES_BYTES", kept_pages.shelf.size + 10)
    get(Client(), reverse("portal:rules"))
    assert kept_pages.shelf.size <= settings.KEPT_PAGES_BYTES
    assert asked(Client(), project(street)) > 1


# --- for one reader only -----------------------------------------------------------------------------------------------------
def test_language_large_print_and_place_have_pages_of_their_own(street: Street) -> None:
    street.hung()
    large, home = Client(), Client()
    large.cookies["linli_large"] = "1"
    home.cookies["linli_place"] = COMMUNITY
    pages = {get(reader, project(street)).content for reader in (Client(), in_english(Client()), large, home)}
    assert len(pages) == 4


def test_a_first_visit_to_a_community_is_kept_and_remembered_for_everybody(street: Street) -> None:
    address = reverse("portal:community", args=[COMMUNITY])
    readers = [Client(), Client()]
    first, second = (get(reader, address) for reader in readers)
    assert first.content == second.content
    assert [reader.cookies["linli_place"].value for reader in readers] == [COMMUNITY, COMMUNITY]
    assert second.cookies["linli_place"]["httponly"] is True
    assert asked(Client(), address) == 1


def test_who_is_signed_in_is_neither_served_a_kept_page_nor_kept(street: Street) -> None:
    street.hung()
    public = shown(get(Client(), project(street)))
    held = kept_pages.shelf.size
    office = come_in(Client(), street.team.secretary)
    assert street.team.secretary.name in shown(get(office, project(street)))
    assert kept_pages.shelf.size == held
    assert shown(get(Client(), project(street))) == public


@pytest.mark.parametrize("name", ["raise_need", "object"])
def test_a_page_with_a_form_is_made_for_each_reader(street: Street, name: str) -> None:
    street.hung()
    about = {"raise_need": COMMUNITY, "object": Notice.objects.latest("pk").pk}[name]
    address = reverse(f"portal:{name}", args=[about])
    reader = Client()
    for _ in range(2):  # with the cookie of the form too
        answer = get(reader, address)
        assert "csrfmiddlewaretoken" in gzip.decompress(answer.content).decode()
    assert kept_pages.shelf.size == 0


def test_receipts_refusals_parts_and_downloads_are_not_kept(street: Street) -> None:
    street.hung()
    case = street.life.case.code
    get(Client(), reverse("portal:receipt") + "?code=123")
    get(Client(), "/projects/NS-2021-9999/")
    get(Client(), reverse("portal:search") + "?q=路灯")
    get(Client(), project(street), HTTP_HX_REQUEST="true")
    get(Client(), reverse("portal:project_proof", args=[case]))
    Client().get(project(street))  # takes no compressed pages
    assert kept_pages.shelf.size == 0


# --- another process ---------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_an_act_of_another_process_makes_kept_pages_old(tmp_path: Path) -> None:
    """Two servers over one database: what one records, the other shows at its next look."""
    address = reverse("portal:places")
    assert asked(Client(), address) > 1
    assert asked(Client(), address) == 1
    code = (
        "import django; django.setup()\n"
        "from datetime import UTC, datetime\n"
        "from linli.records.places.events import PlacesLoaded\n"
        "from linli.records.trail import services as trail\n"
        "from linli.rules.plain.subjects import Subject\n"
        "done = PlacesLoaded(source='演示', created=0, renamed=0)\n"
        "trail.record(done, stream='44', subject=Subject('place', '44'), by='system', at=datetime(2021, 4, 13, tzinfo=UTC))\n"
    )
    database = connection.settings_dict
    url = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        url = f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    told = {**os.environ, "LINLI_DATABASE_URL": url, "LINLI_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", code], env=told, cwd=settings.BASE, check=True)
    assert asked(Client(), address) > 1
