"""One way to write plain data as bytes, and the digest of them."""

import hashlib
import json
import secrets
from collections.abc import Mapping

from linli.rules.gates.model import Plain


def canonical(value: object) -> bytes:
    """The same bytes for the same data: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def fresh_salt() -> str:
    return secrets.token_hex(16)


def digest_of(value: object, *, salt: str = "") -> str:
    """SHA-256 in hex. With a salt that can be erased, the digest says nothing once the salt is gone."""
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()


def plain(facts: Mapping[str, object]) -> dict[str, Plain]:
    """The facts as they are, if they are plain data. TypeError for floats, dates and other objects."""
    return {str(key): _plain(value) for key, value in facts.items()}


def _plain(value: object) -> Plain:
    match value:
        case None | str() | bool() | int():
            return value
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"not plain data: {value!r}")
