"""Raising a need: by oneself, without signing in, by the desk, by a neighbour who helps."""

from datetime import date

import pytest

from linli.records.duties.models import Reply
from linli.records.needs import selectors, services
from linli.records.needs.gate import state_of
from linli.records.needs.models import Need, Telling
from linli.records.people.models import OutboxMessage
from linli.records.rulebook.models import Passage
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.needs.world import LATER, NOW, WISH, Village, at, place, row_counts, set_value
from tests.records.people import world as people


@pytest.mark.requirement("S0-53", how="kept")
@pytest.mark.requirement("S0-64", how="kept")
def test_a_resident_raises_a_need_and_gets_a_code(village: Village) -> None:
    resident = village.resident()
    need = village.asks(resident)
    assert selectors.by_code(need.code.lower()) == need
    assert (need.person, need.source, need.entered_by, need.year) == (resident, resident.ref, None, 2021)
    assert state_of(need) == "raised"


def test_what_the_trail_seals_of_it_says_nothing_by_itself(village: Village) -> None:
    need = village.asks()
    sealed = next(event for event in events_of(need.subject) if event.kind == "need.raised")
    assert "灯" not in bytes(sealed.body).decode()
    assert set(sealed.data["what"]) == {"commitment"}


def test_an_answer_is_owed_from_the_first_day(village: Village) -> None:
    set_value(village.cast.civil, "reply_within", "15 working_days", since=date(2021, 1, 4))
    need = village.asks()
    reply = Reply.objects.get(subject_id=str(need.pk))
    assert (reply.kind, reply.office, reply.due_on) == ("need", "community.party_committee", date(2021, 4, 28))


@pytest.mark.requirement("S0-52", how="kept")
@pytest.mark.requirement("S1-21", how="kept")
@pytest.mark.requirement("S1-22", how="kept")
@pytest.mark.parametrize("mode", ["centralised", "daily"])
@pytest.mark.parametrize("channel", ["online", "offline"])
def test_both_ways_and_both_channels_are_kept(village: Village, mode: str, channel: str) -> None:
    need = village.asks(mode=mode, channel=channel)
    assert (need.mode, need.channel) == (mode, channel)


@pytest.mark.requirement("S1-8", how="kept")
@pytest.mark.parametrize("asker", ["leader", "delegate"])
def test_leaders_and_delegates_raise_needs_that_count_for_nobody(village: Village, asker: str) -> None:
    need = village.asks(asker=asker)
    assert need.asker == asker
    assert selectors.coverage(place(), 2021).sources == 0


def test_without_signing_in_a_phone_is_enough(village: Village) -> None:
    need = services.raise_need(place=place(), data={**WISH, "contact": "138-0000-0001"}, by=None, at=NOW)
    assert (need.person, need.contact.open()) == (None, "13800000001")
    assert need.source.startswith("phone:")
    assert "13800000001" not in need.source


def test_without_any_way_to_answer_it_is_refused_and_nothing_is_kept(village: Village) -> None:
    before = row_counts()
    with pytest.raises(Invalid) as refused:
        services.raise_need(place=place(), data=WISH, by=None, at=NOW)
    assert set(refused.value.fields) == {"contact"}
    assert row_counts() == before


def test_every_field_that_is_wrong_is_named(village: Village) -> None:
    resident = village.resident()
    with pytest.raises(Invalid) as refused:
        services.raise_need(place=place(), data={"what": " ", "mode": "飞鸽", "contact": "一二三"}, by=resident, at=NOW)
    assert {"what", "where", "mode", "contact"} <= set(refused.value.fields)
    assert not Need.objects.exists()


def test_the_same_form_sent_twice_is_one_need(village: Village) -> None:
    resident = village.resident()
    first, again = village.asks(resident), village.asks(resident, what="三栋楼道的灯，坏了！")
    assert first == again
    assert (Need.objects.count(), Passage.objects.count()) == (1, 1)
    assert village.asks(resident, what="三栋楼道漏水") != first
    assert village.asks(resident, when=at(2022, 4, 8)) != first


