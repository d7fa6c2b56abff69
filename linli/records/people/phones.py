"""Phone numbers: one written form, one keyed digest, one masked form."""

import re
import unicodedata

from linli.records.people.sealed import blind_index
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

_MOBILE = re.compile(r"1[3-9]\d{9}")
_CONTACT = re.compile(r"\+?\d{7,15}")
_GAPS = re.compile(r"[\s\-()（）]")


def plain_phone(text: str) -> str:
    """Any number without its gaps and the +86: `+86 138-0000-0000` -> `13800000000`. Raises Invalid."""
    digits = _digits(text)
    if not _CONTACT.fullmatch(digits):
        raise _invalid(Text("电话号码请写数字，比如 0755-12345678。", "Write the phone number in digits, such as 0755-12345678."))
    if wrong := mistyped(text):
        raise _invalid(wrong)
    return digits


def mistyped(text: str) -> Text | None:
    """What is wrong with a mobile number that lost or gained a digit; no other number begins with 1."""
    digits = _digits(text)
    if not digits.isdecimal() or not digits.startswith("1") or _MOBILE.fullmatch(digits):
        return None
    n = len(digits)
    return Text(
        f"手机号是 11 位数字，第二位是 3 到 9；这里写了 {n} 位。请再看一下，写错了就告诉不了您结果。",
        f"A mobile number has 11 digits, the second from 3 to 9; this has {n}. Look again: with a wrong one nobody can tell you.",
    )


def mobile_phone(text: str) -> str:
    """A mainland mobile number of 11 digits, the only kind a code can be sent to. Raises Invalid."""
    digits = _digits(text)
    if not _MOBILE.fullmatch(digits):
        raise _invalid(
            Text(
                "手机号是 11 位数字，以 1 开头。请再看一下。",
                "A mobile number has 11 digits and begins with 1. Please look again.",
            )
        )
    return digits


def _digits(text: str) -> str:
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).removeprefix("+86").removeprefix("0086")


def phone_index(phone: str) -> str:
    """The keyed digest of a number in its plain form; "" stays ""."""
    return blind_index(phone, "phone")


def masked(phone: str) -> str:
    """`138****0000`: enough to recognise one's own."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****"


def _invalid(text: Text) -> Invalid:
    return Invalid(text, fields={"phone": text})
