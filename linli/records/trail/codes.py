"""Receipt codes that can be read out over the telephone: ten digits, the last one checks the others.

The check digit is Damm's: it finds every single wrong digit and every swap of neighbours.
"""

import secrets
import unicodedata

LENGTH = 10
_TABLE = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new_code() -> str:
    """A code nobody can guess from another."""
    digits = "".join(secrets.choice("0123456789") for _ in range(LENGTH - 1))
    return digits + check_digit(digits)


def shown(code: str) -> str:
    """As it is printed and read out: `123-456-7890`."""
    return f"{code[:3]}-{code[3:6]}-{code[6:]}"


def check_digit(digits: str) -> str:
    interim = "0"
    for digit in digits:
        interim = _TABLE[int(interim)][int(digit)]
    return interim


def read_code(typed: str) -> str | None:
    """The ten digits of a code as somebody typed it, or None when it cannot be one."""
    text = unicodedata.normalize("NFKC", typed)
    digits = "".join(mark for mark in text if mark in "0123456789")
    rest = text.replace("-", "").replace(" ", "").strip()
    if rest != digits or len(digits) != LENGTH or check_digit(digits) != "0":
        return None
    return digits
