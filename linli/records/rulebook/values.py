"""A local value as people write it, and as the rules read it."""

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.models import NOWHERE, Special, Value
from linli.rules.policy.values import value_of
from linli.rules.policy.yaml12 import Scalar, core


def value_from(text: str, unit: str) -> Value:
    """`500000` yuan, `2/3`, `5 working_days`, `true` … in the unit of the parameter. Raises Invalid."""
    written = text.strip()
    value = value_of(Scalar(written, core(written), NOWHERE), unit) if written else None
    if value is None or value is Special.UNSET:
        sentence = Text(f"“{written}”不是这一数值的写法(单位：{unit})。", f"“{written}” cannot be read in the unit {unit}.")
        raise Invalid(sentence, fields={"value": sentence})
    return value
