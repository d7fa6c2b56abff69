"""Comparing what was read with what the rules say. Nothing here guesses: what cannot be compared raises."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from linli.rules.gates.model import Plain
from linli.rules.plain.days import Calendar, DayKind, Period
from linli.rules.policy.models import Operator, Value

Comparable = int | Fraction | date | str | bool


class NotComparable(ValueError):
    """A reading and a value of different kinds; the pack or the record is wrong, not the case."""


def day(value: Plain | date) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise NotComparable(f"not a day: {value!r}")


def day_of_year(month_day: str, year: int) -> date:
    """`03-31` in a year; 02-29 falls back to the 28th where there is none."""
    month, number = (int(part) for part in month_day.split("-"))
    try:
        return date(year, month, number)
    except ValueError:
        return date(year, month, number - 1)


def share(value: Plain | Fraction) -> Fraction:
    """Shares are fractions, never floats: "5/6", "0.83" or 1."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise NotComparable(f"not a share: {value!r}")
    return Fraction(value)


def days_served(shown: Plain, act_day: date, calendar: Calendar, kind: DayKind) -> int:
    """Whole days (or months, years) of a notice in (from, min(to, the day before the act)]; the first day is not counted.

    `shown` is [from, to]; `to` is None while the notice hangs.
    """
    if not isinstance(shown, list) or len(shown) != 2:
        raise NotComparable(f"not a span of days: {shown!r}")
    first = day(shown[0])
    last = date.fromordinal(act_day.toordinal() - 1)
    if shown[1] is not None:
        last = min(last, day(shown[1]))
    if kind in ("days", "working_days"):
        return calendar.counted(first, last, kind)
    served = 0
    while calendar.after(first, Period(served + 1, kind)) <= last:
        served += 1
    return served


def holds(operator: Operator, left: Comparable, right: Comparable) -> bool:
    """One comparison of two values of the same kind."""
    if isinstance(left, bool) != isinstance(right, bool):
        raise NotComparable(f"{left!r} against {right!r}")
    try:
        return _COMPARE[operator](left, right)
    except TypeError as error:
        raise NotComparable(f"{left!r} against {right!r}") from error


_COMPARE: dict[str, Callable[..., bool]] = {
    "equals": lambda left, right: left == right,
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "more_than": lambda left, right: left > right,
    "less_than": lambda left, right: left < right,
    "no_later_than": lambda left, right: left <= right,
    "no_earlier_than": lambda left, right: left >= right,
}


def matching(reading: Plain, value: Value, year: int) -> tuple[Comparable, Comparable]:
    """Bring a reading to the kind of the value it is held against."""
    if isinstance(value, bool):
        if not isinstance(reading, bool):
            raise NotComparable(f"not yes or no: {reading!r}")
        return reading, value
    if isinstance(value, Fraction):
        return share(reading), value
    if isinstance(value, date):
        return day(reading), value
    if isinstance(value, str) and len(value) == 5 and value[2] == "-":
        return day(reading), day_of_year(value, year)
    if isinstance(value, int):
        if isinstance(reading, str):
            return share(reading), Fraction(value)
        if isinstance(reading, bool) or not isinstance(reading, int):
            raise NotComparable(f"not a number: {reading!r}")
        return reading, value
    if isinstance(value, str) and isinstance(reading, str):
        return reading, value
    raise NotComparable(f"{reading!r} against {value!r}")
