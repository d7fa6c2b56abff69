"""When an obligation of the packs falls due in a year. Pure: rules in, days out.

Without a due parameter something that must be done every month (quarter, year …) is due on the last day of that month:
this is what "every" says, no number is added. With a due parameter nobody has set there is no day, and it is said so.
"""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linli.rules.gates.values import day_of_year
from linli.rules.policy.models import Obligation
from linli.rules.policy.rules import Rules

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12, "local": 12, "as_needed": 12}
_LETTER = {"month": "", "quarter": "Q", "half_year": "H"}
_ABOUT = {"last": -1, "this": 0, "next": 1}


@dataclass(frozen=True, slots=True)
class Span:
    """A month, quarter, half year or year: `2021-04`, `2021-Q2`, `2021-H1`, `2021`."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FallingDue:
    """One time an obligation falls due. `key` is stable, so that planning twice finds it again."""

    obligation: Obligation
    key: str
    begins_on: date
    ends_on: date
    due_on: date | None
    unset: str  # the parameter that would say the day or the number of times
    about_year: int
    cadence: str


def spans(every: str, year: int) -> list[Span]:
    """The parts of a year that something recurs in."""
    length = _MONTHS[every]
    found = []
    for number in range(12 // length):
        month = (number + 1) * length
        last = date(year, month, calendar.monthrange(year, month)[1])
        found.append(Span(_name(every, year, number + 1), date(year, month - length + 1, 1), last))
    return found


def _name(every: str, year: int, number: int) -> str:
    if every == "month":
        return f"{year}-{number:02d}"
    letter = _LETTER.get(every)
    return f"{year}-{letter}{number}" if letter else f"{year}"


def falling_due(rules: Rules, level: str, year: int, known_on: date) -> Iterator[FallingDue]:
    """Every time an obligation for places of a level falls due in a year.

    Each span is read by the rules known on `known_on`, or on its own first or last day where that lies outside.
    """
    ids = {id for span in spans("month", year) for id in rules.obligations(_read_on(span, known_on))}
    for id in sorted(ids):
        yield from _of_obligation(rules, id, level, year, known_on)


def _of_obligation(rules: Rules, id: str, level: str, year: int, known_on: date) -> Iterator[FallingDue]:
    for month in spans("month", year):
        found = rules.obligations(_read_on(month, known_on)).get(id)
        if found is None or not found.every or for_level(found) != level:
            continue
        for span in spans(found.every, year):
            # Of a longer span only its last month speaks, so that a rule that began during the span still counts.
            if span.last == month.last:
                yield from _in_span(rules, found, span, year, _read_on(span, known_on))


def for_level(obligation: Obligation) -> str:
    """The level of the places it is planned for."""
    return obligation.for_each_level or obligation.by[0].partition(".")[0]


def _read_on(span: Span, known_on: date) -> date:
    return min(max(known_on, span.first), span.last)


def _in_span(rules: Rules, obligation: Obligation, span: Span, year: int, on: date) -> Iterator[FallingDue]:
    times, unset_times = _times(rules, obligation, on)
    due, unset_day = _day(rules, obligation, span, on)
    unset = unset_times or unset_day
    # A day named outright may lie before the span.
    begins = span.first if due is None else min(span.first, due)
    if due is not None and obligation.due and rules.read(obligation.due, on=due).state == "none_in_force":
        return  # its day had passed before the rule began
    for time in range(1, times + 1):
        key = f"{obligation.id}:{span.name}" + (f":{time}" if times > 1 else "")
        yield FallingDue(
            obligation,
            key,
            begins,
            span.last,
            None if unset else due,
            unset,
            year + _ABOUT[obligation.about],
            str(obligation.every),
        )


def _times(rules: Rules, obligation: Obligation, on: date) -> tuple[int, str]:
    if not obligation.times:
        return 1, ""
    value = rules.read(obligation.times, on=on).value
    return (value, "") if isinstance(value, int) and value > 0 else (1, obligation.times)


def _day(rules: Rules, obligation: Obligation, span: Span, on: date) -> tuple[date | None, str]:
    if obligation.every in ("as_needed", "local"):
        return None, ""
    if not obligation.due:
        return span.last, ""
    value = rules.read(obligation.due, on=on).value
    if value is None:
        return None, obligation.due
    if isinstance(value, date):
        return value, ""
    if rules.parameter(obligation.due).unit == "day_of_year":
        return day_of_year(str(value), span.last.year), ""
    # A 31st falls on the last day of a shorter month.
    return span.last.replace(day=min(int(str(value)), span.last.day)), ""
