"""Figures for everybody: what the pictures say, where they lead, and that they name nobody."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from linli.records.cases.services import open_case, take_act
from linli.records.people.models import Household, PriorityHousehold
from linli.web.shared.tags.charts import shades
from tests.journeys.steps import on
from tests.web.portal.pages import at_home, in_english, words
from tests.web.portal.world import COMMUNITY, DISTRICT, OTHER, Street, stop_the_clock
from tests.world import SUBDISTRICT, place

pytestmark = pytest.mark.django_db
LEVELS = (COMMUNITY, SUBDISTRICT, DISTRICT, "4403")


def test_a_place_tells_how_far_its_projects_have_come_and_for_what_money(street: Street, client: Client, monkeypatch) -> None:
    street.archived()
    stop_the_clock(monkeypatch, on("2021-07-20"))
    said = words(client.get(f"/overview/{DISTRICT}/"))
    assert "居民需求 1 已答复 1" in said
    assert "其中已纳入项目 1 / 1 条需求" in said
    assert "当年项目 1 办成 1 · 在办 0" in said
    assert "提出 1 / 1 · 100% 评议与确定 1 / 1 · 100% 实施 1 / 1 · 100% 验收与归档 1 / 1 · 100% 已归档 1 / 1 · 100%" in said
    assert "这一年共有 200 万元 已答应给项目 48.65 万元 还剩 151.35 万元" in said
    assert "已办成 48.65 万元 100%" in said


def test_the_same_story_at_every_level_and_down_by_links(street: Street, client: Client) -> None:
    street.hung()
    for code, below in zip(LEVELS[1:], LEVELS, strict=False):
        answer = client.get(f"/overview/{code}/")
        assert "当年项目 1" in words(answer)
        assert f'href="/overview/{below}/"'.encode() in answer.content
    assert "当年项目 0" in words(client.get(f"/overview/{OTHER}/"))


def test_a_linked_figure_opens_a_list_of_exactly_that_length(street: Street, client: Client) -> None:
    street.hung()
    page = client.get(f"/overview/{COMMUNITY}/").content.decode()
    address = f"/projects/?place={COMMUNITY}&amp;year=2021&amp;way=micro_project&amp;state=evaluated"
    assert address in page
    assert "1 个" in words(client.get(address.replace("&amp;", "&")))
    needs = f"/c/{COMMUNITY}/needs/?year=2021&amp;state=in_project"
    assert needs in page
    listed = words(client.get(needs.replace("&amp;", "&")))
    assert "1 条" in listed
    assert "只看： 2021 · 已纳入项目" in listed
    assert "没有这样的需求" in words(client.get(f"/c/{COMMUNITY}/needs/?year=2020"))


def test_the_map_shows_every_community_with_its_figure(street: Street, client: Client) -> None:
    street.asked()
    said = words(client.get(f"/overview/{DISTRICT}/"))
    assert "南头街道 南头街道 南头城 1 田厦 0" in said
    assert "南头城 0 / 1" not in said
    assert "办成 / 提出" in words(client.get(f"/overview/{DISTRICT}/?measure=done"))
    assert client.get(f"/overview/{DISTRICT}/?measure=nonsense&year=x").status_code == 200


def test_priority_households_are_not_a_public_figure(street: Street, client: Client) -> None:
    household = Household.objects.create(place=place(), label="演示-1", address="演示路", since=date(2020, 1, 1))
    PriorityHousehold.objects.create(household=household, group="disabled", since=date(2020, 1, 1))
    for address in (f"/overview/{COMMUNITY}/", f"/overview/{SUBDISTRICT}/", f"/overview/{DISTRICT}/meanings/"):
        assert "重点家庭" not in words(client.get(address))
    assert "重点家庭" not in str(_sheets(client.get(f"/overview/{DISTRICT}/figures.xlsx").content))


def test_every_figure_is_explained_with_its_clause(street: Street, client: Client) -> None:
    said = words(client.get(f"/overview/{COMMUNITY}/meanings/"))
    assert "需求 按征集日期所在的年度计，一张表算一条" in said
    assert "当年核定、已答应给项目、还剩" in said
    assert "指导意见（征求意见稿）》第10条" in said
    english = words(in_english(client).get(f"/overview/{COMMUNITY}/meanings/"))
    assert "How these figures are counted" in english


def _sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_spreadsheet_holds_every_table_and_what_it_means(street: Street, client: Client) -> None:
    street.hung()
    answer = client.get(f"/overview/{DISTRICT}/figures.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="linli-{DISTRICT}-2021.xlsx"'
    sheets = _sheets(answer.content)
    assert next(iter(sheets)) == "各地合计"
    assert list(sheets)[-1] == "口径和依据"
    rows = sheets["各地合计"]
    assert rows[0][0] == "南山区 2021 各地合计"
    assert rows[5][:6] == ["南山区", 1, 0, 0, 1, 1]
    assert rows[6][:2] == ["南头街道", 1]
    assert "民生微实事项目 走到哪一步" in sheets


def test_english_is_complete_and_the_page_stays_light(street: Street, client: Client) -> None:
    street.hung()
    answer = in_english(client).get(f"/overview/{DISTRICT}/")
    said = words(answer)
    assert "Projects of the year 1 0 carried through · 1 under way" in said
    assert "How far they have come" in said
    assert len(answer.content) < 100_000
    assert b" style=" not in answer.content


def test_the_way_begins_at_the_readers_own_place(street: Street, client: Client) -> None:
    assert client.get("/overview/").headers["Location"] == "/places/?for=overview"
    assert f'<h3><a href="/overview/{DISTRICT}/">' in client.get("/places/", {"for": "overview"}).content.decode()
    assert at_home(client, COMMUNITY).get("/overview/").headers["Location"] == f"/overview/{COMMUNITY}/"


def test_the_page_asks_as_often_for_thirty_as_for_three(
    street: Street, client: Client, asked_times: Callable[[Client, str], int]
) -> None:
    street.asked()
    for number in range(33):
        case = open_case(
            procedure="micro_project", place=place(), title=f"演示·{number}", by=street.team.secretary, at=on("2021-04-01")
        )
        take_act(case=case, act="withdraw", by=street.team.secretary, at=on("2021-04-02"), note="演示")
        if number == 2:
            asked_times(client, f"/overview/{DISTRICT}/")
            few = asked_times(client, f"/overview/{DISTRICT}/")
    assert asked_times(client, f"/overview/{DISTRICT}/") == few
    assert few <= 32


def test_shades_follow_the_largest_and_nothing_stays_blank() -> None:
    assert shades([0, None, 1, 25, 26, 100]) == [0, 0, 1, 1, 2, 4]
    assert shades([]) == []


def test_boundaries_are_drawn_where_they_are_known_and_the_others_are_named(street: Street, client: Client) -> None:
    from linli.records.places.services import load_outlines
    from tests.records.places.test_outlines import SQUARE, collection

    street.asked()
    text = collection((COMMUNITY, "Polygon", [SQUARE]))
    assert b'class="outlines"' not in client.get(f"/overview/{DISTRICT}/").content
    load_outlines(text=text, source="演示·手绘边界", at=on("2021-04-01"), demonstration=True)
    answer = client.get(f"/overview/{DISTRICT}/")
    assert b'd="M30 689L690 689L690 30L30 30Z"' in answer.content or b'class="outlines"' in answer.content
    said = words(answer)
    assert "边界来源：演示·手绘边界" in said
    assert "没有边界或坐标的地方 1 田厦" in said
    assert f'<a href="/overview/{COMMUNITY}/"><title>南头城 1</title>'.encode() in answer.content
