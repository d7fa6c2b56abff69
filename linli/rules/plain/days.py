"""Days as the law counts them: whole days, the first not counted, working days by the official calendar."""

from calendar import month_name
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from linli.rules.plain.refusals import require_fields
from linli.rules.plain.texts import Text

SHANGHAI = ZoneInfo("Asia/Shanghai")
DayKind = Literal["days", "working_days", "months", "years"]
DAY_KINDS: tuple[DayKind, ...] = ("days", "working_days", "months", "years")
_DAY = timedelta(days=1)


def day_in_china(at: datetime) -> date:
    """The calendar day in Asia/Shanghai of an aware moment."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(SHANGHAI).date()


def day_words(day: date) -> Text:
    """2026年11月24日, 24 November 2026: a day inside a sentence."""
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {month_name[day.month]} {day.year}")


def out_of_order(since: date, until: date | None) -> dict[str, Text]:
    """The field `until` and what is wrong with it, where a last day lies before the first. None: no last day."""
    if until is None or until >= since:
        return {}
    last, first = day_words(until), day_words(since)
    return {
        "until": Text(f"最后一天{last.zh}早于开始的{first.zh}。", f"The last day, {last.en}, lies before the first, {first.en}.")
    }


def require_in_order(since: date, until: date | None) -> None:
    """Raises Invalid at the field `until` where a last day lies before the first. None: no last day."""
    require_fields(out_of_order(since, until))


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time such as 5 working days."""

    count: int
    kind: DayKind

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"


@dataclass(frozen=True)
class Calendar:
    """Weekends, with official days off on weekdays (`off`) and weekends worked (`work`)."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    _years: frozenset[int] = field(default=frozenset(), compare=False)

    @classmethod
    def of(cls, off: Iterable[date], work: Iterable[date]) -> "Calendar":
        off_days, work_days = frozenset(off), frozenset(work)
        return cls(off_days, work_days, frozenset(day.year for day in off_days))

    def knows(self, year: int) -> bool:
        """Whether the official notice for this year has been entered; without it only weekends are known."""
        return year in self._years

    def is_working_day(self, day: date) -> bool:
        if day in self.work:
            return True
        return day.weekday() < 5 and day not in self.off

    def counted(self, first: date, last: date, kind: DayKind) -> int:
        """Whole days of a kind in (first, last]: the first day is not counted. Not for months and years."""
        if last <= first:
            return 0
        if kind == "days":
            return (last - first).days
        if kind == "working_days":
            span = (last - first).days
            return sum(self.is_working_day(first + _DAY * n) for n in range(1, span + 1))
        raise ValueError(f"{kind} cannot be counted between two days")

    def after(self, first: date, period: Period) -> date:
        """The last day of a period that begins the day after `first`."""
        match period.kind:
            case "days":
                return first + _DAY * period.count
            case "working_days":
                day, left = first, period.count
                while left > 0:
                    day += _DAY
                    left -= self.is_working_day(day)
                return day
            case "months":
                return _months_later(first, period.count)
            case "years":
                return _months_later(first, period.count * 12)


def _months_later(day: date, months: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month0 + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
