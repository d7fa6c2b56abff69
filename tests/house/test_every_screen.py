"""What holds for every screen of the house, found by the list of its addresses and not by hand."""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser

from tests.browser import HEIGHTS, WIDTHS, complaints, has_chromium
from tests.demonstration.district.markup import faults
from tests.house.ground import Ground
from tests.house.matrix import Matrix
from tests.house.screens import Screen, read, screens
from tests.inside import READERS, Reading

pytestmark = pytest.mark.django_db

LIGHT = 100_000  # bytes with everything a page needs, photos aside, as it travels
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
_LOADED = re.compile(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="/static/([^"]+)"')

# Addresses that give a file, a part of a page or a way on.
NO_SCREENS = {
    *("shared:sign_in_code", "portal:feed", "portal:similar", "portal:register_file", "portal:project_card", "portal:archive"),
    *("portal:project_proof", "portal:notice_card", "portal:notice_print", "portal:money_here", "portal:overview_here"),
    *("portal:overview_figures", "portal:checkpoint", "portal:file", "desk:form_print", "desk:case_package", "desk:open_scoring"),
    *("desk:owed_paper", "desk:similar", "desk:import_template", "desk:import_correction", "desk:motion_reckon"),
    *("desk:register_file", "desk:overview_figures"),
}
# Screens of other regulations and moments than those of this ground; each is read where it stands.
ELSEWHERE = {
    "shared:stop_messages": "tests/web/desk/intake/test_notifications.py",
    "portal:register_ask": "tests/web/desk/registers/test_lists.py",
    "desk:bulk_run": "tests/web/desk/intake/test_at_speed.py",
    "portal:round": "tests/demonstration/district/test_in_browser.py",
    "portal:order": "tests/demonstration/district/test_in_browser.py",
    "portal:own": "tests/demonstration/district/test_in_browser.py",
    "desk:round": "tests/demonstration/district/test_in_browser.py",
    "desk:case_set": "tests/web/desk/papers/test_paper_set.py",
    "desk:new_child": "tests/web/desk/cases/test_life.py",
    "desk:grants": "tests/demonstration/district/test_in_browser.py",
    "desk:owed_paper_print": "tests/web/desk/papers/test_owed_papers.py",
}


@pytest.fixture(scope="module")
def matrix(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> Iterator[Matrix]:
    """One district for the whole module; nothing of it stays."""
    if has_chromium():
        request.getfixturevalue("browser")  # while it runs, this thread has a connection of its own
    with django_db_blocker.unblock(), transaction.atomic():
        yield Matrix(Ground())
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def every(matrix: Matrix) -> dict[str, Screen]:
    return screens(matrix)


def pages(every: dict[str, Screen]) -> list[Screen]:
    return [screen for screen in every.values() if screen.html and screen.status == 200]


def test_every_address_one_can_read_shows_its_screen_to_somebody(matrix: Matrix, every: dict[str, Screen]) -> None:
    readable = {route.name for route in matrix.routes if route.door is not None and "GET" in route.door.methods}
    ours = {name for name in readable if not name.startswith("api:")}
    assert ours - {screen.name for screen in pages(every)} == NO_SCREENS | set(ELSEWHERE)
    assert [name for name in ELSEWHERE.values() if not Path(name).is_file()] == []


def test_every_screen_is_whole_html_in_both_languages(matrix: Matrix, every: dict[str, Screen]) -> None:
    wrong = {}
    for screen in pages(every):
        for language, html in (("zh-hans", screen.html), ("en", in_english(matrix, screen))):
            if found := faults(html):
                wrong[f"{screen.name} {language}"] = found[:4]
    assert wrong == {}


def test_no_screen_has_a_script_or_a_style_of_its_own(every: dict[str, Screen]) -> None:
    assert [screen.name for screen in pages(every) if _INLINE.search(screen.html)] == []


def test_every_screen_is_light(every: dict[str, Screen]) -> None:
    weights = {screen.name: _travels(screen.html) for screen in pages(every)}
    assert all(_LOADED.search(screen.html) for screen in pages(every)), "a screen without a sheet of style is not weighed whole"
    assert {name: weight for name, weight in weights.items() if weight > LIGHT} == {}


def _travels(html: str) -> int:
    files = [finders.find(name) for name in dict.fromkeys(_LOADED.findall(html))]
    return sum(len(gzip.compress(open(str(file), "rb").read())) for file in files) + len(gzip.compress(html.encode()))


def in_english(matrix: Matrix, screen: Screen) -> str:
    client = matrix.client_of(screen.who)
    client.cookies["django_language"] = "en"
    return read(client, screen.address)[1]


@pytest.mark.browser
@pytest.mark.timeout(3000)
def test_every_screen_is_open_to_everyone(matrix: Matrix, every: dict[str, Screen], browser: Browser) -> None:
    """Each in one of three widths, two languages and two sizes of print, which go round; in all twelve if asked to."""
    ways = [(width, reader) for reader in READERS for width in WIDTHS]
    wrong = {}
    reading = Reading(browser, Client())
    for turn, screen in enumerate(pages(every)):
        reading.client = matrix.client_of(screen.who)
        for width, reader in ways if os.environ.get("LINLI_EVERY_WAY") else [ways[turn % len(ways)]]:
            reading.read_as(reader)
            reading.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            reading.open(screen.address)
            if found := complaints(reading.page) + reading.sticks_out(width):
                wrong[f"{screen.name} {width} {reader}"] = found
    reading.context.close()
    assert not wrong, "\n".join(f"{screen}: {found}" for screen, found in wrong.items())
