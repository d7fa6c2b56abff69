"""Where in a text the words stand: parts to be marked and parts to be left, never markup."""

import re
import unicodedata
from collections.abc import Sequence

from linli.records.reports.search.tokens import Word, initial

Part = tuple[str, bool]
_AROUND, _LENGTH = 24, 90
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def marked(text: str, words: Sequence[Word]) -> list[Part]:
    """The text cut into parts, each with whether it is what was looked for."""
    hits = [False] * len(text)
    for start, end in _spans(text, words):
        hits[start:end] = [True] * (end - start)
    parts: list[Part] = []
    for sign, hit in zip(text, hits, strict=True):
        if parts and parts[-1][1] == hit:
            parts[-1] = (parts[-1][0] + sign, hit)
        else:
            parts.append((sign, hit))
    return parts


def snippet(text: str, words: Sequence[Word]) -> list[Part]:
    """The stretch of a long text around the first word found, marked."""
    first = min((start for start, _ in _spans(text, words)), default=0)
    start = max(0, first - _AROUND) if first + _AROUND > _LENGTH else 0
    cut = text[start : start + _LENGTH].strip()
    parts = marked(cut, words)
    return [*([("…", False)] if start else []), *parts, *([("…", False)] if start + _LENGTH < len(text) else [])]


def _spans(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    simple = "".join(_simple(sign) for sign in text)
    found = []
    for word in words:
        wanted = "".join(_simple(sign) for sign in word.said)
        found += [(hit.start(), hit.end()) for hit in re.finditer(re.escape(wanted), simple)]
        if word.initials:
            letters = "".join(initial(sign) if _CHINESE.match(sign) else " " for sign in text)
            found += [(hit.start(), hit.end()) for hit in re.finditer(re.escape(wanted), letters)]
    return found


def _simple(sign: str) -> str:
    """Sign by sign, so that places in the text stay what they are."""
    made = unicodedata.normalize("NFKC", sign).lower()
    return made if len(made) == 1 else sign
