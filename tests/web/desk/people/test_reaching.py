"""The office of a community says its telephone and its counter; they stand at the foot of every page of it."""

from django.test import Client
from django.urls import reverse

from linli.records.places.models import Place
from tests.records.needs.world import COMMUNITY, OTHER, Village, row_counts
from tests.web.desk.intake.test_needs import CountedQueries

COUNTER = "党群服务中心一楼，周一至周五 9:00–18:00"
SAID = {"reached-phone": "0755-0000 0001", "reached-counter": COUNTER}
FOOT = '<b>南头城社区</b> <a class="nb" href="tel:075500000001">0755-0000 0001</a>'


def to(code: str = COMMUNITY) -> str:
    return f"{reverse('desk:place_reached')}?place={code}"


def test_it_stands_at_the_foot_of_every_page_of_the_community_and_asks_nothing_more(village: Village, desk) -> None:
    page, reader = reverse("portal:needs", args=[COMMUNITY]), Client()
    reader.get(page)
    with CountedQueries() as before:
        assert "0755-0000" not in reader.get(page).content.decode()
    answer = desk.of(village.cast.secretary).post(to(), SAID, follow=True)
    assert "居民在每一页下面都能看到" in answer.content.decode() and 'value="0755-0000 0001"' in answer.content.decode()
    with CountedQueries() as after:
        shown = reader.get(page).content.decode()
    assert FOOT in shown and COUNTER in shown
    assert after.count == before.count
    at_home = Client()
    at_home.cookies["linli_place"] = COMMUNITY
    assert FOOT in at_home.get(reverse("portal:rules")).content.decode()
    assert FOOT not in reader.get(reverse("portal:needs", args=[OTHER])).content.decode()


def test_in_english_what_the_office_wrote_is_marked_as_chinese(village: Village, desk) -> None:
    desk.of(village.cast.secretary).post(to(), SAID)
    reader = Client()
    reader.cookies["django_language"] = "en"
    assert f'<span lang="zh-Hans">{COUNTER}</span>' in reader.get(reverse("portal:needs", args=[COMMUNITY])).content.decode()


def test_a_number_nobody_can_dial_comes_back_with_what_was_typed(village: Village, desk) -> None:
    browser = desk.of(village.cast.secretary)
    before = row_counts()
    answer = browser.post(to(), {**SAID, "reached-phone": "打给老王"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "电话只写数字" in page and 'value="打给老王"' in page and COUNTER in page
    assert row_counts() == before and Place.objects.get(pk=COMMUNITY).phone == ""


def test_another_communitys_office_neither_finds_nor_says_it(village: Village, desk) -> None:
    assert desk.of(village.cast.stranger).post(to(), SAID).status_code == 404
    assert Place.objects.get(pk=COMMUNITY).phone == ""
