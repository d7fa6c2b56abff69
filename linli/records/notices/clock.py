"""The clock of a notice: whole days, the first not counted. Pure; the days come from the server, never from a form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from linli.rules.plain.days import Calendar, DayKind, Period, day_in_china

# An outage shorter than this costs nobody the chance to read a notice on a day.
SHORTEST_OUTAGE = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """How long a notice must be shown, by which calendar and clause. `days` is None while nobody has set it."""

    days: Period | None
    calendar: Calendar
    clause: str


def ends_on(counted_from: date, days: Period | None, calendar: Calendar) -> date | None:
    """The last day that must pass; the next step is possible on the day after."""
    return calendar.after(counted_from, days) if days else None


def lost_days(began: datetime, ended: datetime, since: date) -> list[date]:
    """The days after `since` on which an outage kept the notice from being seen. None if it was short."""
    if ended - began <= SHORTEST_OUTAGE:
        return []
    first, last = day_in_china(began), day_in_china(ended - timedelta(microseconds=1))
    span = (last - first).days + 1
    return [day for day in (first + timedelta(days=step) for step in range(span)) if day > since]


def counted_from(went_up: date, lost: Iterable[date], days: Period | None, calendar: Calendar) -> date:
    """The day before the first counted day: moved on by one day of the notice's kind for each one lost."""
    kind: DayKind = "working_days" if days and days.kind == "working_days" else "days"
    gone = {day for day in lost if day > went_up and (kind == "days" or calendar.is_working_day(day))}
    return calendar.after(went_up, Period(len(gone), kind)) if gone else went_up


def last_whole_day(counted: date, taken_down: datetime) -> date:
    """The last day on which it was shown to the end: the day before it was taken down."""
    return max(counted, day_in_china(taken_down) - timedelta(days=1))
