"""Plain values of forms and evidence in words."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from linli.rules.gates.model import Plain
from linli.rules.plain import money
from linli.rules.plain.days import day_words
from linli.rules.plain.texts import Text, listed

YES, NO = Text("是", "yes"), Text("否", "no")
_RUNNING = Text("至今", "still running")


def plain_words(kind: str, value: Plain, places: Mapping[str, str] = MappingProxyType({})) -> Any:
    """Money, shares, days, flags and places (`places`: code -> name) as people write them; anything else as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if kind == "money" and isinstance(value, int):
        return Text(money.in_words(value, "zh"), money.in_words(value, "en"))
    if kind == "share" and isinstance(value, str):
        return "100%" if value == "1" else value
    if kind == "period" and isinstance(value, list):
        return _span(value)
    if kind == "date" and isinstance(value, str):
        return _day(value)
    if kind == "place":
        return places.get(str(value), str(value))
    if isinstance(value, list):
        return listed(str(each) for each in value)
    return str(value)


@lru_cache(maxsize=4096)
def _day(value: str) -> Text | str:
    try:
        return day_words(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _span(days: list[Any]) -> Text:
    ends = [_day(str(day)) if day else _RUNNING for day in days]
    zh = " 至 ".join(str(end) for end in ends)
    return Text(zh, " to ".join(end.en if isinstance(end, Text) else end for end in ends))
