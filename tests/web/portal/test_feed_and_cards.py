"""Feeds that readers can subscribe to, and the picture a chat shows when a page is shared."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from PIL import Image

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.notices.models import Notice
from linli.records.people.services import account_of
from linli.records.reports import feed
from linli.records.reports.printing.card import Card, drawn
from tests.journeys.steps import on
from tests.web.portal.world import COMMUNITY, DISTRICT, OTHER, Street

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client: Client, address: str) -> list[ET.Element]:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(answer.content).findall("a:entry", ATOM)


def said(entry: ET.Element, name: str) -> str:
    return entry.findtext(f"a:{name}", "", ATOM)


def test_a_feed_tells_what_was_sealed_the_latest_first(street: Street, client: Client) -> None:
    case = street.hung()
    found = entries(client, f"/c/{COMMUNITY}/feed.atom")
    titles = [said(entry, "title") for entry in found]
    assert any(title.startswith("公示发布：") for title in titles) and any(case.title in title for title in titles)
    assert len({said(entry, "id") for entry in found}) == len(found)
    assert said(found[0], "id").startswith(f"tag:linli,2021:{COMMUNITY}/")
    links = [entry.find("a:link", ATOM).get("href") for entry in found]  # type: ignore[union-attr]
    assert f"http://testserver/projects/{case.code}/" in links


def test_the_district_hears_of_its_communities_and_a_neighbour_does_not(street: Street, client: Client) -> None:
    street.hung()
    here = [said(entry, "id") for entry in entries(client, f"/c/{COMMUNITY}/feed.atom")]
    assert [said(entry, "id") for entry in entries(client, f"/c/{DISTRICT}/feed.atom")] == here
    assert entries(client, f"/c/{OTHER}/feed.atom") == []


def test_one_kind_only_and_in_english(street: Street, client: Client) -> None:
    street.hung()
    found = entries(client, f"/c/{COMMUNITY}/feed.atom?kind=notice&lang=en")
    assert found and all(entry.find("a:category", ATOM).get("term") == "notice" for entry in found)  # type: ignore[union-attr]
    assert said(found[0], "title").startswith("Notice published: ")


def test_one_kind_is_as_long_as_all_and_what_is_hidden_takes_no_place(street: Street, client: Client, monkeypatch) -> None:
    case = street.hung()
    monkeypatch.setattr(feed, "ENTRIES", 1)
    for kind in ("project", "notice"):
        found = entries(client, f"/c/{COMMUNITY}/feed.atom?kind={kind}")
        assert [entry.find("a:category", ATOM).get("term") for entry in found] == [kind]  # type: ignore[union-attr]
    monkeypatch.delitem(feed.KINDS, "notice")
    Case.objects.filter(pk=case.pk).update(public=False)  # its act is the newest of what is left
    found = entries(client, f"/c/{COMMUNITY}/feed.atom")
    assert [entry.find("a:category", ATOM).get("term") for entry in found] == ["meeting"]  # type: ignore[union-attr]


def test_nothing_new_is_said_with_304(street: Street, client: Client) -> None:
    street.hung()
    first = client.get(f"/c/{COMMUNITY}/feed.atom")
    for header in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        assert client.get(f"/c/{COMMUNITY}/feed.atom", headers=header).status_code == 304
    assert client.get("/c/000000/feed.atom").status_code == 404


def test_a_page_leads_to_its_feed(street: Street, client: Client) -> None:
    page = client.get(f"/c/{COMMUNITY}/").content.decode()
    assert f'type="application/atom+xml" href="/c/{COMMUNITY}/feed.atom"' in page


def test_a_shared_page_names_itself_and_its_picture(street: Street, client: Client) -> None:
    case, notice = street.hung(), Notice.objects.get()
    for page, picture in (
        (f"/projects/{case.code}/", f"/projects/{case.code}/card.png"),
        (f"/notices/{notice.pk}/", f"/notices/{notice.pk}/card.png"),
    ):
        said_ = client.get(page).content.decode()
        assert f'property="og:image" content="http://testserver{picture}"' in said_ and 'name="description"' in said_
        answer = client.get(picture)
        assert answer.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(answer.content)).size == (1000, 800)
        assert Image.open(io.BytesIO(client.get(f"{picture}?shape=square").content)).size == (800, 800)
        assert client.get(picture, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        assert len(answer.content) < 60_000


def test_a_draft_has_no_picture_even_for_who_wrote_it(street: Street, client: Client) -> None:
    need = street.asked()
    drafted = open_case(
        procedure="micro_project", place=need.place, title="演示·夜莺项目", by=street.team.secretary, at=on("2021-04-12")
    )
    client.force_login(account_of(street.team.secretary), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/projects/{drafted.code}/card.png").status_code == 404


def test_the_same_words_are_the_same_picture_and_a_long_title_fits(db: None) -> None:
    card = Card("南头城社区", "很长的名字" * 40, "公示中", "48.65 万元", "演示")
    assert drawn(card) == drawn(card)
    assert card.digest != Card("南头城社区", "很长的名字" * 40, "已结束", "48.65 万元", "演示").digest
