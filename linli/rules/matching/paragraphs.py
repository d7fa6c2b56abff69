"""A text by paragraphs: split, followed from version to version by anchors, and compared word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

# Below this share of common signs two paragraphs are taken for different ones.
_ALIKE = 0.55
_HEADING = re.compile(r"^(第[一二三四五六七八九十百零〇\d]+[编章节](\s|　|$).*|[一二三四五六七八九十]+、[^。；]{0,28})$")

Change = Literal["same", "changed", "moved", "added", "removed"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of signs that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    words: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One paragraph in two versions; `before` or `after` is "" where it was not there."""

    anchor: int
    kind: Change
    before: str
    after: str
    spans: tuple[Span, ...]


def split(text: str) -> list[str]:
    """The paragraphs of a plain text: its lines that are not blank."""
    return [line.strip(" \t　") for line in text.replace("\r", "\n").split("\n") if line.strip(" \t　")]


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is the title of what follows: 第一章 总则, 二、评议."""
    return bool(_HEADING.match(paragraph))


def carried(before: Sequence[tuple[int, str]], after: Sequence[str]) -> list[int | None]:
    """For each new paragraph the anchor of the old one it continues; None for a new one. No anchor is given twice."""
    found: list[int | None] = [None] * len(after)
    matcher = SequenceMatcher(None, [words for _, words in before], list(after), autojunk=False)
    for tag, a, b, c, _ in matcher.get_opcodes():
        if tag == "equal":
            for offset in range(b - a):
                found[c + offset] = before[a + offset][0]
    free = {anchor: words for anchor, words in before if anchor not in found}
    for index, words in enumerate(after):
        if found[index] is None and free:
            anchor = _nearest(words, free)
            if anchor is not None:
                found[index] = anchor
                del free[anchor]
    return found


def _nearest(words: str, free: dict[int, str]) -> int | None:
    best, share = None, _ALIKE
    for anchor, known in free.items():
        alike = SequenceMatcher(None, known, words, autojunk=False).ratio()
        if alike > share:
            best, share = anchor, alike
    return best


def compared(before: Sequence[tuple[int, str]], after: Sequence[tuple[int, str]]) -> list[Compared]:
    """Paragraph by paragraph in the order of the new version; what went stands where it stood."""
    old, new = dict(before), dict(after)
    found = [_one(anchor, old.get(anchor, ""), words) for anchor, words in after]
    stayed = [anchor for anchor, _ in before if anchor in new]
    moved = _out_of_order(stayed, [anchor for anchor, _ in after if anchor in old])
    found = [
        Compared(one.anchor, "moved", one.before, one.after, one.spans) if one.kind == "same" and one.anchor in moved else one
        for one in found
    ]
    for place, (anchor, words) in enumerate(before):
        if anchor not in new:
            earlier = [other for other, _ in before[:place] if other in new]
            at = next((index + 1 for index, one in enumerate(found) if earlier and one.anchor == earlier[-1]), 0)
            while at < len(found) and found[at].kind == "removed":
                at += 1
            found.insert(at, Compared(anchor, "removed", words, "", (Span("gone", words),)))
    return found


def _one(anchor: int, before: str, after: str) -> Compared:
    if not before:
        return Compared(anchor, "added", "", after, (Span("new", after),))
    if before == after:
        return Compared(anchor, "same", before, after, (Span("same", after),))
    return Compared(anchor, "changed", before, after, tuple(spans(before, after)))


def _out_of_order(before: Sequence[int], after: Sequence[int]) -> set[int]:
    """Those that stand elsewhere now: all but the longest run that kept its order."""
    matcher = SequenceMatcher(None, list(before), list(after), autojunk=False)
    kept = {before[block.a + n] for block in matcher.get_matching_blocks() for n in range(block.size)}
    return set(after) - kept


def spans(before: str, after: str) -> list[Span]:
    """What stayed, went and came, in reading order."""
    found: list[Span] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Span("same", before[a:b]))
            continue
        if b > a:
            found.append(Span("gone", before[a:b]))
        if d > c:
            found.append(Span("new", after[c:d]))
    return found
