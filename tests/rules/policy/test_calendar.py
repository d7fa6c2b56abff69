"""Recurring obligations fall due on the days the packs say."""

from dataclasses import replace
from datetime import date

from linli.rules.policy.calendar import due_days
from linli.rules.policy.reading import LocalValue
from tests.real_packs import real_packs

RULES = real_packs().rules("nanshan")
YEAR = date(2021, 12, 31)


def test_a_day_of_the_year() -> None:
    assert due_days(RULES.obligation("review_last_year", YEAR), 2021, RULES) == (date(2021, 3, 31),)
    assert due_days(RULES.obligation("review_next_plan", YEAR), 2024, RULES) == (date(2024, 6, 30),)


def test_a_year_before_the_regulation_has_no_days() -> None:
    assert due_days(RULES.obligation("review_last_year", YEAR), 2017, RULES) == ()


def test_a_day_nobody_has_set_is_never_due() -> None:
    assert due_days(RULES.obligation("experience_day", YEAR), 2021, RULES) == ()


def test_a_day_of_every_month_where_the_month_has_it() -> None:
    local = LocalValue("experience_day", "", 31, date(2020, 1, 1), None, "440305", "district", "district.civil_affairs", "")
    days = due_days(RULES.obligation("experience_day", YEAR), 2021, RULES.with_local([local]))
    assert len(days) == 12
    assert (days[0], days[1], days[3]) == (date(2021, 1, 31), date(2021, 2, 28), date(2021, 4, 30))


def test_what_follows_an_act_is_in_no_calendar() -> None:
    obligation = replace(RULES.obligation("review_last_year", YEAR), every="", after=("micro_project", "archive"))
    assert due_days(obligation, 2021, RULES) == ()
