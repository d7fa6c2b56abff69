"""The days on which recurring obligations fall due."""

from calendar import monthrange
from datetime import date

from linli.rules.policy.models import Obligation
from linli.rules.policy.reading import Reading
from linli.rules.policy.rules import Rules

_MONTHS = {"month": range(1, 13), "quarter": (3, 6, 9, 12), "half_year": (6, 12), "year": (12,)}


def due_days(obligation: Obligation, year: int, rules: Rules) -> tuple[date, ...]:
    """Every day of a year on which an obligation falls due, by the values in force at the beginning of its period.

    Nothing for obligations that follow an act, that recur as needed, or whose day nobody has set.
    """
    if not obligation.due or obligation.every not in _MONTHS:
        return ()
    if obligation.every == "year":
        return _known(_yearly(rules.read(obligation.due, on=date(year, 1, 1)), year))
    found: list[date] = []
    for month in _MONTHS[obligation.every]:
        found.extend(_known(_monthly(rules.read(obligation.due, on=date(year, month, 1)), year, month)))
    return tuple(found)


def _known(day: date | None) -> tuple[date, ...]:
    return () if day is None else (day,)


def _yearly(reading: Reading, year: int) -> date | None:
    value = reading.value
    if isinstance(value, date):
        return value if value.year == year else None
    if reading.unit == "day_of_year" and isinstance(value, str):
        month, day = (int(part) for part in value.split("-"))
        return date(year, month, min(day, monthrange(year, month)[1]))
    return None


def _monthly(reading: Reading, year: int, month: int) -> date | None:
    if reading.unit != "day_of_month" or not isinstance(reading.value, int):
        return None
    return date(year, month, min(reading.value, monthrange(year, month)[1]))
