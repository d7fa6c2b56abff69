"""Clauses and the words of the regulations they stand on."""

import re
from collections.abc import Mapping
from functools import lru_cache

from linli.rules.plain.texts import Text
from linli.rules.policy.models import OPEN, TEMPLATE, Clause, Source

_SAID = {
    OPEN: Text("原文未定，由地方设定", "left open by the regulation, set locally"),
    TEMPLATE: Text("借用的模板，无法规依据", "a borrowed shape without a regulation behind it"),
}


_AT = re.compile(r"[§¶]\s*(\d+(?:\.\d+)*)")
# Parts of a document that bear no number of their own.
_UNNUMBERED = {
    "首段": "Opening",
    "文首": "Heading",
    "公告": "Announcement",
    "主送": "Addressees",
    "依据": "Basis",
    "附件": "Annex",
    "反馈": "Reply address",
}


def at_in_english(clause: str) -> str:
    """S0 §3 -> art. 3, S1 ¶4 -> para. 4, S2 附件.2 -> Annex 2; a part nobody has named in English is called the text."""
    if found := _AT.search(clause):
        return f"{'para.' if '¶' in clause else 'art.'} {found[1]}"
    part, _dot, number = clause.partition(" ")[2].partition(".")
    return f"{_UNNUMBERED.get(part, 'Text')} {number}".strip()


@lru_cache(maxsize=32)
def _squeezed(text: str) -> tuple[str, list[int]]:
    """A text without its white space, and where each of its characters stood."""
    kept = [index for index, char in enumerate(text) if not char.isspace()]
    return "".join(text.split()), kept


def paragraph(text: str, words: str) -> str:
    """The line or lines of a text in which words stand, whatever the white space; "" if they do not."""
    squeezed, kept = _squeezed(text)
    wanted = "".join(words.split())
    start = squeezed.find(wanted) if wanted else -1
    if start < 0:
        return ""
    first, last = kept[start], kept[start + len(wanted) - 1]
    begin = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return text[begin : end if end >= 0 else len(text)].strip()


class ClauseTexts:
    """Looks up what a clause says. `texts` holds the stored text of every source by its id."""

    def __init__(self, clauses: Mapping[str, Clause], sources: Mapping[str, Source], texts: Mapping[str, str]) -> None:
        self._clauses, self._sources, self._texts = clauses, sources, texts
        self._found: dict[str, str] = {}

    def clause_text(self, id: str) -> str:
        clause = self._clauses.get(id)
        if clause is None:
            return ""
        if id not in self._found:
            self._found[id] = paragraph(self._texts.get(clause.source, ""), clause.words)
        return self._found[id]

    def clause_title(self, id: str) -> Text:
        clause = self._clauses.get(id)
        if clause is None:
            return _SAID.get(id, Text(id, id))
        source = self._sources.get(clause.source)
        if source is None:
            return Text(id, id)
        # A title that names another document has its own marks already.
        named = source.title.zh if "《" in source.title.zh else f"《{source.title.zh}》"
        return Text(f"{named}{clause.at}", f"{source.title.en}, {at_in_english(id)}")
