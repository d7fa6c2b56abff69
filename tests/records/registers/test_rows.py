"""Lists a place keeps: entered, amended, struck, each act sealed; the packs say who keeps them and what a row says."""

from datetime import date

import pytest

from linli.records.registers.models import Row
from linli.records.registers.selectors import history, rows_in_force, said_on, seen_fields, seen_registers, totals_of
from linli.records.registers.services import amend_row, enter_row, enter_rows, strike_row
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.registers.world import COUNTY, Cast, at, place
from tests.world import row_counts

pytestmark = pytest.mark.django_db
MATTER = {"matter": "公共收益使用", "granted_on": "2026-03-01", "limits": "五千元以下"}


def mandate(cast: Cast, **more: str) -> Row:
    data = {**MATTER, **more}
    return enter_row(place=cast.place, register="council_mandate", data=data, by=cast.committee, at=at("2026-03-02"))


def test_a_row_holds_from_its_first_day_until_it_is_struck(cast: Cast) -> None:
    row = mandate(cast)
    assert (row.key, row.since, row.version, row.complete) == ("公共收益使用", date(2026, 3, 2), 1, True)
    assert not rows_in_force(cast.place, "council_mandate", date(2026, 3, 1)).exists()
    assert rows_in_force(cast.place, "council_mandate", date(2026, 3, 2)).get() == row

    struck = strike_row(row=row, reason="村民会议收回", by=cast.committee, at=at("2026-05-06"))
    assert (struck.struck_on, struck.version) == (date(2026, 5, 6), 2)
    assert rows_in_force(cast.place, "council_mandate", date(2026, 5, 5)).get() == row
    assert not rows_in_force(cast.place, "council_mandate", date(2026, 5, 6)).exists()
    now = totals_of(cast.place, "council_mandate", date(2026, 5, 6))
    assert (now.rows, now.removed) == (0, 1)
    assert [event.kind for event in events_of(row.subject)] == ["register.row_entered", "register.row_struck"]


def test_an_amended_row_still_says_what_it_said_before(cast: Cast) -> None:
    row = mandate(cast)
    data = {**MATTER, "limits": "一万元以下"}
    row = amend_row(row=row, data=data, reason="会议扩大授权", by=cast.committee, at=at("2026-04-08"))
    assert said_on([row], date(2026, 4, 7))[row.pk]["limits"] == "五千元以下"
    assert said_on([row], date(2026, 4, 8))[row.pk]["limits"] == "一万元以下"
    told = [(one.number, one.act, one.reason) for one in history(row)]
    assert told == [(1, "entered", ""), (2, "amended", "会议扩大授权")]


def test_a_list_holds_each_key_once_at_a_time(cast: Cast) -> None:
    row = mandate(cast)
    before = row_counts()
    with pytest.raises(Refused) as refusal:
        mandate(cast, limits="另一条")
    assert "公共收益使用" in refusal.value.text.zh
    assert row_counts() == before
    strike_row(row=row, reason="收回", by=cast.committee, at=at("2026-03-03"))
    assert mandate(cast).pk != row.pk


def test_only_the_keepers_of_the_pack_at_this_very_place_may_write(cast: Cast) -> None:
    row, before = mandate(cast), row_counts()
    for person in (cast.party, cast.next_door, cast.town, cast.resident):
        with pytest.raises(NotAllowed):
            enter_row(place=cast.place, register="council_mandate", data=MATTER, by=person, at=at("2026-03-03"))
        with pytest.raises(NotAllowed):
            strike_row(row=row, reason="收回", by=person, at=at("2026-03-03"))
    with pytest.raises(NotFound):
        enter_row(place=place(COUNTY), register="council_mandate", data=MATTER, by=cast.civil, at=at("2026-03-03"))
    assert row_counts() == before


def test_every_mistake_is_named_and_nothing_is_written(cast: Cast) -> None:
    before = row_counts()
    with pytest.raises(Invalid) as refusal:
        enter_row(
            place=place(COUNTY),
            register="access_catalogue",
            data={"item": "低保初审", "share": "assisted", "basis": "条例"},
            by=cast.civil,
            at=at("2026-03-03"),
        )
    assert sorted(refusal.value.fields) == ["category", "department", "fee"]  # a matter helped with needs its fee
    with pytest.raises(Invalid):
        strike_row(row=mandate(cast), reason="  ", by=cast.committee, at=at("2026-03-03"))
    assert Row.objects.get().struck_on is None
    assert row_counts()["registers.Version"] == before["registers.Version"] + 1


def test_a_sheet_is_taken_row_by_row_and_says_what_to_mend(cast: Cast) -> None:
    mandate(cast)
    rows = [
        {"matter": "环境整治", "granted_on": "2026-03-01"},
        {"matter": "", "granted_on": "三月一日"},
        {"matter": "公共收益使用", "granted_on": "2026-03-01"},
        {"matter": "停车管理", "granted_on": "2026-03-01"},
    ]
    done = enter_rows(place=cast.place, register="council_mandate", rows=rows, by=cast.committee, at=at("2026-03-05"))
    assert [row.key for row in done.rows] == ["环境整治", "停车管理"]
    assert {number: sorted(fields) for number, fields in done.wrong.items()} == {1: ["granted_on", "matter"], 2: ["matter"]}
    assert rows_in_force(cast.place, "council_mandate", date(2026, 3, 5)).count() == 3


def test_strangers_see_public_lists_and_public_fields_only(cast: Cast) -> None:
    on = date(2026, 3, 5)
    public, staff = seen_registers(None, cast.place, on), seen_registers(cast.committee, cast.place, on)
    assert "opinions" in public and "social_workers" not in public
    assert "social_workers" in staff
    assert "speaker" not in [field.key for field in seen_fields(public["opinions"], staff=False)]
    assert "speaker" in [field.key for field in seen_fields(staff["opinions"], staff=True)]


def test_reading_a_list_costs_the_same_with_three_rows_and_with_thirty(cast: Cast, django_assert_num_queries) -> None:
    for many in (3, 30):
        rows = [{"matter": f"事项{many}-{number}", "granted_on": "2026-03-01"} for number in range(many)]
        enter_rows(place=cast.place, register="council_mandate", rows=rows, by=cast.committee, at=at("2026-03-05"))
        with django_assert_num_queries(2):
            page = list(rows_in_force(cast.place, "council_mandate", date(2026, 3, 6)))
            said_on(page, date(2026, 3, 6))
