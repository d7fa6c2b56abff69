"""Cutting words for searching, the same for both databases.

Chinese has no spaces, so a run of signs is cut into pairs (路灯坏 → 路灯 灯坏 坏); the last sign stands alone, so that every
sign begins some token and a single sign is found by what begins with it. A longer word is a phrase of its pairs. Letters
and figures are taken as they are (NS-2021-0001 → ns 2021 0001). Pinyin initials are cut in pairs too.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

WORDS_AT_MOST = 6
_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LETTERS = re.compile(r"[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question: tokens that must follow each other, the last one perhaps only begun. `initials` likewise,
    empty where the word cannot be pinyin initials."""

    said: str
    tokens: tuple[str, ...]
    begun: bool
    initials: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Full-width and capital letters made ordinary."""
    return unicodedata.normalize("NFKC", text).lower()


def grams(*texts: str) -> str:
    """The tokens of a document. The single sign at the end of a run keeps phrases from reaching into the next."""
    return " ".join(token for text in texts for token in _cut(plain(text)))


def initials(text: str) -> str:
    """Pinyin initials of every run of Chinese signs, in pairs: 路灯 → ld d."""
    runs = (run for run in _RUNS.findall(plain(text)) if not run.isascii())
    return " ".join(pair for run in runs for pair in _pairs("".join(map(initial, run))))


@lru_cache(maxsize=30_000)
def initial(sign: str) -> str:
    """The first letter a sign is most often read with; `0` for one nobody knows."""
    found = lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="ignore")
    return found[0][:1] if found and found[0][:1].isascii() else "0"


def words(question: str) -> list[Word]:
    """What was asked, word by word; everything must be found."""
    found = [word for part in plain(question)[:120].split() if (word := _word(part)) is not None]
    return found[:WORDS_AT_MOST]


def _word(part: str) -> Word | None:
    runs = _RUNS.findall(part)
    if not runs:
        return None
    tokens = [token for run in runs[:-1] for token in _tokens(run)]
    last = runs[-1]
    begun = last.isascii() or len(last) == 1
    tokens += [last] if begun else [last[i : i + 2] for i in range(len(last) - 1)]
    letters = _LETTERS.fullmatch(part)
    return Word(part, tuple(tokens), begun, _phrase(part) if letters else ())


def _phrase(letters: str) -> tuple[str, ...]:
    return tuple(letters[i : i + 2] for i in range(len(letters) - 1))


def _cut(text: str) -> Iterator[str]:
    for run in _RUNS.findall(text):
        yield from _tokens(run)


def _tokens(run: str) -> Iterable[str]:
    return (run,) if run.isascii() else _pairs(run)


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run))]
