"""Money, days and shares as people write them."""

from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.rules.plain import money
from linli.rules.plain.days import SHANGHAI
from linli.web.shared import clock
from linli.web.shared.speaking import language
from linli.web.shared.tags.library import register

_WEEK = "一二三四五六日"
_NOTHING = "—"


@register.filter
def wan(fen: int | None) -> str:
    """Running text: 48.65 万元 / 486,500 yuan."""
    return _NOTHING if fen is None else money.in_words(int(fen), language())


@register.filter
def yuan(fen: int | None) -> str:
    """Tables: 486,500.00, the unit stands in the head of the column."""
    return _NOTHING if fen is None else money.yuan(int(fen))


@register.filter
def date_zh(day: Any) -> str:
    """11月21日(周六), with the year where it is not this one; Sat 21 Nov in English. Takes date, datetime or ISO text."""
    plain = _day(day)
    return _day_words(plain, clock.today().year, language()) if plain else ""


@lru_cache(maxsize=4096)
def _day_words(day: date, this_year: int, language: str) -> str:
    other_year = day.year != this_year
    if language.startswith("en"):
        return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if other_year else "")
    return (f"{day.year}年" if other_year else "") + f"{day.month}月{day.day}日(周{_WEEK[day.weekday()]})"


@register.filter
def day_short(day: Any) -> str:
    """11月21日 without the day of the week, for tight places; always with the year if it is another one."""
    plain = _day(day)
    if plain is None:
        return ""
    return date_zh(plain).split("(")[0] if not language().startswith("en") else date_zh(plain).split(" ", 1)[1]


@register.filter
def moment_zh(at: datetime | None) -> str:
    """11月21日(周六) 09:30, in Shanghai."""
    return f"{date_zh(at)} {at.astimezone(SHANGHAI):%H:%M}" if at else ""


@register.filter
def iso(day: Any) -> str:
    """For `<time datetime>`."""
    plain = _day(day)
    return plain.isoformat() if plain else ""


@register.filter
def days_left(last_day: Any) -> str:
    """还剩 3 天 · 今天截止 · 已过 2 天. `last_day` still counts: it ends at 24:00."""
    plain = _day(last_day)
    if plain is None:
        return ""
    left = (plain - clock.today()).days
    if left == 0:
        return _("今天截止")
    if left < 0:
        return ngettext("已过 %(n)s 天", "已过 %(n)s 天", -left) % {"n": number(-left)}
    return ngettext("还剩 %(n)s 天", "还剩 %(n)s 天", left) % {"n": number(left)}


@register.filter
def percent(share: Any) -> str:
    """ "5/6", Fraction or 0.5 -> 83.3%; whole percents without a point."""
    if share is None or share == "":
        return _NOTHING
    value = float(Fraction(str(share))) * 100
    return f"{value:.1f}".removesuffix(".0") + "%"


@register.filter
def number(count: Any) -> str:
    """12,345 with half-width digits."""
    return _NOTHING if count is None else f"{count:,}"


def _day(day: Any) -> date | None:
    if isinstance(day, datetime):
        return day.astimezone(SHANGHAI).date()
    if isinstance(day, date):
        return day
    return date.fromisoformat(day[:10]) if day else None
