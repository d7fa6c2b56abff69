"""A place whose rules know of no needs: no link leads there, and the address says why."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from linli.records.needs.models import Need
from linli.records.people.models import Account
from linli.records.people.services import appoint, register_person
from linli.records.places.models import Place
from linli.records.places.services import TABLES, load_places
from linli.records.rulebook.services import adopt_pack

SINCE = date(2018, 1, 2)
AT = datetime(2018, 1, 2, 1, tzinfo=UTC)
VILLAGE = "350582001004"
pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk() -> Client:
    load_places(rows=TABLES / "jinjiang.csv", source="统计用区划代码", at=AT)
    adopt_pack(place=Place.objects.get(pk="350582"), pack="jinjiang", since=SINCE, by="system", at=AT)
    return signed_in("residents_committee", VILLAGE)


def signed_in(office: str, place: str) -> Client:
    person = register_person(name=f"{office}（演示）", kind="staff", by=None, at=AT, demonstration=True)
    appoint(person=person, office=office, place=Place.objects.get(pk=place), since=SINCE, by=None, at=AT)
    client = Client()
    client.force_login(
        Account.objects.create(username=f"{office}.{place}", person=person, password=make_password("x")),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return client


def test_the_desk_shows_no_way_to_needs_and_says_why_at_their_address(clerk: Client) -> None:
    home = clerk.get("/desk/").content.decode()
    assert "/desk/cases/" in home and "/desk/needs/" not in home
    for address in ("/desk/needs/", "/desk/needs/new/"):
        answer = clerk.get(address)
        assert answer.status_code == 409
        assert "本地执行的办法没有规定需求征集，这里不收需求。" in answer.content.decode()
    clerk.post("/desk/needs/new/", {"place": VILLAGE, "what": "加装路灯", "where": "东门"})
    assert Need.objects.count() == 0


def test_where_the_rules_know_no_money_of_the_year_none_is_awaited(clerk: Client) -> None:
    page = clerk.get(f"/money/{VILLAGE}/").content.decode()
    assert "这里的制度没有规定年度资金" in page
    assert "还没有公布" not in page and "给了哪些项目" not in page


def test_an_office_above_the_rules_sees_only_what_needs_none(clerk: Client) -> None:
    above = signed_in("civil_affairs", "3505").get("/desk/").content.decode()
    assert "/desk/cases/" in above and "/desk/packs/" in above
    for address in ("/desk/needs/", "/desk/meetings/", "/desk/notices/", "/desk/obligations/", "/desk/settings/"):
        assert f'href="{address}"' not in above


def test_above_the_rules_an_overview_shows_what_the_rules_inside_know(clerk: Client) -> None:
    for code in ("350582", "3505"):
        page = clerk.get(f"/overview/{code}/").content.decode()
        assert "居民需求" not in page and "这一年的资金还没有公布" not in page, code


def test_values_given_for_the_items_of_a_scorecard_are_named_by_them() -> None:
    load_places(rows=TABLES / "nanchong.csv", source="统计用区划代码", at=AT)
    adopt_pack(place=Place.objects.get(pk="5113"), pack="nanchong", since=SINCE, by="system", at=AT)
    page = signed_in("civil_affairs", "511302").get("/desk/settings/?place=511302")
    assert page.status_code == 200
    assert "社区建设标准各方面分值" in page.content.decode() and "人才队伍" in page.content.decode()
