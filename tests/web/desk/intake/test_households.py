"""The roll of households: numbers in the open, everything else one by one and on record."""

import pytest
from django.urls import reverse

from linli.records.people.models import Household, HouseholdCode, PriorityHousehold, SensitiveReading
from linli.records.people.services import redeem_household_code
from tests.records.needs.world import COMMUNITY, NOW, OTHER, Village, row_counts
from tests.web.desk.intake.test_needs import CountedQueries

ROLL = reverse("desk:households", args=[COMMUNITY])


def at(household: Household, act: str = "") -> str:
    return reverse(f"desk:household_{act}" if act else "desk:household", args=[household.place_id, household.pk])


def test_the_roll_shows_numbers_and_who_is_still_to_be_asked_but_never_why(village: Village, desk) -> None:
    village.priority("A-101")
    village.household("A-102")
    page = desk.of(village.host).get(ROLL).content.decode()
    assert "A-101" in page and "A-102" in page and "重点 · 今年还没问到" in page
    assert "残疾" not in page and "演示路1号" not in page
    only = desk.of(village.host).get(ROLL + "?show=unasked").content.decode()
    assert "A-101" in only and "A-102" not in only


def test_the_roll_costs_the_same_however_long_it_is(village: Village, desk, django_assert_num_queries) -> None:
    client = desk.of(village.host)
    for n in range(3):
        village.priority(f"A-{n}")
    client.get(ROLL)
    with CountedQueries() as few:
        client.get(ROLL)
    for n in range(3, 33):
        village.priority(f"A-{n}")
    with django_assert_num_queries(few.count):
        client.get(ROLL)


def test_a_household_is_registered_and_a_taken_number_is_refused(village: Village, desk) -> None:
    client, where = desk.of(village.host), reverse("desk:register_household", args=[COMMUNITY])
    sent = {"register-label": "B-7", "register-address": "演示路7号", "register-since": "2021-01-01"}
    assert client.post(where, sent).status_code == 302
    before = row_counts()
    again = client.post(where, sent)
    assert again.status_code == 409 and "已有一户在用" in again.content.decode() and "演示路7号" in again.content.decode()
    assert client.post(where, {**sent, "register-label": "B-8", "register-since": "昨天"}).status_code == 422
    assert row_counts() == before


@pytest.mark.requirement("S1-33", how="kept")
def test_a_household_is_put_on_the_list_of_those_to_be_asked(village: Village, desk) -> None:
    household = village.household("B-7")
    client, sent = desk.of(village.host), {"mark-group": "disabled", "mark-since": "2021-01-01", "mark-detail": "演示"}
    assert client.post(at(household, "mark"), {**sent, "mark-group": ""}).status_code == 422
    assert not PriorityHousehold.objects.exists()
    client.post(at(household, "mark"), sent)
    assert PriorityHousehold.objects.get().group == "disabled"
    assert client.post(at(household, "mark"), sent).status_code == 409


def test_details_are_opened_with_a_reason_and_that_is_on_record(village: Village, desk) -> None:
    household, client = village.priority("A-101"), desk.of(village.host)
    assert "演示路1号" not in client.get(at(household)).content.decode()
    short = client.post(at(household, "details"), {"details-reason": "看看"})
    assert short.status_code == 422 and not SensitiveReading.objects.exists()
    opened = client.post(at(household, "details"), {"details-reason": "入户走访前核对住址"})
    page = opened.content.decode()
    assert "演示路1号" in page and "残疾人" in page
    assert opened.headers["Cache-Control"] == "no-store" and SensitiveReading.objects.count() == 1


def test_offices_above_read_the_numbers_but_open_nothing(village: Village, desk) -> None:
    household, above = village.priority("A-101"), desk.of(village.cast.office)
    page = above.get(at(household)).content.decode()
    assert "只有所在社区能看" in page
    before = row_counts()
    assert above.post(at(household, "details"), {"details-reason": "入户走访前核对住址"}).status_code == 403
    assert above.post(reverse("desk:household_codes", args=[COMMUNITY]), {"household": str(household.pk)}).status_code == 403
    assert row_counts() == before


def test_codes_come_on_paper_and_the_earlier_ones_stop(village: Village, desk, monkeypatch) -> None:
    household, client = village.household("A-101"), desk.of(village.host)
    printed: list[tuple[str, str]] = []
    from linli.web.desk import household_acts

    monkeypatch.setattr(household_acts, "_slips", lambda place, codes: printed.extend(codes) or b"%PDF")
    where = reverse("desk:household_codes", args=[COMMUNITY])
    answer = client.post(where, {"household": [str(household.pk)]})
    assert answer.headers["Content-Type"] == "application/pdf" and answer.headers["Cache-Control"] == "no-store"
    assert redeem_household_code(code=printed[0][1], at=NOW).home_id == COMMUNITY
    client.post(where, {"household": [str(household.pk)]})
    assert HouseholdCode.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_slips_are_a_real_pdf(village: Village, desk) -> None:
    household = village.household("A-101")
    answer = desk.of(village.host).post(reverse("desk:household_codes", args=[COMMUNITY]), {"household": [str(household.pk)]})
    assert answer.content.startswith(b"%PDF-")


def test_no_household_ticked_prints_nothing_and_says_so(village: Village, desk) -> None:
    village.household("A-101")
    answer = desk.of(village.host).post(reverse("desk:household_codes", args=[COMMUNITY]), {"household": ["x"]})
    assert answer.status_code == 422 and "请先勾选" in answer.content.decode()
    assert not HouseholdCode.objects.exists()


def test_a_household_of_another_place_is_not_found(village: Village, desk) -> None:
    elsewhere = village.household("Z-1", code=OTHER)
    assert desk.of(village.host).get(at(elsewhere)).status_code == 404
    assert desk.of(village.host).get(reverse("desk:household", args=[COMMUNITY, elsewhere.pk])).status_code == 404
    assert desk.of(village.cast.stranger).get(ROLL).status_code == 404
