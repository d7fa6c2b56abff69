"""Sensitive text at rest: AES-256-GCM, bound to its table and column; phones are found by a keyed digest.

Stored form: `v1:<key id>:<base64 of nonce + ciphertext>`. A value read from the database is a `Secret`: it shows as dots
and is decrypted only where somebody writes `.open()`, so a list, a log or a template cannot give it away by accident.

Keys: `settings.FIELD_KEY` holds one key, or several separated by commas, the newest first. New values are written with the
newest; the key id says which one opens an old value. To rotate: put a new key in front, save every row with a sealed field
once, remove the old key. The blind index is made with the oldest key of the list, so it stays the same until that key is
removed; whoever removes it recomputes the indexes in the same transaction.
"""

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_FORM = "v1"
_NONCE = 12


class SealBroken(Exception):
    """The stored value was changed, moved to another column, or its key is gone."""


def seal(text: str, place: str) -> str:
    """Encrypt for a place `table.column`."""
    return f"{_FORM}:{_key_ids()[0]}:{b64encode(_closed(text.encode(), place)).decode()}"


def unseal(token: str, place: str) -> str:
    """The plain text of a stored value. Raises SealBroken."""
    form, _, rest = token.partition(":")
    key_id, _, body = rest.partition(":")
    return _opened(form, key_id, lambda: b64decode(body), place).decode()


def seal_bytes(content: bytes, place: str) -> bytes:
    """As `seal`, of a file, and as bytes: `v1:<key id>:` and then nonce and ciphertext."""
    return f"{_FORM}:{_key_ids()[0]}:".encode() + _closed(content, place)


def unseal_bytes(sealed: bytes, place: str) -> bytes:
    """What `seal_bytes` was given. Raises SealBroken."""
    form, _, rest = sealed.partition(b":")
    key_id, _, body = rest.partition(b":")
    return _opened(form.decode("latin-1"), key_id.decode("latin-1"), lambda: body, place)


def _closed(content: bytes, place: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_derived(_keys()[0], "field")).encrypt(nonce, content, place.encode())


def _opened(form: str, key_id: str, body: Callable[[], bytes], place: str) -> bytes:
    if form != _FORM or key_id not in _key_ids():
        raise SealBroken(f"no key for a value of {place}")
    raw = body()
    key = _derived(_keys()[_key_ids().index(key_id)], "field")
    try:
        return AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
    except InvalidTag as error:
        raise SealBroken(f"a value of {place} does not open") from error


def blind_index(text: str, purpose: str) -> str:
    """A keyed digest by which equal values are found without being read; "" stays ""."""
    if not text:
        return ""
    return hmac.new(_derived(_keys()[-1], f"index {purpose}"), text.encode(), hashlib.sha256).hexdigest()


def _keys() -> tuple[str, ...]:
    return _listed(settings.FIELD_KEY)


def _key_ids() -> tuple[str, ...]:
    return _named(settings.FIELD_KEY)


@lru_cache(maxsize=8)
def _listed(setting: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in setting.split(",") if key.strip())


@lru_cache(maxsize=8)
def _named(setting: str) -> tuple[str, ...]:
    return tuple(_derived(key, "name").hex()[:8] for key in _listed(setting))


@lru_cache(maxsize=64)
def _derived(key: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"linli {purpose}".encode()).derive(key.encode())
