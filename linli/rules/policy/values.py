"""A written value in its unit, and how two values of one unit compare."""

import re
from datetime import date
from fractions import Fraction

from linli.rules.plain.days import DAY_KINDS, Period
from linli.rules.plain.money import fen_from_yuan
from linli.rules.policy.models import Special, Value
from linli.rules.policy.shapes import day_of
from linli.rules.policy.yaml12 import Scalar

_PERIOD = re.compile(r"([0-9]+) ([a-z_]+)")
_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_COUNTS = ("count", "people_or_households", "points", "characters")


def value_of(written: Scalar, unit: str) -> Value | None:
    """The value, or None if it cannot be one of this unit. `null` is unset, `unlimited` is unlimited."""
    if written.value is None:
        return Special.UNSET
    if written.text == "unlimited":
        return Special.UNLIMITED
    try:
        return _READ[unit](written)
    except (ValueError, ZeroDivisionError):
        return None


def _yuan(written: Scalar) -> Value:
    if isinstance(written.value, bool):
        raise ValueError
    return fen_from_yuan(written.text)


def _count(written: Scalar) -> Value:
    if isinstance(written.value, bool) or not isinstance(written.value, int):
        raise ValueError
    return written.value


def _share(written: Scalar) -> Value:
    if isinstance(written.value, bool):
        raise ValueError
    return Fraction(written.text)


def _period(written: Scalar) -> Value:
    match = _PERIOD.fullmatch(written.text)
    kinds = {kind: kind for kind in DAY_KINDS} | {kind.removesuffix("s"): kind for kind in DAY_KINDS}
    if match is None or match[2] not in kinds:
        raise ValueError
    return Period(int(match[1]), kinds[match[2]])


def _date(written: Scalar) -> Value:
    day = day_of(written.text)
    if day is None:
        raise ValueError
    return day


def _day_of_year(written: Scalar) -> Value:
    match = _MONTH_DAY.fullmatch(written.text)
    if match is None:
        raise ValueError
    date(2024, int(match[1]), int(match[2]))  # a leap year: 02-29 is a day
    return written.text


def _day_of_month(written: Scalar) -> Value:
    if isinstance(written.value, bool) or not isinstance(written.value, int) or not 1 <= written.value <= 31:
        raise ValueError
    return written.value


def _flag(written: Scalar) -> Value:
    if not isinstance(written.value, bool):
        raise ValueError
    return written.value


def _text(written: Scalar) -> Value:
    return written.text


_READ = {
    "yuan": _yuan,
    **dict.fromkeys(_COUNTS, _count),
    "share": _share,
    "period": _period,
    "date": _date,
    "day_of_year": _day_of_year,
    "day_of_month": _day_of_month,
    "flag": _flag,
    "text": _text,
}


class NotComparable(ValueError):
    """Two values that cannot be put in order, such as 5 working days and 1 month."""


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1. Unlimited is above everything. Raises NotComparable."""
    if left == right:
        return 0
    if left is Special.UNLIMITED or right is Special.UNLIMITED:
        return 1 if left is Special.UNLIMITED else -1
    if isinstance(left, Special) or isinstance(right, Special):
        raise NotComparable
    if isinstance(left, Period) and isinstance(right, Period):
        if left.kind != right.kind:
            raise NotComparable
        return 1 if left.count > right.count else -1
    if isinstance(left, (int, Fraction)) and isinstance(right, (int, Fraction)):
        return 1 if left > right else -1
    if isinstance(left, date) and isinstance(right, date):
        return 1 if left > right else -1
    if isinstance(left, str) and isinstance(right, str):
        return 1 if left > right else -1
    raise NotComparable


def may_replace(above: Value | None, value: Value, lower_levels_may: str, *, named: bool) -> bool:
    """Whether a lower level may put `value` where the law above says `above` (None: nothing in force).

    `named`: the regulation names this level as the one that sets the value.
    """
    if above is None or above is Special.UNSET:
        return named or lower_levels_may != "keep"
    if lower_levels_may == "replace" or above == value:
        return True
    if lower_levels_may == "keep" or value is Special.UNSET:
        return False
    try:
        return order(value, above) <= 0 if lower_levels_may == "lower" else order(value, above) >= 0
    except NotComparable:
        return False
