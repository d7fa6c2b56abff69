"""The rules of a place on a day: which pack speaks, what patches add, which local values count."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from linli.rules.plain.days import Period
from linli.rules.plain.texts import Text
from linli.rules.policy.load import load_packs
from linli.rules.policy.models import Special, Value
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules

LIBRARY = load_packs(Path(__file__).parent / "good")
UPPER, LOWER = LIBRARY.rules("upper"), LIBRARY.rules("lower")
IN_2020, IN_2021 = date(2020, 6, 1), date(2021, 6, 1)


def set_locally(
    parameter: str, value: Value, key: str = "", *, by: str = "district.office", since: date = date(2020, 1, 1)
) -> LocalValue:
    return LocalValue(parameter, key, value, since, None, "990001", by.split(".")[0], by, "文件〔2020〕1号")


def test_the_later_value_of_a_place_takes_the_place_of_its_own_earlier_one_within_the_law_above() -> None:
    later = date(2020, 7, 1)
    for parameter, key, first, second in (
        ("notice_days", "result", Period(5, "working_days"), Period(7, "working_days")),  # lower levels keep what is given
        ("cap", "works", 50_000, 80_000),  # lower levels may lower it: from 100,000, not from what the place said before
    ):
        rules = UPPER.with_local([set_locally(parameter, first, key), set_locally(parameter, second, key, since=later)])
        assert rules.read(parameter, on=date(2020, 6, 30), key=key).value == first
        assert rules.read(parameter, on=later, key=key).value == second


def test_a_later_value_against_the_law_above_leaves_the_earlier_one_in_force() -> None:
    locals_ = [set_locally("cap", 50_000, "works"), set_locally("cap", 150_000, "works", since=date(2020, 7, 1))]
    assert UPPER.with_local(locals_).read("cap", on=IN_2020, key="works").value == 50_000
    assert UPPER.with_local(locals_).read("cap", on=date(2020, 8, 1), key="works").value == 50_000


def test_the_lower_pack_speaks_from_its_own_day_on() -> None:
    assert LOWER.read("cap", on=date(2020, 12, 31), key="service").value == 100_000
    assert LOWER.read("cap", on=date(2021, 1, 1), key="service").value == 80_000


def test_an_entry_a_partial_row_does_not_name_keeps_the_value_of_the_law_above() -> None:
    reading = LOWER.read("cap", on=IN_2021, key="works")
    assert (reading.value, reading.pack, reading.clause) == (100_000, "upper", "T0 §2")


def test_a_reading_says_where_it_comes_from() -> None:
    reading = LOWER.read("cap", on=IN_2021, key="service")
    assert (reading.version, reading.clause, reading.since, reading.unit) == ("lower@1.0.0", "T1 §1", date(2021, 1, 1), "yuan")


def test_unset_and_none_in_force_are_not_the_same() -> None:
    unset = LOWER.read("notice_days", on=IN_2020, key="result")
    assert (unset.state, unset.value, unset.set_by) == ("unset", None, ("district.office",))
    assert LOWER.read("notice_days", on=date(2019, 12, 31), key="result").state == "none_in_force"


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(KeyError):
        LOWER.read("ceiling", on=IN_2021)


def test_a_place_sets_what_the_regulation_leaves_to_it() -> None:
    rules = LOWER.with_local([set_locally("notice_days", Period(5, "working_days"), "result")])
    reading = rules.read("notice_days", on=IN_2020, key="result")
    assert (reading.state, reading.value) == ("known", Period(5, "working_days"))
    assert reading.local is not None
    assert reading.local.document == "文件〔2020〕1号"


def test_a_place_may_only_lower_a_ceiling_that_may_be_lowered() -> None:
    assert LOWER.with_local([set_locally("cap", 90_000, "works")]).read("cap", on=IN_2021, key="works").value == 90_000
    assert LOWER.with_local([set_locally("cap", 110_000, "works")]).read("cap", on=IN_2021, key="works").value == 100_000
    assert (
        LOWER.with_local([set_locally("cap", Special.UNLIMITED, "works")]).read("cap", on=IN_2021, key="works").value == 100_000
    )


def test_a_place_may_only_raise_a_share_that_may_be_raised() -> None:
    assert LOWER.with_local([set_locally("approval", Fraction(3, 4))]).read("approval", on=IN_2021).value == Fraction(3, 4)
    assert LOWER.with_local([set_locally("approval", Fraction(1, 2))]).read("approval", on=IN_2021).value == Fraction(2, 3)


def test_a_place_may_not_touch_what_the_law_keeps() -> None:
    rules = LOWER.with_local([set_locally("publicity_required", False, "result")])
    assert rules.read("publicity_required", on=IN_2021, key="result").value is True


def test_the_nearest_place_has_the_last_word() -> None:
    district = set_locally("notice_days", Period(5, "days"), "result")
    community = set_locally("notice_days", Period(7, "days"), "result", by="community.committee")
    rules = LOWER.with_local([community, district])
    # the regulation names the district, and lower levels may not change it further
    assert rules.read("notice_days", on=IN_2020, key="result").value == Period(5, "days")
    near = replace(set_locally("cap", 70_000, "works"), level="community")
    both = LOWER.with_local([near, set_locally("cap", 90_000, "works")])
    assert both.read("cap", on=IN_2021, key="works").value == 70_000


def test_a_local_value_counts_only_while_it_is_in_force() -> None:
    ended = replace(set_locally("notice_days", Period(5, "days"), "result"), until=date(2020, 5, 31))
    assert LOWER.with_local([ended]).read("notice_days", on=IN_2020, key="result").state == "unset"


def test_patches_add_from_their_day_on() -> None:
    assert list(LOWER.procedure("matter", IN_2020).acts) == ["agree", "refuse", "finish"]
    assert list(LOWER.procedure("matter", IN_2021).acts) == ["agree", "refuse", "finish", "look", "do_first"]
    assert LOWER.procedure("matter", IN_2021).acts["agree"].from_states == ("seen",)
    assert UPPER.procedure("matter", IN_2021).acts["agree"].from_states == ("draft",)


def test_what_the_law_above_checks_stays() -> None:
    above = UPPER.procedure("matter", IN_2021).acts["agree"].checks
    assert LOWER.procedure("matter", IN_2021).acts["agree"].checks == above
    assert [check.key for check in above] == ["plan", "scope", "cap", "approval"]


def test_a_check_takes_the_entry_of_its_parameter_from_the_matter() -> None:
    check = UPPER.procedure("matter", IN_2020).acts["agree"].checks[2]
    assert (check.operand.name, check.operand.key_fact) == ("cap", "case.type")
    assert check.exception is not None
    assert check.exception.by == ("city.office",)


def test_composed_rules_are_put_together_once() -> None:
    assert LOWER.procedure("matter", IN_2021) is LOWER.procedure("matter", date(2024, 1, 1))
    assert LOWER.read("cap", on=IN_2021, key="works") is LOWER.read("cap", on=IN_2021, key="works")


def test_names_of_rules() -> None:
    assert LOWER.version == "upper@1.0.0+lower@1.0.0"
    assert len(LOWER.digest) == 64
    assert LOWER.digest != UPPER.digest
    assert [pack.id for pack in LOWER.chain] == ["upper", "lower"]
    assert LOWER.office_title("district.office") == Text("区办公室", "district office")


def test_a_clause_leads_to_the_paragraph_its_words_stand_in() -> None:
    assert LOWER.clause_text("T1 §2") == "二、办理前应当现场查看。"
    assert LOWER.clause_text("open") == ""
    assert LOWER.clause_title("T1 §2").zh == "《关于落实小事办理规定的细则》第二条"


def test_days_of_change() -> None:
    assert LOWER.days_of_change() == (date(2020, 1, 1), date(2021, 1, 1))


def rules_of(draft: Path) -> Rules:
    return load_packs(Path(__file__).parent / "good", draft=draft).rules("lower")


def test_a_draft_takes_the_place_of_its_pack_and_touches_nothing(tmp_path: Path) -> None:
    draft = tmp_path / "lower"
    for path in (Path(__file__).parent / "good" / "lower").rglob("*.yaml"):
        target = draft / path.relative_to(Path(__file__).parent / "good" / "lower")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(path.read_text().replace("service: 800", "service: 600"))
    for folder in (draft, tmp_path):
        assert rules_of(folder).read("cap", on=IN_2021, key="service").value == 60_000
    assert LOWER.read("cap", on=IN_2021, key="service").value == 80_000
