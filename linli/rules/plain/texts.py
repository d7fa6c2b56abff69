"""A sentence in both languages of the interface."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Chinese first, English complete."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence for a language code such as "zh-hans" or "en"."""
        return self.en if language.startswith("en") else self.zh

    def __bool__(self) -> bool:
        """An empty sentence says nothing."""
        return bool(self.zh)

    def __str__(self) -> str:
        return self.zh


def both(words: str | Text) -> Text:
    """What people wrote reads the same in both languages; what the system says is a Text already."""
    return words if isinstance(words, Text) else Text(words, words)


def one_line(words: str) -> str:
    """A title or a name stands on one line: it goes into subjects of letters, headings and file names."""
    return " ".join(words.split())


def listed(words: Iterable[str | Text]) -> Text:
    """Several in one line: 街道、社区, or with commas."""
    named = [both(each) for each in words]
    return Text("、".join(one.zh for one in named), ", ".join(one.en for one in named))


_INNER = re.compile("‘([^‘’]*)’|[“”]")


def quoted(words: str) -> str:
    """Words in double quotes; quotes within become single ones, and the other way round (GB/T 15834). An apostrophe stays."""
    return f"“{_INNER.sub(_turned, words)}”"


def _turned(found: re.Match[str]) -> str:
    return {"“": "‘", "”": "’"}.get(found[0], f"“{found[1]}”")