def test_two_residents_with_the_same_wish_are_two_needs(village: Village) -> None:
    assert village.asks() != village.asks()


def test_a_phone_of_exactly_one_resident_is_that_resident(village: Village) -> None:
    household = village.household()
    resident = village.resident(household, phone="13800000002")
    need = services.raise_need(place=place(), data={**WISH, "contact": "13800000002"}, by=None, at=NOW)
    assert (need.person, need.household, need.source) == (resident, household, resident.ref)
    village.resident(phone="13800000002")
    other = services.raise_need(place=place(), data={**WISH, "what": "加装长椅", "contact": "13800000002"}, by=None, at=NOW)
    assert other.person is None


def test_the_desk_enters_a_paper_form_and_the_person_is_told(village: Village, django_capture_on_commit_callbacks) -> None:
    resident = village.resident(phone="13800000003")
    details = services.Details(name="演示·陈伯", person=resident, paper_ref="问需表-017", collected_on=date(2021, 4, 6))
    with django_capture_on_commit_callbacks(execute=True):
        need = village.asks(village.host, details=details, channel="offline")
    assert (need.entered_by, need.person, need.paper_ref, need.collected_on) == (
        village.host,
        resident,
        "问需表-017",
        date(2021, 4, 6),
    )
    telling = Telling.objects.get()
    assert (telling.kind, telling.by_phone) == ("entered", True)
    assert need.code in OutboxMessage.objects.get().text.open()


def test_a_form_cannot_come_from_tomorrow(village: Village) -> None:
    with pytest.raises(Invalid):
        village.asks(village.host, details=services.Details(name="演示", collected_on=date(2021, 4, 9)))
    assert not Need.objects.exists()


def test_a_neighbour_who_helps_says_why(village: Village) -> None:
    neighbour, old = village.resident(), village.resident(phone="13800000004")
    with pytest.raises(Invalid) as refused:
        village.asks(neighbour, details=services.Details(person=old))
    assert set(refused.value.fields) == {"help_reason"}
    need = village.asks(neighbour, details=services.Details(person=old, help_reason="老人不会用手机"))
    assert (need.entered_by, need.person, need.help_reason) == (neighbour, old, "老人不会用手机")
    assert need.source == old.ref
    assert Telling.objects.get().kind == "entered"


def test_somebody_from_elsewhere_cannot_enter_for_others(village: Village) -> None:
    stranger = people.person()
    with pytest.raises(NotAllowed):
        village.asks(stranger, details=services.Details(person=village.resident(), help_reason="帮忙"))
    assert not Need.objects.exists()


def test_help_is_limited_only_where_a_place_has_set_it(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    neighbour = village.resident()

    def help_one() -> Need:
        return village.asks(neighbour, details=services.Details(person=village.resident(), help_reason="不会用手机"))

    for _ in range(6):
        help_one()
    monkeypatch.setattr("linli.records.needs.services.raising.HELP_LIMIT", "acceptance_residents")  # set to 2 in this world
    with pytest.raises(Refused, match="上限 2 件"):
        help_one()
    assert Need.objects.count() == 6


def test_an_unknown_code_is_nowhere(village: Village) -> None:
    for code in ("", "XXXXX-XXXXX", "22222-22222"):
        with pytest.raises(NotFound):
            selectors.by_code(code)


def test_names_and_phones_are_for_the_office_only(village: Village) -> None:
    need = services.raise_need(
        place=place(), data={**WISH, "contact": "13800000005"}, by=None, at=NOW, details=services.Details(name="演示·李")
    )
    assert selectors.contact_of(need, by=village.host, on=LATER.date()) == ("演示·李", "13800000005")
    for nobody in (village.resident(), village.cast.stranger):
        with pytest.raises(NotAllowed):
            selectors.contact_of(need, by=nobody, on=LATER.date())
    assert "asker_name" in selectors.need(need.pk).get_deferred_fields()
