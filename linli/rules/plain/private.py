"""Telephone and identity numbers in free text: found so that their writer can be asked before everybody reads them."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from linli.rules.plain.texts import Text

Kind = Literal["mobile", "landline", "identity"]

_GAP = r"[\s\-·.]?"
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(?:\(0\d{2,3}\)\s?|0\d{2,3}[\s\-]?)[2-9]\d{6,7}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

TITLES: dict[Kind, Text] = {
    "mobile": Text("手机号", "a mobile number"),
    "landline": Text("座机号", "a telephone number"),
    "identity": Text("身份证号", "an identity number"),
}


@dataclass(frozen=True, slots=True)
class Number:
    """What looks like somebody's number, as it was written but for full-width digits."""

    kind: Kind
    written: str


def numbers_in(text: str) -> tuple[Number, ...]:
    """Every number in the order it stands. An identity number must satisfy its own check digit."""
    plain = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, Number]] = []
    taken: list[range] = []
    for kind, pattern in (("identity", _IDENTITY), ("mobile", _MOBILE), ("landline", _LANDLINE)):
        for match in pattern.finditer(plain):
            if kind == "identity" and not _checks(match.group()):
                continue
            if any(match.start() in span for span in taken):
                continue
            taken.append(range(match.start(), match.end()))
            found.append((match.start(), Number(kind, match.group())))  # type: ignore[arg-type]
    return tuple(number for _, number in sorted(found, key=lambda each: each[0]))


def _checks(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECKS[total % 11] == digits[17].upper()


def warning(text: str) -> Text | None:
    """What to ask the writer before the words are published; None when there is nothing to ask."""
    found = numbers_in(text)
    if not found:
        return None
    zh = "、".join(f"{TITLES[each.kind].zh} {each.written}" for each in found)
    en = ", ".join(f"{TITLES[each.kind].en} {each.written}" for each in found)
    return Text(
        f"这段话里好像有{zh}，发布后谁都看得到。请删去；确实要公开，请勾选下面的“照样发布”。",
        f"This seems to hold {en}, and everybody could read it. Take it out, or tick “publish it all the same” below.",
    )
