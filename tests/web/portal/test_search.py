"""The search page: two signs are enough; filters stay in the address; the costs do not grow."""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.records.reports.search.indexing import rebuild
from linli.records.reports.search.models import SearchEntry
from linli.web.shared import clock
from tests.records.reports.search.test_finding import _put
from tests.web.portal.pages import in_english, words
from tests.web.portal.world import COMMUNITY, Street
from tests.world import OTHER, Cast, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return build()


def many(count: int) -> None:
    from datetime import date, timedelta

    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(
        _put("need", n, f"N{n}", date(2021, 1, 1) + timedelta(days=n), "running", (COMMUNITY, OTHER)[n % 2], f"演示·路灯 {n}", "")
        for n in range(1, count + 1)
    )


def test_everything_about_a_word_on_one_page(street: Street, client: Client) -> None:
    case = street.hung()
    rebuild(clock.today())
    page = client.get("/search/?q=路灯").content.decode()
    assert "<mark>路灯</mark>" in page
    for address in (f"/projects/{case.code}/", f"/needs/{street.life.need.code}/"):
        assert f'href="{address}"' in page
    only = client.get("/search/?q=路灯&kind=project").content.decode()
    assert f'href="/projects/{case.code}/"' in only and f"/needs/{street.life.need.code}/" not in only


def test_filters_and_the_word_stay_in_the_address_from_page_to_page(cast: Cast, client: Client) -> None:
    many(45)
    first = client.get(f"/search/?q=路灯&kind=need&place={COMMUNITY}")
    page = first.content.decode()
    assert page.count("<mark>路灯</mark>") == 20
    assert f"place={COMMUNITY}" in page and "after=1-" in page
    everywhere = client.get("/search/?q=路灯").content.decode()
    assert "演示·<mark>路灯</mark> 45" in everywhere


def test_what_is_not_there_says_what_to_try(cast: Cast, client: Client) -> None:
    assert "没有找到" in words(client.get("/search/?q=独角兽"))
    assert "去掉一个条件" in words(client.get("/search/?q=独角兽&kind=need"))
    assert "这几个字找不了" in words(client.get("/search/?q=！？"))
    assert "写两个字就能找" in words(client.get("/search/"))
    assert "Nothing found" in words(in_english(client).get("/search/?q=独角兽"))


@pytest.mark.parametrize(
    "rubbish",
    [
        "q=%00灯",
        "q=" + "灯" * 5000,
        "kind=cat&q=灯",
        "year=12345&q=灯",
        "year=²²²²&q=灯",
        "after=zzz&q=灯",
        "place=0&q=灯",
        "q='\"*():&|!<->",
    ],
)
def test_rubbish_in_the_address_breaks_nothing(cast: Cast, client: Client, rubbish: str) -> None:
    assert client.get(f"/search/?{rubbish}").status_code in (200, 400)


def test_markup_in_a_title_stays_text(cast: Cast, client: Client) -> None:
    many(1)
    SearchEntry.objects.update(title="<script>路灯</script>")
    page = client.get("/search/?q=路灯").content.decode()
    assert "&lt;script&gt;<mark>路灯</mark>&lt;/script&gt;" in page


def test_a_longer_list_asks_the_database_no_more_often(
    cast: Cast, client: Client, asked_times: Callable[[Client, str], int]
) -> None:
    counts = []
    for count in (3, 30):
        many(count)
        counts.append(asked_times(client, f"/search/?q=路灯&place={COMMUNITY}"))
    assert counts[0] == counts[1] <= 8


def test_the_search_box_stands_on_every_page(cast: Cast, client: Client) -> None:
    assert 'action="/search/"' in client.get("/projects/?place=").content.decode()


def test_the_desk_leads_to_its_own_pages_where_one_looks_over_the_place(cast: Cast, client: Client) -> None:
    from linli.records.people.services import account_of

    many(2)
    client.force_login(account_of(cast.secretary), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/desk/search/?q=路灯").content.decode()
    assert 'href="/needs/N1/"' in page and 'href="/desk/needs/N2/"' in page
