"""Chinese text made comparable: one form of each character, one word for each thing, pieces of one and two characters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

_NOISE = re.compile(r"[\W_]+")
# Every wish has them, so they say nothing about what is wished.
_FILLER = re.compile("希望|建议|解决|问题|能不能|能否|可以|我们|大家|麻烦|一下|请")
_FILE = Path(__file__).with_name("synonyms.yaml")


def plain(text: str) -> str:
    """NFKC, lower case, no punctuation and no spaces: `ＡＢ 路灯！` -> `ab路灯`."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())


class Synonyms:
    """Replaces every known word by the first word of its line, longest first, in one pass."""

    def __init__(self, lines: Iterable[Sequence[str]]) -> None:
        self._first: Mapping[str, str] = {plain(word): plain(line[0]) for line in lines for word in line}
        words = sorted(self._first, key=len, reverse=True)
        self._any = re.compile("|".join(map(re.escape, words))) if words else None

    def unified(self, text: str) -> str:
        """Plain, without filler, every known word replaced."""
        bare = _FILLER.sub("", plain(text))
        if self._any is None:
            return bare
        return self._any.sub(lambda match: self._first[match.group()], bare)


def read_synonyms(text: str) -> Synonyms:
    """From YAML: a list of lists of words. ValueError if it is anything else."""
    lines = yaml.load(text, Loader=yaml.BaseLoader) or []
    if not isinstance(lines, list) or not all(isinstance(line, list) and len(line) > 1 for line in lines):
        raise ValueError("synonyms are a list of lists of at least two words")
    return Synonyms([[str(word) for word in line] for line in lines])


@cache
def common_synonyms() -> Synonyms:
    """The list that comes with the house; read once."""
    return read_synonyms(_FILE.read_text(encoding="utf-8"))


def pieces(text: str) -> Counter[str]:
    """The characters and the pairs of neighbouring characters of a text, with how often each stands in it."""
    return Counter(text) + Counter(map(str.__add__, text, text[1:]))
