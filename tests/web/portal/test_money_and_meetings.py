"""Where the money went, and what was said and decided; never who said it."""

import pytest

from linli.records.funds.models import Contribution
from linli.records.funds.selectors import contributions
from linli.records.meetings.models import Meeting
from tests.journeys.steps import on
from tests.web.desk.cases.office import Desk
from tests.web.portal.pages import at_home, come_in, in_english, words
from tests.web.portal.world import COMMUNITY, DISTRICT, OTHER, Street, stop_the_clock

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("S0-9", "S0-81", how="shown")
def test_what_there_is_what_is_promised_and_what_is_left(street: Street, client, monkeypatch) -> None:
    case = street.archived()
    stop_the_clock(monkeypatch, on("2021-07-20"))
    for code in (COMMUNITY, DISTRICT):
        said = words(client.get(f"/money/{code}/"))
        assert "这一年共有 200 万元 已答应给项目 48.65 万元 还剩 151.35 万元" in said
        assert "来源 区财政年度专项 · 在预算中单列" in said
        assert f"三巷路灯 {case.code}" in said
        assert "486,500.00" in said
    # Above the list of communities a tap leads past it to the projects.
    district, community = (client.get(f"/money/{code}/").content.decode() for code in (DISTRICT, COMMUNITY))
    assert district.index('href="#given"') < district.index("分到哪些社区") < district.index('id="given"')
    assert 'href="#given"' not in community
    assert "这一年没有项目用这笔钱" in words(client.get(f"/money/{COMMUNITY}/?year=2020"))


def test_money_nobody_has_set_is_said_and_not_zero(street: Street, client) -> None:
    assert "这一年的资金还没有公布" in words(client.get(f"/money/{OTHER}/"))


def test_the_way_to_the_money_begins_at_home(street: Street, client) -> None:
    assert client.get("/money/").headers["Location"] == "/places/?for=money"
    choice = client.get("/places/", {"for": "money"})
    assert "看哪里的钱？" in words(choice)
    assert f'<h3><a href="/money/{DISTRICT}/">' in choice.content.decode()
    found = client.get("/places/", {"for": "money", "q": "南头"}).content.decode()
    assert f'class="card" href="/money/{COMMUNITY}/"' in found
    assert '<input type="hidden" name="for" value="money">' in found
    assert at_home(client, COMMUNITY).get("/money/").headers["Location"] == f"/money/{COMMUNITY}/"


def test_a_meeting_shows_the_whole_reckoning_and_no_names(street: Street, client) -> None:
    street.on_notice()
    council = Meeting.objects.get(session="evaluation_session")
    said = words(client.get(f"/meetings/{council.pk}/"))
    assert "应到 11 人，实到 8 人；回避 1 人，已不计入。" in said
    assert "同意比例 7/8，须达到 2/3，已达到。" in said
    assert "通过" in said
    assert "议事会成员 9 / 12" in said
    assert "已签字生效 2 人签字" in said
    for member in street.team.members:
        assert member.name not in said
    assert "成员丙任职于供应商" not in said
    assert "三巷路灯" in said
    english = words(in_english(client).get(f"/meetings/{council.pk}/"))
    assert "同意实施本项目方案 Carried" in english
    assert "Signed by 2 people" in english


def test_minutes_are_read_by_those_who_were_there_and_the_offices_above(street: Street, client) -> None:
    street.on_notice()
    council = Meeting.objects.get(session="evaluation_session")
    team = street.team
    readers = ((team.members[0], True), (team.office, True), (team.members[11], False), (team.stranger, False))
    for person, reads in readers:
        said = words(come_in(client, person).get(f"/meetings/{council.pk}/"))
        assert ("成员丙任职于供应商" in said) is reads


def test_opinions_stand_there_with_their_answers(street: Street, client) -> None:
    street.on_notice()
    forum = Meeting.objects.get(session="design_forum")
    said = words(client.get(f"/meetings/{forum.pk}/"))
    assert "灯光别照进一楼窗户" in said
    assert "采纳 社区党委" in said
    assert "已写进方案。" in said
    assert "征求意见，不表决。" in said
    for person in street.team.residents:
        assert person.name not in said


def test_meetings_to_come_stand_above_those_that_were(street: Street, client, monkeypatch) -> None:
    street.on_notice()
    stop_the_clock(monkeypatch, on("2021-03-24"))
    Meeting.objects.filter(session="evaluation_session").update(state="called", held_on=None, closed_at=None)
    said = words(client.get(f"/meetings/?place={COMMUNITY}"))
    assert said.index("接下来的会") < said.index("居民议事会：三巷路灯") < said.index("其他会议")
    assert said.count("居民议事会：三巷路灯") == 1
    assert "还没有开过会" in words(client.get(f"/meetings/?place={OTHER}"))


@pytest.mark.requirement("S0-9", how="kept")
def test_where_the_money_of_a_matter_comes_from_is_named_at_the_desk_and_read_by_everybody(street: Street, client) -> None:
    case = street.hung()
    where = f"/desk/cases/{case.code}/sources/"
    secretary, neighbour = Desk(street.team.secretary), Desk(street.team.organisation)
    secretary.open(f"/desk/cases/{case.code}/").click("资金来源：一笔一笔写明")
    secretary.send(where, status=422, **{"sources-source1": "演示·企业捐赠", "sources-amount1": "很多"})
    assert "演示·企业捐赠" in secretary.html and not Contribution.objects.exists()
    lines = {"sources-source1": "演示·企业捐赠", "sources-amount1": "3万"}
    lines |= {"sources-source2": "民生微实事专项经费", "sources-amount2": "456,500"}
    secretary.send(where, **lines)
    assert [(row.source, row.amount_fen) for row in contributions(case.subject)] == [
        ("演示·企业捐赠", 3_000_000),
        ("民生微实事专项经费", 45_650_000),
    ]
    assert "演示·企业捐赠" in words(client.get(f"/projects/{case.code}/"))
    assert neighbour.client.post(where, {"sources-source1": "别的", "sources-amount1": "1"}).status_code == 403
    assert Contribution.objects.count() == 2
