"""Which rules hold where, and values a place sets itself."""

from datetime import date
from fractions import Fraction

import pytest

from linli.records.rulebook import selectors
from linli.records.rulebook.models import Adoption, LocalSetting
from linli.records.rulebook.services import adopt_pack, set_local
from linli.rules.plain.days import Period
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text
from tests.pilots import Jinjiang
from tests.records.people import world as people
from tests.records.rulebook.world import COMMUNITY, DISTRICT, SUBDISTRICT, Cast, at, officer, place, row_counts
from tests.world import refused


def test_a_community_goes_by_the_pack_its_district_adopted(cast: Cast) -> None:
    rules = selectors.rules_at(place(COMMUNITY))
    assert rules.pack.id == "nanshan"
    assert [pack.id for pack in rules.chain] == ["shenzhen", "nanshan"]


def test_where_nothing_was_adopted_there_are_no_rules(db: None) -> None:
    people.nanshan()
    with pytest.raises(Refused, match="还没有采用任何办法"):
        selectors.rules_at(place(COMMUNITY))


def test_a_pack_of_one_district_is_not_adopted_in_another_place(cast: Cast) -> None:
    before = row_counts()
    with pytest.raises(Refused, match="不适用于深圳市"):
        adopt_pack(place=place("4403"), pack="nanshan", since=date(2021, 1, 1), by="system", at=at(2021, 1, 1))
    with pytest.raises(NotFound):
        adopt_pack(place=place("4403"), pack="nowhere", since=date(2021, 1, 1), by="system", at=at(2021, 1, 1))
    assert row_counts() == before


