"""A sentence in both languages of the interface."""

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


_INNER = str.maketrans("“”‘’", "‘’“”")


def quoted(words: str) -> str:
    """Words in double quotes; quotes within become single ones, and the other way round (GB/T 15834)."""
    return f"“{words.translate(_INNER)}”"
