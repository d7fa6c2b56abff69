"""The clock: whole days in China, the first not counted, moved only forward."""

from datetime import UTC, date, datetime

import pytest

from linli.records.notices.clock import counted_from, ends_on, last_whole_day, lost_days
from linli.records.rulebook.selectors import library
from linli.rules.plain.days import Calendar, Period

WEEKENDS = Calendar()


def hour(day: int, hour: int, minute: int = 0) -> datetime:
    """An hour of April 2021 in China."""
    return datetime(2021, 4, day - (hour < 8), (hour - 8) % 24, minute, tzinfo=UTC)


def test_the_first_day_is_not_counted() -> None:
    assert ends_on(date(2021, 4, 8), Period(5, "days"), WEEKENDS) == date(2021, 4, 13)


def test_working_days_skip_the_labour_day_holiday_and_count_the_saturday_worked_for_it() -> None:
    """29 and 30 April, then 6, 7 and Saturday 8 May 2021."""
    assert ends_on(date(2021, 4, 28), Period(5, "working_days"), library().calendar) == date(2021, 5, 8)


def test_without_a_length_there_is_no_end() -> None:
    assert ends_on(date(2021, 4, 8), None, WEEKENDS) is None


@pytest.mark.parametrize(
    ("began", "ended", "lost"),
    [
        (hour(9, 8), hour(9, 12), []),
        (hour(9, 8), hour(9, 12, 1), [9]),
        (hour(9, 22), hour(10, 4), [9, 10]),
        (hour(9, 18), hour(10, 0), [9]),
        (hour(8, 8), hour(8, 20), []),
        (hour(8, 8), hour(11, 8), [9, 10, 11]),
    ],
)
def test_an_outage_of_more_than_four_hours_costs_every_day_it_touches(began: datetime, ended: datetime, lost: list[int]) -> None:
    assert lost_days(began, ended, date(2021, 4, 8)) == [date(2021, 4, day) for day in lost]


def test_lost_days_are_made_up_in_the_kind_of_the_notice() -> None:
    thursday, lost = date(2021, 4, 8), [date(2021, 4, 10), date(2021, 4, 12)]  # a Saturday and a Monday
    assert counted_from(thursday, lost, Period(5, "days"), WEEKENDS) == date(2021, 4, 10)
    assert counted_from(thursday, lost, Period(5, "working_days"), WEEKENDS) == date(2021, 4, 9)


def test_the_same_day_lost_twice_is_made_up_once() -> None:
    assert counted_from(date(2021, 4, 8), [date(2021, 4, 9)] * 2, Period(5, "days"), WEEKENDS) == date(2021, 4, 9)


@pytest.mark.parametrize(("down", "last"), [(hour(13, 23, 59), 12), (hour(14, 0), 13), (hour(8, 20), 8)])
def test_the_day_it_comes_down_is_not_a_whole_day(down: datetime, last: int) -> None:
    assert last_whole_day(date(2021, 4, 8), down) == date(2021, 4, last)
