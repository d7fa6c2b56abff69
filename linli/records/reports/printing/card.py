"""The picture shown when a page is shared in a chat: what it is, where it stands. Drawn once, kept by the digest of its words."""

import hashlib
import io
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from linli.records.reports.printing.press import type_file

_PAPER, _INK, _GREEN, _RED, _SOFT = "#faf8f3", "#1f2421", "#1d5b41", "#b23a22", "#565d58"
# 5:4 is how a chat crops what is shared; a square stands in lists.
_SIZES = {False: (1000, 800), True: (800, 800)}
_EDGE, _LINES = 72, 4
_EDITION = "1"


@dataclass(frozen=True)
class Card:
    """Everything on the picture. `mark` stands in a corner (演示)."""

    place: str
    title: str
    stands: str
    figure: str = ""
    mark: str = ""
    square: bool = False

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(map(str, (_EDITION, *astuple(self)))).encode()).hexdigest()


def drawn(card: Card) -> bytes:
    """The PNG, drawn at the first asking."""
    kept = Path(settings.VAR) / "cards" / f"{card.digest}.png"
    if kept.exists():
        return kept.read_bytes()
    png = _draw(card)
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_suffix(".new")
    new.write_bytes(png)
    new.replace(kept)
    return png


def _draw(card: Card) -> bytes:
    wide, high = _SIZES[card.square]
    picture = Image.new("RGB", (wide, high), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 16, high), fill=_GREEN)
    pen.rounded_rectangle((_EDGE, 64, _EDGE + 60, 168), 8, fill=_RED)
    pen.text((_EDGE + 30, 92), "邻", font=_type(40), fill=_PAPER, anchor="mm")
    pen.text((_EDGE + 30, 140), "里", font=_type(40), fill=_PAPER, anchor="mm")
    pen.text((_EDGE + 88, 116), _fitted(card.place, 44, wide - 2 * _EDGE - 88), font=_type(44), fill=_SOFT, anchor="lm")
    for number, line in enumerate(_lines(card.title, 68, wide - 2 * _EDGE)):
        pen.text((_EDGE, 232 + number * 96), line, font=_type(68), fill=_INK)
    if card.figure:
        pen.text((_EDGE, high - 176), card.figure, font=_type(48), fill=_INK, anchor="lm")
    pen.text((_EDGE, high - 92), _fitted(card.stands, 48, wide - 2 * _EDGE), font=_type(48), fill=_GREEN, anchor="lm")
    if card.mark:
        pen.text((wide - _EDGE, high - 92), card.mark, font=_type(36), fill=_SOFT, anchor="rm")
    made = io.BytesIO()
    # Few colours: a picture for a chat must be small.
    picture.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


@cache
def _type(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(type_file()), size)


def _lines(text: str, size: int, width: int) -> list[str]:
    """Broken where the line is full; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = " ".join(text.split())
    while rest and len(lines) < _LINES:
        fits = _fits(rest, size, width)
        lines.append(rest[:fits].rstrip())
        rest = rest[fits:].lstrip()
    if rest:
        lines[-1] = lines[-1][:-1] + "…"
    return lines


def _fitted(text: str, size: int, width: int) -> str:
    fits = _fits(text, size, width)
    return text if fits >= len(text) else text[: fits - 1] + "…"


def _fits(text: str, size: int, width: int) -> int:
    """How many signs fit; at least one."""
    fits = 1
    while fits < len(text) and _type(size).getlength(text[: fits + 1]) <= width:
        fits += 1
    return fits
