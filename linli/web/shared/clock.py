"""The one clock of the web. Rules and records are told the time; only the doors look at it."""

from datetime import date, datetime

from django.utils import timezone

from linli.rules.plain.days import day_in_china


def now() -> datetime:
    """This moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The calendar day in Asia/Shanghai."""
    return day_in_china(now())
