"""Whoever lives in a community gets on its roll through a door, and off it; then what is for residents opens."""

import pytest
from django.urls import reverse

from linli.records.people.access import Permission, may
from linli.records.people.models import Person, Residency, RollRequest
from linli.records.people.phones import phone_index
from linli.records.people.services import ask_for_roll, erase_person
from linli.records.trail.selectors import events_of
from linli.web.shared import clock
from tests.records.needs.world import COMMUNITY, NOW, OTHER, Village, row_counts
from tests.records.people.world import person, place
from tests.web.desk.intake.test_needs import CountedQueries

RESIDENTS = Permission("residents", resident=True)
ROLL = f"{reverse('desk:roll')}?place={COMMUNITY}"
ENTER = f"{reverse('desk:enter_roll')}?place={COMMUNITY}"
JOIN = reverse("portal:join", args=[COMMUNITY])
PHONE = "13900001234"
PAPER = {"enter-name": "演示·张三", "enter-phone": "", "enter-household": "", "enter-since": "2021-04-01", "enter-another": "no"}


def by_phone(name: str = "居民") -> Person:
    return Person.objects.create(
        name=name, kind="resident", phone=PHONE, phone_index=phone_index(PHONE), phone_proved_at=NOW, demonstration=True
    )


def at(asked: RollRequest, act: str) -> str:
    return reverse(f"desk:{act}", args=[asked.pk])


def test_a_resident_who_came_by_phone_asks_is_compared_and_may_act_as_a_resident(village: Village, desk) -> None:
    newcomer = by_phone()
    phone, clerk = desk.of(newcomer), desk.of(village.host)
    assert not may(newcomer, RESIDENTS, place(), clock.today())
    assert phone.post(JOIN, {"name": "演示·李四", "where": "演示路 3 栋 1201"}).status_code == 302
    assert "等社区核对" in phone.get(JOIN).content.decode()
    asked = RollRequest.objects.get()
    waiting = clerk.get(f"{ROLL}&show=waiting").content.decode()
    assert "演示·李四" in waiting and "1201" not in waiting
    opened = clerk.post(at(asked, "open_request"), {"open_request-reason": "核对是否住在本社区"})
    assert "演示路 3 栋 1201" in opened.content.decode() and PHONE in opened.content.decode()
    assert opened.headers["Cache-Control"] == "no-store"
    assert clerk.post(at(asked, "take_in"), {"take_in-since": "2021-04-01"}).status_code == 302
    assert may(newcomer, RESIDENTS, place(), clock.today())
    asked.refresh_from_db()
    assert (asked.outcome, asked.where.open()) == ("entered", "")
    assert "您已经在这个社区的名册上" in phone.get(JOIN).content.decode()
    kinds = [event.kind for event in events_of(newcomer.subject)]
    assert kinds == ["roll.asked", "roll.request_read", "roll.entered"]


def test_whoever_keeps_the_roll_finds_it_on_the_to_do_until_it_is_settled(village: Village, desk) -> None:
    asked = ask_for_roll(place=place(), name="演示·李四", where="演示路", by=person("居民"), at=NOW)
    clerk, above = desk.of(village.host), desk.of(village.cast.office)
    assert "1 位居民申请登记" in clerk.get("/desk/").content.decode()
    assert "位居民申请登记" not in above.get("/desk/").content.decode()
    clerk.post(at(asked, "take_in"), {"take_in-since": "2021-04-01"})
    assert "位居民申请登记" not in clerk.get("/desk/").content.decode()


def test_who_is_turned_away_reads_why_and_may_ask_again(village: Village, desk) -> None:
    phone, clerk = desk.of(by_phone()), desk.of(village.host)
    phone.post(JOIN, {"name": "演示·李四", "where": "演示路"})
    asked = RollRequest.objects.get()
    before = row_counts()
    assert clerk.post(at(asked, "turn_away"), {"turn_away-reason": " "}).status_code == 422 and row_counts() == before
    clerk.post(at(asked, "turn_away"), {"turn_away-reason": "请带居住证明到社区柜台"})
    page = phone.get(JOIN).content.decode()
    assert "请带居住证明到社区柜台" in page and "可以再申请" in page
    assert phone.post(JOIN, {"where": "演示路 3 栋"}).status_code == 302  # the name is known now
    assert RollRequest.objects.filter(outcome="").count() == 1
    assert phone.post(JOIN, {"withdraw": "1"}).status_code == 302
    assert not RollRequest.objects.filter(outcome="").exists()
    assert clerk.post(at(asked, "take_in"), {"take_in-since": "2021-04-01"}).status_code == 409


def test_what_is_missing_is_said_beside_its_field_and_one_asks_once(village: Village, desk) -> None:
    phone = desk.of(by_phone())
    before = row_counts()
    empty = phone.post(JOIN, {"name": "", "where": ""})
    assert empty.status_code == 422 and "请写姓名" in empty.content.decode() and "请写住在哪里" in empty.content.decode()
    assert row_counts() == before
    phone.post(JOIN, {"name": "演示·李四", "where": "演示路"})
    assert phone.post(JOIN, {"where": "演示路"}).status_code == 409
    phone.post(reverse("portal:join", args=[OTHER]), {"where": "演示街"})
    assert list(RollRequest.objects.order_by("pk").values_list("place", "outcome")) == [(COMMUNITY, "withdrawn"), (OTHER, "")]


