"""Finding one's community, and what its page says at a glance."""

import re

import pytest

from linli.demonstration.hands import words as written
from linli.records.needs.services import raise_need
from linli.records.notices.services import publish_notice
from linli.records.places.services import load_places
from linli.records.rulebook.models import Adoption
from linli.rules.plain.subjects import Subject
from tests.journeys.steps import on
from tests.records.people import world as people
from tests.web.portal.pages import at_home, in_english, words
from tests.web.portal.world import COMMUNITY, DISTRICT, OTHER, Street

pytestmark = pytest.mark.django_db


def test_a_stranger_is_asked_where_they_live_and_finds_it_by_two_characters(street: Street, client) -> None:
    assert "您住在哪个社区？" in words(client.get("/"))
    found = client.get("/places/", {"q": "田厦"})
    assert "田厦社区" in words(found)
    assert f"/c/{OTHER}/" in found.content.decode()
    assert "南头城社区" not in words(found)
    assert "没有找到这个名字" in words(client.get("/places/", {"q": "火星"}))


def test_places_that_begin_with_the_words_come_first_then_the_readers_own_surroundings(street: Street, client) -> None:
    rows = [
        ("440304", "福田区", "district", "4403"),
        ("440304001", "南园街道", "subdistrict", "440304"),
        ("440304001001", "城南社区居委会", "community", "440304001"),
        ("440304001002", "南华社区居委会", "community", "440304001"),
        ("440305001009", "向南社区居委会", "community", "440305001"),
    ]
    named = [dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows]
    load_places(rows=named, source="演示", at=on("2021-04-01"))
    Adoption.objects.update(place="4403")

    def found() -> list[str]:
        page = client.get("/places/", {"q": "南"}).content.decode().partition("已经在办的地方")[0]
        return re.findall(r'href="/c/(\d+)/"', page)

    begins, holds = ["440304001002", COMMUNITY, "440305", "440304001", "440305001"], ["440304001001", "440305001009"]
    assert found() == begins + holds
    at_home(client, COMMUNITY)
    assert found() == [COMMUNITY, "440305", "440305001", "440304001002", "440304001", "440305001009", "440304001001"]


def test_only_places_at_work_are_found(db, client) -> None:
    people.nanshan()
    assert "没有找到这个名字" in words(client.get("/places/", {"q": "南头"}))
    assert "这里还没有采用办法" in words(client.get(f"/c/{COMMUNITY}/"))


def test_the_first_community_looked_at_is_remembered_and_a_button_changes_it(street: Street, client) -> None:
    client.get(f"/c/{COMMUNITY}/")
    assert client.cookies["linli_place"].value == COMMUNITY
    assert "南头城社区" in words(client.get("/"))
    client.get(f"/c/{OTHER}/")
    assert client.cookies["linli_place"].value == COMMUNITY
    client.post("/switch/place/", {"place": OTHER, "next": "/"})
    assert "田厦社区" in words(client.get("/"))


def test_a_community_where_nothing_goes_on_says_what_would_appear(street: Street, client) -> None:
    said = words(client.get(f"/c/{OTHER}/"))
    assert "现在没有正在公示的事，也没有排定的会" in said
    assert "还没有项目 需求经过评议、确定以后成为项目" in said
    assert "今年的资金还没有公布" in said


@pytest.mark.requirement("S0-71", "S1-49", how="shown")
def test_what_is_open_now_stands_on_top_and_below_what_it_is_all_about(street: Street, client) -> None:
    street.hung()
    said = words(client.get(f"/c/{COMMUNITY}/"))
    open_now, lately = said.index("现在您可以"), said.index("最近有什么变化")
    assert open_now < said.index("还剩 2 天") < lately
    assert open_now < said.index("提异议") < lately
    assert "三巷路灯 已评议 48.65 万元" in said
    assert "200 万元" in said
    assert "居民点菜、政府提供服务" in said
    assert "欢迎辖区居民参与" in said


def test_every_word_is_there_in_english(street: Street, client) -> None:
    street.hung()
    said = words(in_english(client).get(f"/c/{COMMUNITY}/"))
    assert "What you can do now" in said
    assert "2 days left" in said
    assert "Residents order, the government delivers." in said


def test_a_district_sums_what_its_communities_do(street: Street, client) -> None:
    street.hung()
    page = client.get(f"/c/{DISTRICT}/")
    said = words(page)
    assert '还剩 <span class="nb">200 万元</span>' in page.content.decode()  # never broken between figure and unit
    assert "2021 年需求 1" in said
    assert "今年资金 200 万元，还剩 200 万元" in said.replace(" ，", "，")
    assert "南头街道" in said


def test_a_community_without_any_code_is_not_found(street: Street, client) -> None:
    assert client.get("/c/999999/").status_code == 404


def fill(street: Street, first: int, last: int) -> None:
    """Needs, notices and projects, one of each per number."""
    team = street.team
    for number in range(first, last):
        need = written.need(f"第 {number} 件：换灯", "二巷")
        raise_need(place=team.place, data=need, by=team.resident(f"演示·居民甲{number}"), at=on("2021-04-01"))
        publish_notice(
            subject=Subject("text", str(number)), point="determination", place=team.place, title=f"公示 {number}", body="内容",
            by=team.secretary, at=on("2021-04-02"),
        )  # fmt: skip
        case = team.project(f"项目 {number}", on("2021-04-03"))
        street.move(case)


@pytest.mark.parametrize("address", [f"/c/{COMMUNITY}/", f"/c/{COMMUNITY}/needs/", "/projects/?place=", "/notices/?place="])
def test_a_longer_list_asks_the_database_no_more_often(street: Street, client, address: str, asked_times) -> None:
    at_home(client, COMMUNITY)
    fill(street, 0, 3)
    client.get(address)
    few = asked_times(client, address)
    fill(street, 3, 30)
    assert asked_times(client, address) == few
