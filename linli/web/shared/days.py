"""Days typed into a form, and days named in an address."""

from datetime import date

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.web.shared import clock

_WRITE_SO = Text("请写成日期，如 2026-03-31。", "Write a date such as 2026-03-31.")


def day_typed(text: str, field: str) -> date | None:
    """None where nothing was typed. Raises Invalid at the field where it is no day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Invalid(_WRITE_SO, fields={field: _WRITE_SO}) from None


def day_in_address(text: str) -> date:
    """Today where the address names none or one that makes no sense."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()
