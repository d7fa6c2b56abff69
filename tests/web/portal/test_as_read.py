"""A page is composed once for the same rows, and is never older than its rows."""

import gzip
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.demonstration.hands import words
from linli.records.cases.selectors import tally
from linli.records.needs.services import raise_need
from linli.records.notices.models import Notice
from linli.records.people.models import Person
from linli.records.places.services.changing import rename_place
from linli.web.portal import project as page_of_project
from linli.web.shared import as_read, counting
from linli.web.shared.tags import kept
from linli.web.shared.tags.kept import kept_piece
from tests.journeys import test_need_to_archive as story
from tests.journeys.steps import set_value
from tests.web.portal.pages import come_in, in_english
from tests.web.portal.world import COMMUNITY, NOW, Street, stop_the_clock

pytestmark = pytest.mark.django_db
GZIP = {"HTTP_ACCEPT_ENCODING": "gzip"}


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Figures of lists are remembered as long as they hold, none for a while."""
    monkeypatch.setattr(settings, "HOLD_FIGURES", True)
    monkeypatch.setattr(counting, "TIMES", 0)
    monkeypatch.setattr(as_read, "_looked", as_read.monotonic())
    for one in (as_read, tally, counting):
        one.forget()
    yield
    for one in (as_read, tally, counting):
        one.forget()


@pytest.fixture
def hung(street: Street) -> Street:
    """Its notice hangs, and this process has read the rules in: the page that does so is not kept."""
    street.hung()
    shown(Client(), project(street))
    as_read.forget()
    return street


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The code of the project each time its page is composed."""
    codes: list[str] = []
    compose = page_of_project._composed
    monkeypatch.setattr(page_of_project, "_composed", lambda *told: codes.append(told[1].case.code) or compose(*told))
    return codes


def shown(client: Client, address: str) -> str:
    answer = client.get(address, **GZIP)
    assert answer.status_code == 200
    return gzip.decompress(answer.content).decode() if answer.headers.get("Content-Encoding") else answer.content.decode()


def anew(address: str) -> str:
    as_read.forget()
    return shown(Client(), address)


def project(street: Street) -> str:
    return reverse("portal:project", args=[street.life.case.code])


def test_the_second_reader_asks_the_same_and_nothing_is_composed(hung: Street, composed: list[str]) -> None:
    for place in ("", COMMUNITY):
        composed.clear()
        reader = Client()
        reader.cookies["linli_place"] = place
        first = shown(reader, project(hung))
        with CaptureQueriesContext(connection) as queries:
            assert shown(reader, project(hung)) == first
        assert composed == [hung.life.case.code]
        assert len(queries) >= 10


def test_what_happens_elsewhere_does_not_compose_it_anew(hung: Street, composed: list[str]) -> None:
    shown(Client(), project(hung))
    asked = words.need("巷口的灯也坏了", "巷口")
    raise_need(place=hung.team.place, data=asked, by=hung.life.wang, at=NOW)
    shown(Client(), project(hung))
    assert len(composed) == 1


def test_at_every_step_from_need_to_archive_the_pages_are_those_of_now(street: Street) -> None:
    street.on_notice()
    chapters = (
        story.the_result_hangs_for_everybody_to_see,
        story.it_is_determined,
        story.the_subdistrict_puts_it_on_file,
        story.the_lamps_are_put_up,
        story.residents_accept_and_appraise,
        story.the_money_is_settled_and_the_project_archived,
    )
    lists = [f"{reverse(name)}?place={place}" for name in ("portal:projects", "portal:notices") for place in ("", COMMUNITY)]
    before: dict[str, str] = {}
    for chapter in chapters:
        chapter(street.life)
        notices = [reverse("portal:notice", args=[pk]) for pk in Notice.objects.values_list("pk", flat=True)]
        for address in [project(street), *lists, *notices]:
            kept = shown(Client(), address)  # what was kept before the chapter is still there
            before[address + chapter.__name__] = kept
        for address in [project(street), *lists, *notices]:
            assert before[address + chapter.__name__] == anew(address), (chapter.__name__, address)
    assert len({before[project(street) + chapter.__name__] for chapter in chapters}) == len(chapters)


