"""The short code on a receipt: ten characters, the last one checks the others. `7K3F9-2XQ4M`."""

import re
import secrets
import unicodedata

# No 0, 1, I, L, O: nobody can mistake one for another. A prime number of signs lets one check sign find every single
# wrong sign and every two that changed places.
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUES = {sign: value for value, sign in enumerate(SIGNS)}
_LENGTH = 10
_GAPS = re.compile(r"[\s\-]")


def new_code() -> str:
    """Random: from one code nobody finds another."""
    number, signs = secrets.randbelow(len(SIGNS) ** (_LENGTH - 1)), ""
    for _ in range(_LENGTH - 1):
        number, sign = divmod(number, len(SIGNS))
        signs += SIGNS[sign]
    return _written(signs)


def read_code(text: str) -> str | None:
    """The code as it is kept, however it was typed; None if it cannot be one."""
    signs = _GAPS.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(signs) != _LENGTH or any(sign not in SIGNS for sign in signs):
        return None
    return _written(signs[:-1]) if _check(signs[:-1]) == signs[-1] else None


def _written(signs: str) -> str:
    whole = signs + _check(signs)
    return f"{whole[:5]}-{whole[5:]}"


def _check(signs: str) -> str:
    return SIGNS[sum(weight * _VALUES[sign] for weight, sign in enumerate(signs, start=1)) % len(SIGNS)]