def test_the_same_version_is_adopted_once(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经采用了这一版"):
        adopt_pack(place=place(DISTRICT), pack="nanshan", since=date(2022, 1, 1), by="system", at=at(2022, 1, 1))
    assert Adoption.objects.count() == 1


def test_a_value_set_locally_is_read_at_once_with_who_set_it(cast: Cast) -> None:
    on = date(2021, 2, 1)
    reading = selectors.rules_at(place(COMMUNITY)).read("approval_share", on=on)
    assert reading.value == Fraction(2, 3)
    assert reading.local is not None and reading.local.set_by == "district.civil_affairs" and reading.local.demonstration
    days = selectors.rules_at(place(COMMUNITY)).read("notice_days", on=on, key="evaluation")
    assert days.value == Period(5, "days")


def test_the_nearest_place_has_the_last_word(cast: Cast) -> None:
    set_local(
        place=place(SUBDISTRICT),
        parameter="large_amount",
        value="300000",
        since=date(2021, 3, 1),
        document="演示·街道文件",
        by=cast.working,
        at=at(2021, 2, 1),
    )
    rules = selectors.rules_at(place(COMMUNITY))
    assert rules.read("large_amount", on=date(2021, 2, 28)).value == 400_000_00
    assert rules.read("large_amount", on=date(2021, 3, 1)).value == 300_000_00
    assert selectors.rules_at(place(DISTRICT)).read("large_amount", on=date(2021, 3, 1)).value == 400_000_00


def test_only_the_office_the_regulation_names_sets_a_value(cast: Cast) -> None:
    before = row_counts()
    with pytest.raises(NotAllowed, match="由区民政局设定"):
        set_local(
            place=place(DISTRICT),
            parameter="fast_lane",
            value="10 working_days",
            since=date(2021, 1, 4),
            document="演示",
            by=cast.finance,
            at=at(2021, 1, 4),
        )
    assert row_counts() == before


def test_a_value_the_regulation_gives_is_not_set_locally(cast: Cast) -> None:
    with pytest.raises(Refused, match="不由地方设定"):
        set_local(
            place=place(DISTRICT),
            parameter="project_cap",
            key="works",
            value="2000000",
            since=date(2030, 1, 1),
            document="演示",
            by=cast.civil,
            at=at(2021, 1, 4),
        )


def test_a_value_in_force_is_not_changed_back_in_time(cast: Cast) -> None:
    before = LocalSetting.objects.count()
    with pytest.raises(Refused, match="只能从明天起生效"):
        set_local(
            place=place(DISTRICT),
            parameter="approval_share",
            value="1/2",
            since=date(2021, 1, 4),
            document="演示",
            by=cast.civil,
            at=at(2021, 1, 4),
        )
    assert LocalSetting.objects.count() == before


def test_an_office_changes_its_own_value_from_a_later_day_on(cast: Cast) -> None:
    for value, since, day in (("300000", date(2021, 1, 5), 4), ("500000", date(2021, 2, 1), 11)):
        set_local(
            place=place(DISTRICT),
            parameter="support_fund",
            key="works",
            value=value,
            since=since,
            document="演示",
            by=cast.civil,
            at=at(2021, 1, day),
        )
    rules = selectors.rules_at(place(DISTRICT))
    assert rules.read("support_fund", on=date(2021, 1, 31), key="works").value == 300_000_00
    assert rules.read("support_fund", on=date(2021, 2, 1), key="works").value == 500_000_00


def test_a_second_value_is_held_to_the_law_above_as_the_first(db: None) -> None:
    jinjiang = Jinjiang(villages=1)
    jinjiang.set("publicity_required", "true", "fund_use", since="2023-03-11")
    said = refused(Refused, lambda: jinjiang.set("publicity_required", "false", "fund_use", since="2023-03-12"))
    assert "上级规定不允许" in said.text.zh


@pytest.mark.parametrize("written", ["", "很多", "2/0", "5 working_days", "null"])
def test_what_is_no_value_of_the_unit_is_refused_and_kept_out(cast: Cast, written: str) -> None:
    before = row_counts()
    with pytest.raises(Invalid):
        set_local(
            place=place(DISTRICT),
            parameter="acceptance_residents",
            value=written,
            since=date(2030, 1, 1),
            document="演示",
            by=cast.civil,
            at=at(2021, 1, 4),
        )
    assert row_counts() == before


def test_everything_a_setting_lacks_is_said_at_once_in_both_languages(cast: Cast) -> None:
    def given(**more: object) -> dict[str, Text]:
        blank = {"value": "", "since": None, "document": " ", **more}
        setting = {"place": place(DISTRICT), "parameter": "acceptance_residents", "by": cast.civil, "at": at(2021, 1, 4)}
        said = refused(Invalid, lambda: set_local(**setting, **blank))  # type: ignore[arg-type]
        assert isinstance(said, Invalid)
        return said.fields

    all_of_it = given()
    assert list(all_of_it) == ["value", "since", "document"]
    assert all_of_it["since"] == Text("请写从哪天起，如 2026-03-31。", "Write from which day on, such as 2026-03-31.")
    assert all_of_it["document"].en == "Name the document this rests on."
    late = given(since=date(2030, 1, 2), until=date(2030, 1, 1))
    assert list(late) == ["value", "until", "document"]
    assert late["until"].zh == "最后一天2030年1月1日早于开始的2030年1月2日。"
    unread = Text("请写成日期", "Write a date")
    assert given(misread={"until": unread})["until"] == unread


def test_asking_again_costs_one_small_query(cast: Cast, django_assert_num_queries: object) -> None:
    here = place(COMMUNITY)
    first = selectors.rules_at(here)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert selectors.rules_at(here) is first


def test_places_without_values_of_their_own_share_the_rules_of_the_district(cast: Cast) -> None:
    assert selectors.rules_at(place(COMMUNITY)) is selectors.rules_at(place(people.OTHER))


def test_a_stranger_sets_nothing(cast: Cast) -> None:
    elsewhere = officer("civil_affairs", "4403")
    with pytest.raises(NotAllowed):
        set_local(
            place=place(DISTRICT),
            parameter="fast_lane",
            value="10 days",
            since=date(2021, 1, 4),
            document="演示",
            by=elsewhere,
            at=at(2021, 1, 4),
        )
