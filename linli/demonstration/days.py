"""Days relative to the day the demonstration is built for, and the moments on them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from linli.rules.plain.days import SHANGHAI, Calendar

_DAY = timedelta(days=1)


def moment(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An hour of a day in China."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@dataclass(frozen=True)
class Days:
    """`anchor` is today; the demonstration ends the evening before, so that nothing lies in the future."""

    anchor: date
    calendar: Calendar

    @property
    def end(self) -> datetime:
        return moment(self.anchor, 0)

    def before(self, days: int, hour: int = 10) -> datetime:
        """A moment so many days of the calendar before today."""
        return moment(self.anchor - days * _DAY, hour)

    def ago(self, working_days: int, before: date | None = None) -> date:
        """The working day that lies so many working days before today, or before another day."""
        day, left = before or self.anchor, working_days
        while left > 0:
            day -= _DAY
            left -= self.calendar.is_working_day(day)
        return day

    def since(self, day: date) -> int:
        """How many working days ago a day was."""
        days = (day + n * _DAY for n in range((self.anchor - day).days))
        return sum(self.calendar.is_working_day(one) for one in days)

    def later(self, day: date, working_days: int) -> date:
        while working_days > 0:
            day += _DAY
            working_days -= self.calendar.is_working_day(day)
        return day

    @property
    def year(self) -> int:
        """The year whose collection is under way; in the first days of January still the one before."""
        return (self.anchor - 14 * _DAY).year


class Clock:
    """The time of one matter: `now` only goes forward, from working day to working day."""

    def __init__(self, days: Days, start: date) -> None:
        self.days, self.day = days, start
        self.now = moment(start, 9)

    def at(self, hour: int) -> datetime:
        """Later on the same day."""
        self.now = moment(self.day, hour)
        return self.now

    def after(self, working_days: int, hour: int = 10) -> datetime:
        """So many working days later."""
        self.day = self.days.later(self.day, working_days)
        return self.at(hour)

    def ahead(self, working_days: int, hour: int) -> datetime:
        """A moment that lies so many working days ahead, without going there."""
        return moment(self.days.later(self.day, working_days), hour)