def test_a_new_name_of_the_place_is_seen_at_once(hung: Street) -> None:
    addresses = [project(hung), reverse("portal:notice", args=[Notice.objects.latest("pk").pk]), "/projects/?place="]
    assert all("改了名" not in shown(Client(), address) for address in addresses)
    place = hung.life.case.place
    rename_place(place=place, name="改了名的社区", since=NOW.date(), document="演示", by="system", at=NOW)
    assert all("改了名" in shown(Client(), address) for address in addresses)


def test_a_new_value_of_the_rules_composes_the_page_anew(hung: Street, composed: list[str]) -> None:
    shown(Client(), project(hung))
    set_value(hung.team.civil, "notice_days", "7 working_days", key="evaluation", since=date(2021, 5, 1))
    for _ in range(3):  # the one that reads the rules in, the next one, and one more
        shown(Client(), project(hung))
    assert len(composed) == 3


def test_another_day_makes_another_page(hung: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    address = reverse("portal:notice", args=[Notice.objects.latest("pk").pk])
    today = shown(Client(), address)
    stop_the_clock(monkeypatch, NOW + timedelta(days=1))
    assert shown(Client(), address) != today


def test_languages_sizes_and_readers_are_never_mixed_up(hung: Street, composed: list[str]) -> None:
    large, home = Client(), Client()
    large.cookies["linli_large"] = "1"
    home.cookies["linli_place"] = COMMUNITY
    pages = [shown(reader, project(hung)) for reader in (Client(), in_english(Client()), large, home)]
    assert len(set(pages)) == 4
    office = come_in(Client(), hung.team.secretary)
    assert hung.team.secretary.name in shown(office, project(hung))
    assert len(composed) == 5
    assert shown(Client(), project(hung)) == pages[0]


def test_a_page_that_still_asks_while_it_is_composed_is_not_kept(
    hung: Street, composed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compose = page_of_project._composed

    def asks(*told):
        Notice.objects.count()
        return compose(*told)

    monkeypatch.setattr(page_of_project, "_composed", asks)
    for _ in range(2):
        shown(Client(), project(hung))
    assert len(composed) == 2
    assert as_read.shelf.known() == []


def test_of_each_address_only_the_newest_page_is_kept_and_none_for_longer_than_an_hour(
    hung: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words somebody had taken out do not lie on in memory."""
    shown(Client(), project(hung))
    story.it_is_determined(hung.life)
    shown(Client(), project(hung))
    assert [about[2] for about in as_read.shelf.known()] == [project(hung)]
    later = as_read.monotonic() + as_read.LONGEST + 1
    monkeypatch.setattr(as_read, "monotonic", lambda: later)
    shown(Client(), "/projects/?place=")
    assert [about[2] for about in as_read.shelf.known()] == ["/projects/?place="]


def test_once_somebody_is_forgotten_nothing_put_together_before_stays_in_memory(
    hung: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_read, "_looked", 0.0)
    shown(Client(), project(hung))
    Person.objects.filter(pk=hung.life.wang.pk).update(erased_at=NOW)
    monkeypatch.setattr(as_read, "_looked", as_read.monotonic() - 61)
    kept_piece("shared/pieces/stamp.html", {"title": "演示", "tone": "done", "shape": "tick"})
    shown(Client(), "/projects/?place=")
    assert (as_read.shelf.known(), as_read.shelf.size) == ([], 0)
    assert not [key for key in kept.shelf.known() if "演示" in str(key)]


def test_no_more_is_kept_than_there_is_room_for(hung: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(Client(), project(hung))
    monkeypatch.setattr(as_read.shelf, "most", as_read.shelf.size + 10)
    shown(Client(), "/projects/?place=")
    assert as_read.shelf.size <= as_read.shelf.most and len(as_read.shelf.known()) == 1
