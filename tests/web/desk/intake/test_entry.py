"""Entering needs one after the other, for people who came, rang or wrote."""

import pytest
from django.urls import reverse

from linli.records.needs.models import Need, Visit
from tests.records.needs.world import COMMUNITY, LATER, Village, row_counts

NEW = reverse("desk:enter_need")
TYPED = {
    "place": COMMUNITY,
    "what": "三栋楼道的灯坏了",
    "where": "南头古城三栋",
    "mode": "centralised",
    "channel": "offline",
    "asker": "household",
    "asker_name": "演示·王阿姨",
    "contact": "",
    "paper_ref": "A-017",
    "collected_on": "2021-04-06",
}


def test_the_first_field_waits_for_the_first_word(village: Village, desk) -> None:
    page = desk.of(village.host).get(NEW).content.decode()
    assert page.index("autofocus") < page.index('name="where"')
    assert 'src="/static/desk/intake.js"' in page


@pytest.mark.requirement("S0-53", how="kept")
@pytest.mark.requirement("S1-23", how="kept")
def test_a_need_is_entered_for_somebody_and_an_empty_form_comes_back_with_what_stays(village: Village, desk) -> None:
    household, client = village.household("A-101"), desk.of(village.host)
    answer = client.post(NEW, {**TYPED, "household": "A-101"}, follow=True)
    need = Need.objects.get()
    assert (need.what, need.paper_ref, need.household_id, need.entered_by_id) == (
        TYPED["what"],
        "A-017",
        household.pk,
        village.host.pk,
    )
    assert (need.mode, need.channel, need.asker, str(need.collected_on)) == ("centralised", "offline", "household", "2021-04-06")
    page = answer.content.decode()
    assert f"已登记，编号 {need.code}" in page
    assert TYPED["what"] not in page.split("<form method")[-1]
    assert 'value="2021-04-06"' in page
    assert page.count("checked") == 3  # round, channel, asker
    assert reverse("desk:need_slip", args=[need.code]) in page


def test_what_cannot_be_taken_comes_back_with_everything_typed(village: Village, desk) -> None:
    client = desk.of(village.host)
    before = row_counts()
    answer = client.post(NEW, {**TYPED, "household": "Z-999", "where": "古城北门"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "名册里没有户号“Z-999”" in page and "古城北门" in page and "演示·王阿姨" in page
    assert row_counts() == before


def test_every_mistake_is_named_at_its_field(village: Village, desk) -> None:
    page = desk.of(village.host).post(NEW, {**TYPED, "what": "", "where": ""}).content.decode()
    assert 'id="f-what-error"' in page and 'id="f-where-error"' in page


def test_the_same_wish_entered_twice_is_one_need(village: Village, desk, time) -> None:
    client = desk.of(village.host)
    client.post(NEW, TYPED)
    time.turn(LATER)
    page = client.post(NEW, TYPED, follow=True).content.decode()
    assert f"这一条登记过了，编号 {Need.objects.get().code}" in page


def test_a_visit_at_which_nothing_was_wished_counts_as_well(village: Village, desk) -> None:
    household = village.household("A-101")
    page = desk.of(village.host).post(NEW, {**TYPED, "household": "A-101", "nothing": "1"}, follow=True).content.decode()
    visit = Visit.objects.get()
    assert (visit.household_id, visit.channel, str(visit.on)) == (household.pk, "offline", "2021-04-06")
    assert "A-101 走访过，暂无需求" in page and not Need.objects.exists()


def test_what_was_said_already_is_shown_while_typing_and_without_scripts(village: Village, desk) -> None:
    there, client = village.asks(what="三栋楼道的灯坏了"), desk.of(village.host)
    part = client.get(reverse("desk:similar"), {"place": COMMUNITY, "what": "楼道灯坏了", "where": "三栋"}).content.decode()
    assert reverse("desk:need", args=[there.code]) in part and "<html" not in part
    whole = client.post(NEW, {**TYPED, "look": "1"}).content.decode()
    assert reverse("desk:need", args=[there.code]) in whole and "演示·王阿姨" in whole
    assert Need.objects.count() == 1


def test_above_the_community_one_says_first_whose_need_it_is(village: Village, desk) -> None:
    client = desk.of(village.cast.office)
    assert "请先选是哪个社区的需求" in client.get(NEW).content.decode()
    assert client.post(NEW, TYPED).status_code == 302
    assert Need.objects.get().entered_by_id == village.cast.office.pk


def test_others_do_not_enter_needs_here(village: Village, desk) -> None:
    for person, status in ((village.cast.stranger, 404), (village.cast.resident, 404), (village.cast.civil, 403)):
        client = desk.of(person)
        before = row_counts()
        assert client.post(NEW, TYPED).status_code == status
        assert row_counts() == before


def test_the_slip_carries_the_code_and_how_to_look_it_up(village: Village, desk) -> None:
    need = village.asks()
    page = desk.of(village.host).get(reverse("desk:need_slip", args=[need.code])).content.decode()
    assert need.code in page and "<svg" in page and "需求登记回执" in page
    assert desk.of(village.cast.stranger).get(reverse("desk:need_slip", args=[need.code])).status_code == 404
