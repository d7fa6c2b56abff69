"""How far the asking has come, and what each office may know of it."""

import pytest
from django.urls import reverse

from linli.records.needs.services import Details
from tests.records.needs.world import COMMUNITY, Village
from tests.records.rulebook.world import SUBDISTRICT
from tests.web.desk.intake.test_needs import CountedQueries

HERE = reverse("desk:coverage", args=[COMMUNITY])


@pytest.mark.requirement("S1-32", how="shown")
@pytest.mark.requirement("S1-33", how="shown")
@pytest.mark.requirement("S1-24", how="shown")
def test_two_meters_say_what_is_short(village: Village, desk) -> None:
    asked, village_visit = village.priority("A-101"), village.priority("A-102")
    village.asks(by=village.host, details=Details(household=asked), channel="offline")
    page = desk.of(village.host).get(HERE).content.decode()
    assert "还差 499 人（户）" in page and "还差 1 户" in page
    assert "还要再问 499 人（户），才达到 500。" in page
    assert "还有 1 户重点家庭没有问到" in page and "还没有线上提出的" in page
    assert village_visit.label in page and "household=A-102" in page


def test_offices_above_see_how_many_but_not_which_households(village: Village, desk) -> None:
    village.priority("A-102")
    page = desk.of(village.cast.office).get(HERE).content.decode()
    assert "还差 1 户" in page and "A-102" not in page


@pytest.mark.requirement("S0-52", how="shown")
@pytest.mark.requirement("S1-21", how="shown")
@pytest.mark.requirement("S1-22", how="shown")
def test_rounds_and_every_day_online_and_in_person_are_told_apart(village: Village, desk) -> None:
    village.asks(mode="centralised", channel="offline")
    village.asks(what="长椅断了", mode="daily", channel="online")
    village.asks(what="下水道堵了", mode="daily", channel="online")
    page = desk.of(village.host).get(HERE).content.decode().split("怎么收集的")[1]
    for title, n in (("集中征集", 1), ("日常征集", 2), ("线上", 2), ("线下", 1)):
        assert f"<dt>{title}</dt><dd>{n}</dd>" in page


def test_above_the_community_there_is_one_line_per_community(village: Village, desk, django_assert_num_queries) -> None:
    from linli.records.places.services import load_places
    from tests.records.needs.world import NOW

    address, client = reverse("desk:coverage", args=[SUBDISTRICT]), desk.of(village.cast.office)
    client.get(address)
    with CountedQueries() as few:
        page = client.get(address).content.decode()
    assert "南头城社区" in page and "田厦社区" in page
    rows = [
        {"code": f"4403050010{n}", "name": f"第{n}社区居委会", "level": "community", "parent": SUBDISTRICT} for n in range(10, 30)
    ]
    load_places(rows=rows, source="演示", at=NOW)
    with django_assert_num_queries(few.count):
        client.get(address)


def test_others_do_not_see_it(village: Village, desk) -> None:
    assert desk.of(village.cast.stranger).get(HERE).status_code == 404
    assert desk.of(village.cast.resident).get(HERE).status_code == 404
