"""What holds for every page of the portal: it answers in both languages, is light, and carries no script or style of its own."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.trail.services import take_checkpoint
from linli.web.shared.translations import merged
from tests.journeys.steps import on
from tests.web.portal.pages import at_home, in_english, words
from tests.web.portal.world import COMMUNITY, DISTRICT, Street, stop_the_clock

pytestmark = pytest.mark.django_db

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
_LOADED = re.compile(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="/static/([^"]+)"')
_MISSED = re.compile("[\u4e00-\u9fff]")


def every_address(street: Street) -> list[str]:
    case, need = street.life.case, street.life.need
    named = [
        *(reverse(f"portal:{name}") for name in ("home", "places", "receipt", "rules", "trail")),
        *(reverse(f"portal:{name}") + "?place=" for name in ("projects", "notices", "meetings")),
        *(reverse(f"portal:{name}", args=[COMMUNITY]) for name in ("community", "needs", "raise_need", "money")),
        *(reverse(f"portal:{name}", args=[DISTRICT]) for name in ("community", "overview")),
        reverse("portal:money", args=[DISTRICT]),
        reverse("portal:similar", args=[COMMUNITY]) + "?what=路灯",
        reverse("portal:need", args=[need.code]) + "?fresh=1",
        reverse("portal:project", args=[case.code]),
        reverse("portal:notices") + "?place=&over=1",
        reverse("portal:clause", args=["nanshan", "S0 §3.1"]),
    ]
    named += [reverse(f"portal:{name}", args=[one.pk]) for one in Notice.objects.all() for name in ("notice", "object")]
    named += [reverse("portal:meeting", args=[one.pk]) for one in Meeting.objects.all()]
    parts = ("values", "ways", "lists", "forms", "duties", "documents")
    return named + [reverse("portal:pack", args=[pack]) + f"?part={part}" for pack in ("nanshan", "shenzhen") for part in parts]


def test_every_page_answers_is_light_and_has_nothing_inline(street: Street, client, monkeypatch) -> None:
    street.archived()
    take_checkpoint(at=on("2021-07-19"))
    stop_the_clock(monkeypatch, on("2021-07-20"))
    for reader in (client, in_english(client)):
        for address in every_address(street):
            answer = reader.get(address)
            page = answer.content.decode()
            assert answer.status_code == 200, address
            assert len(answer.content) < 100_000, address
            assert not _INLINE.search(page), address


def transferred(client: Client, address: str) -> int:
    """Bytes a phone loads for a page seen for the first time: the page, its style sheet and scripts, as they are served."""
    answer = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip", address
    files = {finders.find(name) for name in _LOADED.findall(gzip.decompress(answer.content).decode())}
    return len(answer.content) + sum(len(gzip.compress(Path(str(file)).read_bytes())) for file in files)


def test_every_page_with_all_it_loads_is_under_100_kilobytes(street: Street, client, monkeypatch) -> None:
    street.archived()
    take_checkpoint(at=on("2021-07-19"))
    stop_the_clock(monkeypatch, on("2021-07-20"))
    pages = [address for address in every_address(street) if "/similar/" not in address]
    assert {address: size for address in pages if (size := transferred(client, address)) >= 100_000} == {}


def test_static_files_are_served_compressed() -> None:
    from linli.config import settings

    assert settings.STORAGES["staticfiles"]["BACKEND"] == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_no_sentence_of_the_portal_is_left_in_chinese(street: Street, client) -> None:
    """What the house says is said in English; what people wrote stays as they wrote it."""
    street.hung()
    at_home(in_english(client), COMMUNITY)
    ours = [chinese for chinese in merged() if len(chinese) > 6 and "%" not in chinese and _MISSED.search(chinese)]
    for address in every_address(street):
        said = words(client.get(address))
        assert [chinese for chinese in ours if chinese in said] == [], address


@pytest.mark.parametrize(
    "address",
    [
        "/projects/NS-2021-9999/",
        "/projects/NS-2021-9999/archive.zip",
        "/projects/NS-2021-9999/proof.json",
        "/needs/7K3F9-2XQ4M/",
        "/notices/999/",
        "/notices/999/object/",
        "/notices/999/print.pdf",
        "/meetings/999/",
        "/money/000000/",
        "/c/000000/needs/new/",
        "/rules/nowhere/",
        "/rules/nanshan/?part=secrets",
        "/rules/nanshan/clauses/S9 §1/",
        "/trail/checkpoint.json?number=999",
        "/files/999/a.pdf",
    ],
)
def test_what_is_not_there_is_not_found(street: Street, client, address: str) -> None:
    assert client.get(address).status_code == 404
