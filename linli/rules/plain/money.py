"""Money is integer fen. Reading it from people and writing it for people."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

FEN_PER_YUAN = 100
_CLEAN = re.compile(r"[,\s¥]")


def fen_from_yuan(value: int | str | Decimal) -> int:
    """Yuan (`"486,500.00"`, `"48.65万"`, `500000`) to fen. ValueError if it is no amount or has less than a fen."""
    text = _CLEAN.sub("", unicodedata.normalize("NFKC", str(value))).removesuffix("元")
    scale = Decimal(FEN_PER_YUAN)
    for suffix, factor in (("亿", 100_000_000), ("万", 10_000)):
        if text.endswith(suffix):
            text, scale = text.removesuffix(suffix), scale * factor
            break
    try:
        amount = Decimal(text) * scale
    except InvalidOperation as error:
        raise ValueError(f"not an amount of money: {value!r}") from error
    if not amount.is_finite() or amount != amount.to_integral_value():
        raise ValueError(f"not a whole number of fen: {value!r}")
    return int(amount)


def yuan(fen: int) -> str:
    """For tables: 48650000 -> `486,500.00`."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), FEN_PER_YUAN)
    return f"{sign}{whole:,}.{part:02d}"


def wan(fen: int) -> str:
    """For running text: 48650000 -> `48.65 万元`; below 10,000 yuan in yuan."""
    sign = "-" if fen < 0 else ""
    amount = abs(fen)
    if amount < 10_000 * FEN_PER_YUAN:
        return f"{sign}{_trimmed(Decimal(amount) / FEN_PER_YUAN)} 元"
    return f"{sign}{_trimmed(Decimal(amount) / (10_000 * FEN_PER_YUAN))} 万元"


def in_words(fen: int, language: str) -> str:
    """Running text in a language: `48.65 万元` / `486,500 yuan`."""
    if not language.startswith("en"):
        return wan(fen)
    return f"{yuan(fen).removesuffix('.00')} yuan"


def _trimmed(amount: Decimal) -> str:
    text = f"{amount:,.6f}".rstrip("0").rstrip(".")
    return text or "0"
