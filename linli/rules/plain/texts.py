"""A sentence in both languages of the interface."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Chinese first, English complete."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence for a language code such as "zh-hans" or "en"."""
        return self.en if language.startswith("en") else self.zh

    def __str__(self) -> str:
        return self.zh


_INNER = re.compile("‘([^‘’]*)’|[“”]")


def quoted(words: str) -> str:
    """Words in double quotes; quotes within become single ones, and the other way round (GB/T 15834). An apostrophe stays."""
    return f"“{_INNER.sub(_turned, words)}”"


def _turned(found: re.Match[str]) -> str:
    return {"“": "‘", "”": "’"}.get(found[0], f"“{found[1]}”")
