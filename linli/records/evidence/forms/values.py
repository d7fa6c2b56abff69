"""One typed value to plain data. Each reader takes what a person or a spreadsheet cell gives and says what is wrong."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from linli.records.evidence.forms.characters import clean
from linli.rules.gates.model import Plain
from linli.rules.plain.money import fen_from_yuan
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Catalogue, FieldType

LONGEST = {"text": 500, "long_text": 20_000, "organisation": 200, "person": 100, "place": 24, "link": 500, "phone": 30}
_MOST = 10**15  # larger amounts and counts are typing mistakes
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_PHONE = re.compile(r"\+?\d[\d\- ]{4,19}")
_LINK = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_FLAGS = {"true": True, "yes": True, "on": True, "1": True, "是": True, "有": True}
_FLAGS |= {"false": False, "no": False, "off": False, "0": False, "否": False, "无": False}


class Unreadable(Exception):
    """The value cannot be taken as it is; `text` says what to type instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.text = Text(zh, en)


def is_blank(value: object) -> bool:
    """Whether nothing was entered. False and 0 are answers."""
    if isinstance(value, str):
        return not clean(value)
    return value is None or (isinstance(value, list | tuple | dict) and not value)


def read_value(kind: FieldType, value: object, catalogue: Catalogue | None = None) -> Plain:
    """Plain data for a value that is not blank. Raises Unreadable."""
    if kind == "choice":
        return _choice(_words(value), catalogue)
    if kind == "choices":
        items = value if isinstance(value, list | tuple) else [value]
        return list(dict.fromkeys(_choice(_words(item), catalogue) for item in items if not is_blank(item)))
    if kind == "file":
        items = value if isinstance(value, list | tuple) else [value]
        return [_file(_words(item)) for item in items if not is_blank(item)]
    if kind == "flag":
        return _flag(value)
    return _READERS.get(kind, _text)(value)


def _words(value: object) -> str:
    if not isinstance(value, str | int | Decimal | date) or isinstance(value, bool):
        raise Unreadable("这里填的内容读不懂，请重新填写。", "This could not be read. Please enter it again.")
    return clean(str(value))


def _narrow(value: object) -> str:
    return unicodedata.normalize("NFKC", _words(value))


def _text(value: object) -> str:
    return _words(value)


def _number(value: object) -> int:
    text = _narrow(value).replace(",", "").replace(" ", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise Unreadable("请填数字，例如 120。", "Please enter a number, for example 120.") from None
    if not number.is_finite() or number != number.to_integral_value():
        raise Unreadable("请填整数，例如 120。", "Please enter a whole number, for example 120.")
    return _in_range(int(number))


def _money(value: object) -> int:
    try:
        fen = fen_from_yuan(_words(value))
    except (ValueError, InvalidOperation):
        raise Unreadable(
            "请填金额，以元为单位，最多两位小数，例如 486500 或 48.65万。",
            "Please enter an amount in yuan with two decimals at most, for example 486500 or 48.65万.",
        ) from None
    return _in_range(fen)


def _in_range(number: int) -> int:
    if number < 0:
        raise Unreadable("不能小于 0。", "It cannot be below 0.")
    if number > _MOST:
        raise Unreadable("数字太大，请核对。", "The number is too large. Please check it.")
    return number


def _share(value: object) -> str:
    text = _narrow(value).replace(" ", "")
    try:
        share = Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        raise Unreadable("请填比例，例如 60% 或 2/3。", "Please enter a share, for example 60% or 2/3.") from None
    if not 0 <= share <= 1:
        raise Unreadable("比例应在 0% 到 100% 之间。", "A share lies between 0% and 100%.")
    return str(share)


def _date(value: object) -> str:
    found = _DAY.fullmatch(_narrow(value))
    try:
        if found:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        pass
    raise Unreadable("请填日期，例如 2021-04-08。", "Please enter a date, for example 2021-04-08.")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    answer = _FLAGS.get(_narrow(value).lower())
    if answer is None:
        raise Unreadable("请选“是”或“否”。", "Please choose yes or no.")
    return answer


def _choice(word: str, catalogue: Catalogue | None) -> str:
    if catalogue is None:
        return word
    for key, entry in catalogue.entries.items():
        if word in (key, entry.title.zh, entry.title.en, *entry.aliases):
            return key
    zh = "、".join(entry.title.zh for entry in catalogue.entries.values()) or "（尚未列出）"
    en = ", ".join(entry.title.en for entry in catalogue.entries.values()) or "(none listed)"
    raise Unreadable(
        f"{quoted(word)}不在{catalogue.title.zh}里，可选：{zh}。",
        f"{quoted(word)} is not in {quoted(catalogue.title.en)}. Choose one of: {en}.",
    )


def _file(word: str) -> str:
    if not _DIGEST.fullmatch(word):
        raise Unreadable("请先上传文件。", "Please upload the file first.")
    return word


def _link(value: object) -> str:
    text = _words(value)
    if not _LINK.fullmatch(text):
        raise Unreadable(
            "请填网址，以 http:// 或 https:// 开头。", "Please enter an address that begins with http:// or https://."
        )
    return text


def _phone(value: object) -> str:
    text = _narrow(value)
    if not _PHONE.fullmatch(text):
        raise Unreadable(
            "请填电话号码，例如 13800001234 或 0755-26001234。", "Please enter a telephone number, for example 13800001234."
        )
    return text


_READERS: dict[str, Callable[[object], Plain]] = {
    "number": _number,
    "money": _money,
    "share": _share,
    "date": _date,
    "link": _link,
    "phone": _phone,
}
