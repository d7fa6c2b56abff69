"""A local value as people write it, and as the rules read it."""

import re

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.models import NOWHERE, Special, Value
from linli.rules.policy.values import value_of
from linli.rules.policy.yaml12 import Scalar, core

_LENGTH = re.compile(r"(\d+)\s*个?\s*(工作日|天|日|月|年)")
_KINDS = {"工作日": "working_days", "天": "days", "日": "days", "月": "months", "年": "years"}
_FLAGS = {"是": "true", "要": "true", "否": "false", "不要": "false", "yes": "true", "no": "false"}
_WRITTEN: dict[str, Text] = {
    "yuan": Text("请写成金额，如 50万 或 500000。", "Write an amount, such as 500000."),
    "share": Text("请写成比例，如 2/3。", "Write a share, such as 2/3."),
    "period": Text("请写成时长，如 5 个工作日、15 天。", "Write a length of time, such as 5 working days or 15 days."),
    "flag": Text("请写是或者否。", "Write yes or no."),
    "count": Text("请写成整数，如 3。", "Write a whole number, such as 3."),
    "date": Text("请写成日期，如 2026-12-01。", "Write a date, such as 2026-12-01."),
    "day_of_year": Text("请写成月和日，如 12-20。", "Write month and day, such as 12-20."),
    "day_of_month": Text("请写每月几号，如 15。", "Write a day of the month, such as 15."),
}
_OTHERWISE = Text("这一数值不是这样写的，请看上面的说明。", "The value is not written like this; see the line above it.")


def value_from(text: str, unit: str) -> Value:
    """`500000` yuan, `2/3`, `5 working_days` or `5个工作日`, `true` or 是 … in the unit of the parameter. Raises Invalid."""
    written = _plain(text.strip(), unit)
    value = value_of(Scalar(written, core(written), NOWHERE), unit) if written else None
    if value is None or value is Special.UNSET:
        sentence = _WRITTEN.get(unit, _OTHERWISE)
        raise Invalid(sentence, fields={"value": sentence})
    return value


def _plain(text: str, unit: str) -> str:
    """As packs write it."""
    if unit == "flag":
        return _FLAGS.get(text.lower(), text)
    length = _LENGTH.fullmatch(text) if unit == "period" else None
    return f"{length[1]} {_KINDS[length[2]]}" if length else text.replace(" ", "") if unit == "yuan" else text
