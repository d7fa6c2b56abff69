"""Which part of the year a recurring duty speaks of, in words."""

from linli.records.duties.models import Duty
from linli.rules.plain.texts import Text


def span_of(duty: Duty) -> Text | None:
    """3 月, 第 2 季度, 上半年; None for what recurs once a year or not at all."""
    first = duty.begins_on
    if first is None:
        return None
    match duty.cadence:
        case "month":
            return Text(f"{first.month} 月", f"{first:%B}")
        case "quarter":
            number = (first.month + 2) // 3
            return Text(f"第 {number} 季度", f"quarter {number}")
        case "half_year":
            return Text("上半年", "first half") if first.month <= 6 else Text("下半年", "second half")
    return None