def test_from_a_paper_and_never_the_same_person_twice(village: Village, desk) -> None:
    clerk = desk.of(village.host)
    assert clerk.post(ENTER, PAPER).status_code == 302
    assert may(Person.objects.get(name="演示·张三"), RESIDENTS, place(), clock.today())
    before = row_counts()
    again = clerk.post(ENTER, PAPER)
    assert again.status_code == 409 and "确是另一位" in again.content.decode() and row_counts() == before
    assert clerk.post(ENTER, {**PAPER, "enter-another": "yes"}).status_code == 302
    assert Residency.objects.filter(person__name="演示·张三").count() == 2
    newcomer = by_phone()
    clerk.post(ENTER, {**PAPER, "enter-name": "演示·李四", "enter-phone": PHONE})
    newcomer.refresh_from_db()
    assert newcomer.name == "演示·李四" and Residency.objects.get(person=newcomer).place_id == COMMUNITY
    before = row_counts()
    other = clerk.post(ENTER, {**PAPER, "enter-name": "演示·王五", "enter-phone": PHONE})
    assert other.status_code == 409 and "另一个姓名" in other.content.decode() and "李四" not in _refusal(other.content.decode())
    assert clerk.post(ENTER, {**PAPER, "enter-name": "演示·赵六", "enter-household": "Z-9"}).status_code == 422
    assert row_counts() == before


def _refusal(page: str) -> str:
    return page[page.index('role="alert"') :][:600]


def test_who_moves_away_is_on_the_roll_to_the_last_day(village: Village, desk) -> None:
    resident, clerk = village.resident(), desk.of(village.host)
    leave = reverse("desk:person_leave", args=[COMMUNITY, resident.pk])
    assert clerk.post(leave, {"leave-until": "2021-04-07"}).status_code == 302
    assert not may(resident, RESIDENTS, place(), clock.today())
    assert resident.name in clerk.get(f"{ROLL}&show=left").content.decode()
    assert clerk.post(leave, {"leave-until": "2021-05-01"}).status_code == 404
    assert str(Residency.objects.get(person=resident).until) == "2021-04-07"


def test_names_are_for_those_who_keep_the_roll(village: Village, desk) -> None:
    resident = village.resident()
    Person.objects.filter(pk=resident.pk).update(name="演示·在册的")
    assert "演示·在册的" in desk.of(village.host).get(ROLL).content.decode()
    above = desk.of(village.cast.office).get(ROLL).content.decode()
    assert "演示·在册的" not in above and "上级看得到人数" in above
    list_above = desk.of(village.cast.office).get(f"{reverse('desk:roll')}?place=440305001").content.decode()
    assert "南头城社区" in list_above and "田厦社区" in list_above
    assert desk.of(village.cast.stranger).get(ROLL).status_code == 404
    for somebody in (village.cast.office, village.cast.stranger):
        desk.of(somebody)
    before = row_counts()
    assert desk.of(village.cast.office).post(ENTER, PAPER).status_code == 403
    assert desk.of(village.cast.stranger).post(ENTER, PAPER).status_code == 404
    assert row_counts() == before


def test_a_door_for_residents_says_how_to_get_on_the_roll(village: Village) -> None:
    from linli.records.people.access import require
    from linli.rules.plain.refusals import NotAllowed

    with pytest.raises(NotAllowed, match="登记到居民名册"):
        require(by_phone(), RESIDENTS, place(), clock.today())


def test_an_erased_person_leaves_no_address_in_a_request(village: Village) -> None:
    newcomer = by_phone()
    ask_for_roll(place=place(), name="演示·李四", where="演示路 3 栋", by=newcomer, at=NOW)
    erase_person(person=newcomer, by=newcomer, at=NOW, reason="本人要求")
    asked = RollRequest.objects.get()
    assert (asked.outcome, asked.where.open()) == ("withdrawn", "")


@pytest.mark.parametrize("show", ["", "waiting"])
def test_the_roll_costs_the_same_however_many_are_on_it(village: Village, desk, show: str) -> None:
    clerk, address = desk.of(village.host), f"{ROLL}&show={show}"
    for _ in range(3):
        _one_more(village)
    clerk.get(address)
    with CountedQueries() as few:
        clerk.get(address)
    for _ in range(30):
        _one_more(village)
    with CountedQueries() as many:
        clerk.get(address)
    assert many.count == few.count


def _one_more(village: Village) -> None:
    village.resident()
    ask_for_roll(place=place(), name="演示", where="演示路", by=person("居民"), at=NOW)


def test_the_pages_speak_english_too(village: Village, desk) -> None:
    asked = ask_for_roll(place=place(), name="Yanshi", where="yanshi", by=person("居民"), at=NOW)
    for address in (ROLL, at(asked, "roll_request"), JOIN):
        page = desk.of(village.host, "en").get(address).content.decode()
        assert "名册" not in page.replace("登记到居民名册", ""), address
