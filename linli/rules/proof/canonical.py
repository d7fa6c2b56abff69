"""One value, one sequence of bytes. What is hashed is what is stored; nothing is ever re-serialised to be checked."""

import hashlib
import json
from collections.abc import Mapping


def canonical(value: object) -> bytes:
    """JSON in UTF-8 with sorted keys and no spaces. TypeError for floats and for anything JSON has no word for."""
    _only_plain(value, "$")
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """SHA-256 in hex of the canonical bytes: the fingerprint of a decision, a form, an answer."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _only_plain(value: object, path: str) -> None:
    if value is None or isinstance(value, str | int):  # bool is an int
        return
    if isinstance(value, list | tuple):
        for position, item in enumerate(value):
            _only_plain(item, f"{path}[{position}]")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{path}: the key {key!r} is not text")
            _only_plain(item, f"{path}.{key}")
    else:
        # A float has several spellings and money is integer fen; a share is written "5/6".
        raise TypeError(f"{path}: a {type(value).__name__} cannot be sealed")
