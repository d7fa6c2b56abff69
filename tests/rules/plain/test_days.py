"""Lengths of time as the law counts them."""

from datetime import date

import pytest

from linli.rules.plain.days import Calendar, Period

# Wednesday 1 May 2024 is a holiday, Saturday 11 May is worked.
CALENDAR = Calendar.of(off=[date(2024, 5, 1)], work=[date(2024, 5, 11)])


def test_a_holiday_is_no_working_day_and_a_weekend_worked_is_one() -> None:
    days = {day: CALENDAR.is_working_day(date(2024, 5, day)) for day in (1, 2, 4, 11, 12)}
    assert days == {1: False, 2: True, 4: False, 11: True, 12: False}


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 3, 31), 1, date(2024, 4, 30)),
        (date(2024, 1, 29), 13, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
    ],
)
def test_a_month_ends_on_the_same_day_or_on_the_last_of_a_shorter_one(first: date, months: int, last: date) -> None:
    assert CALENDAR.after(first, Period(months, "months")) == last


def test_working_days_pass_over_what_is_free() -> None:
    assert CALENDAR.after(date(2024, 4, 30), Period(3, "working_days")) == date(2024, 5, 6)
    assert CALENDAR.counted(date(2024, 4, 30), date(2024, 5, 6), "working_days") == 3
    assert CALENDAR.counted(date(2024, 5, 6), date(2024, 5, 6), "days") == 0
