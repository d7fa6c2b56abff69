"""A value of the rules in words: 50 万元, 2/3, 5 个工作日."""

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from linli.rules.plain import money
from linli.rules.plain.days import Period
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Special, Value
from linli.rules.policy.reading import Reading
from linli.rules.policy.words import value_words as policy_words
from linli.web.shared.speaking import language
from linli.web.shared.tags.figures import date_zh, percent


def value_words(reading: Reading) -> str:
    """What the reading says, or that nobody has set it."""
    if reading.state == "unlimited":
        return _("不设上限")
    if reading.state != "known" or reading.value is None:
        return _("本地还没有设定")
    return plain_value(reading.value, reading.unit)


def plain_value(value: Value, unit: str) -> str:
    match value:
        case bool():
            return _("是") if value else _("否")
        case int() if unit == "day_of_month":
            return date_rhythm(value, unit)
        case int():
            return money.in_words(value, language()) if unit == "yuan" else _counted(value, unit)
        case Fraction():
            return _share(value)
        case Period():
            return period_words(value)
        case date():
            return date_zh(value)
        case Special():
            return _("不设上限") if value is Special.UNLIMITED else _("本地还没有设定")
        case str():
            return date_rhythm(value, unit) if unit == "day_of_year" else value


def date_rhythm(value: Value, unit: str) -> str:
    """每月 15 日, 每年 12 月 20 日."""
    return policy_words(value, unit).in_language(language())


def _share(value: Fraction) -> str:
    if value.denominator == 1:
        return percent(value)
    return _("%(share)s（%(percent)s）") % {"share": f"{value.numerator}/{value.denominator}", "percent": percent(value)}


def period_words(period: Period) -> str:
    words = {"days": _("%(n)s 天"), "working_days": _("%(n)s 个工作日"), "months": _("%(n)s 个月"), "years": _("%(n)s 年")}
    return words[period.kind] % {"n": period.count}


def moved_words(by: str) -> Text:
    """How a deadline was moved: by a length ("6 months"), or to a day."""
    count, _space, kind = by.partition(" ")
    zh = {"days": f"已顺延 {count} 天", "months": f"已顺延 {count} 个月", "years": f"已顺延 {count} 年"}
    return Text(zh[kind], f"moved by {by}") if kind in zh else Text(f"已顺延到 {by}", f"moved to {by}")


def _counted(value: int, unit: str) -> str:
    words = {
        "people_or_households": _("%(n)s 人（户）"),
        "points": _("%(n)s 分"),
        "characters": _("%(n)s 字"),
    }
    return words.get(unit, "%(n)s") % {"n": f"{value:,}"}
