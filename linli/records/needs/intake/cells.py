"""One cell to what it means, or to what is wrong with it."""

import re
import unicodedata
from datetime import date, datetime, timedelta

from linli.records.evidence.forms.characters import clean
from linli.records.people.phones import plain_phone
from linli.rules.plain.days import day_words
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

_FIRST_DAY = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar
_SERIAL = range(36526, 73051)  # 2000 to 2099
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ].*)?")
_COMPACT_DAY = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_WHOLE = re.compile(r"\d+\.0+")
_EXACT = 2**53


class Fault(Exception):
    """`text` says what to write instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def shown(cell: object) -> str:
    """A cell as its owner sees it, for handing back."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def text_in(cell: object) -> str:
    """Plain words. Raises Fault for a formula."""
    text = clean(shown(cell))
    if text.startswith(("=", "＝")) and len(text) > 1:
        raise Fault("这一格是公式，不是内容。请改成文字。", "This cell holds a formula. Write the words themselves.")
    return text


def number_in(cell: object) -> str:
    """A whole number as digits: `１２０` and `120.0` are 120. What is no number stays as it is, for the form to refuse."""
    text = unicodedata.normalize("NFKC", text_in(cell)).replace(",", "").replace(" ", "")
    if _SCIENTIFIC.fullmatch(text):
        raise Fault(
            "数字成了科学计数法，原数已经看不出来。请把这一列设为文本再填。",
            "The number turned into scientific notation. Set the column to text and write it again.",
        )
    return text.split(".")[0] if _WHOLE.fullmatch(text) else text


def phone_in(cell: object) -> str:
    """A phone number in digits. Raises Fault."""
    if isinstance(cell, float) and not (cell.is_integer() and abs(cell) < _EXACT):
        raise Fault(
            "电话成了科学计数法或小数，号码已经看不出来。请把这一列设为文本再填。",
            "The phone turned into a rounded number. Set the column to text and write it again.",
        )
    text = unicodedata.normalize("NFKC", text_in(cell))
    if _SCIENTIFIC.fullmatch(text.replace(" ", "")):
        raise Fault(
            "电话成了科学计数法，号码已经看不出来。请把这一列设为文本再填。",
            "The phone turned into scientific notation. Set the column to text and write it again.",
        )
    if not text:
        return ""
    try:
        return plain_phone(text.split(".")[0] if _WHOLE.fullmatch(text) else text)
    except Invalid as error:
        raise Fault(error.text.zh, error.text.en) from None


def day_in(cell: object, today: date) -> date | None:
    """A day, as date, as text or as the number a spreadsheet keeps. None for an empty cell. Raises Fault."""
    day = _day(cell)
    if day is not None and day > today:
        raise Fault(f"日期{day_words(day).zh}还没有到。", f"The day {day_words(day).en} lies ahead.")
    return day


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = unicodedata.normalize("NFKC", text_in(cell)).strip()
    if not text:
        return None
    serial = text.split(".")[0]
    if serial.isdigit() and int(serial) in _SERIAL:
        return _FIRST_DAY + timedelta(days=int(serial))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise Fault("请写日期，例如 2021-04-08。", "Write a day such as 2021-04-08.")
