"""Written values in their units, and which of two is the stricter."""

from datetime import date
from fractions import Fraction

import pytest

from linli.rules.plain.days import Period
from linli.rules.policy.models import NOWHERE, Special, Value
from linli.rules.policy.values import NotComparable, may_replace, order, value_of
from linli.rules.policy.yaml12 import Scalar, core


def read(text: str, unit: str) -> Value | None:
    return value_of(Scalar(text, core(text), NOWHERE), unit)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("500000", "yuan", 50_000_000),
        ("0.01", "yuan", 1),
        ("500", "people_or_households", 500),
        ("0.5", "share", Fraction(1, 2)),
        ("2/3", "share", Fraction(2, 3)),
        ("0.1", "share", Fraction(1, 10)),
        ("5 working_days", "period", Period(5, "working_days")),
        ("1 month", "period", Period(1, "months")),
        ("2023-03-17", "date", date(2023, 3, 17)),
        ("03-31", "day_of_year", "03-31"),
        ("02-29", "day_of_year", "02-29"),
        ("20", "day_of_month", 20),
        ("true", "flag", True),
        ("null", "yuan", Special.UNSET),
        ("unlimited", "count", Special.UNLIMITED),
        ("0", "count", 0),
    ],
)
def test_a_value_is_read_in_its_unit(text: str, unit: str, value: Value) -> None:
    assert read(text, unit) == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("0.001", "yuan"),
        ("many", "yuan"),
        ("true", "count"),
        ("1.5", "count"),
        ("1/0", "share"),
        ("5 weeks", "period"),
        ("5", "period"),
        ("2023-02-30", "date"),
        ("02-30", "day_of_year"),
        ("32", "day_of_month"),
        ("yes", "flag"),
    ],
)
def test_what_is_no_value_of_the_unit_is_not_read(text: str, unit: str) -> None:
    assert read(text, unit) is None


def test_unlimited_is_above_everything() -> None:
    assert order(Special.UNLIMITED, 10**12) == 1
    assert order(3, Special.UNLIMITED) == -1


def test_working_days_and_months_cannot_be_compared() -> None:
    with pytest.raises(NotComparable):
        order(Period(5, "working_days"), Period(1, "months"))
    assert not may_replace(Period(5, "working_days"), Period(1, "months"), "raise", named=True)


@pytest.mark.parametrize(
    ("above", "value", "may", "allowed"),
    [
        (100, 90, "lower", True),
        (100, 110, "lower", False),
        (100, 110, "raise", True),
        (100, 90, "raise", False),
        (100, 100, "keep", True),
        (100, 90, "keep", False),
        (100, 1000, "replace", True),
        (100, Special.UNSET, "lower", False),
        (Special.UNLIMITED, 100, "lower", True),
        (True, False, "raise", False),
        (False, True, "raise", True),
    ],
)
def test_a_lower_level_goes_only_where_it_may(above: Value, value: Value, may: str, allowed: bool) -> None:
    assert may_replace(above, value, may, named=False) is allowed


def test_where_nothing_is_set_the_named_office_sets_it() -> None:
    assert may_replace(Special.UNSET, 5, "keep", named=True)
    assert not may_replace(None, 5, "keep", named=False)
