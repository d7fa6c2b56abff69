"""The two digests kept side by side: SHA-256 for everybody, SM3 (GB/T 32905) for China. Formulas as in `verifier.py`."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from linli.rules.proof.verifier import ZERO, link, sha256, sm3_in_python

Hash = Callable[[bytes], bytes]


@cache
def _sm3() -> Hash:
    """OpenSSL through hashlib, else through `cryptography`, else plain Python (slow, and right)."""
    try:
        start = hashlib.new("sm3")
    except ValueError:
        return _sm3_by_cryptography()

    def sm3(data: bytes) -> bytes:
        hasher = start.copy()
        hasher.update(data)
        return hasher.digest()

    return sm3


def _sm3_by_cryptography() -> Hash:
    try:
        from cryptography.hazmat.primitives import hashes
    except ImportError:
        return sm3_in_python

    def sm3(data: bytes) -> bytes:
        hasher = hashes.Hash(hashes.SM3())
        hasher.update(data)
        return hasher.finalize()

    return sm3


def sm3(data: bytes) -> bytes:
    return _sm3()(data)


HASHES: dict[str, Hash] = {"sha256": sha256, "sm3": sm3}


@dataclass(frozen=True, slots=True)
class Pair:
    """SHA-256 and SM3 of the same thing, in hex."""

    sha256: str
    sm3: str


NOTHING = Pair(ZERO.hex(), ZERO.hex())


def linked(previous: Pair, body: bytes) -> Pair:
    """The digests that seal `body` behind `previous`; `NOTHING` stands before the first."""
    return Pair(
        link(sha256, bytes.fromhex(previous.sha256), body).hex(),
        link(sm3, bytes.fromhex(previous.sm3), body).hex(),
    )
