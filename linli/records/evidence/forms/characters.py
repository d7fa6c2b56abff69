"""Text as people type it, made safe to keep, and the one rule for counting 字."""

import unicodedata
from collections.abc import Mapping

_KEPT_CONTROLS = "\n\t"
_INVISIBLE = ("Cf", "Cc", "Cs", "Co", "Cn")


def clean(value: str) -> str:
    """NFC, one kind of line end, no control or direction-changing characters, no blanks around it."""
    if value.isprintable() and unicodedata.is_normalized("NFC", value):
        return value.strip()  # the usual case, a hundred times faster
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(mark for mark in text if mark in _KEPT_CONTROLS or _kept(mark)).strip()


def _kept(mark: str) -> bool:
    # The joiner stays: emoji families are built with it.
    return mark == "\u200d" or unicodedata.category(mark) not in ("Cc", "Cf", "Cs")


def lengths(values: Mapping[str, object]) -> dict[str, int]:
    """How many characters each text among them has; nothing else has a length. Together they are the length of a form."""
    return {key: characters(value) for key, value in values.items() if isinstance(value, str)}


def characters(value: str) -> int:
    """How many characters a text has: NFC, blanks and invisible marks not counted."""
    text = unicodedata.normalize("NFC", value)
    if text.isprintable():
        return len(text) - text.count(" ")
    return sum(not mark.isspace() and unicodedata.category(mark) not in _INVISIBLE for mark in text)
