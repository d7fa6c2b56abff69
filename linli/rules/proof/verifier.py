"""Check an export of a Linli trail."""

import hashlib
from collections.abc import Callable

Hash = Callable[[bytes], bytes]
ZERO = bytes(32)


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def sm3_in_python(data: bytes) -> bytes:
    """GB/T 32905-2016, word for word; for a Python whose OpenSSL has no SM3."""
    mask = 0xFFFFFFFF

    def turn(x: int, n: int) -> int:
        n %= 32
        return (x << n | x >> (32 - n)) & mask

    state = [0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E]
    padded = data + b"\x80" + bytes(-(len(data) + 9) % 64) + (len(data) * 8).to_bytes(8, "big")
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + i : start + i + 4], "big") for i in range(0, 64, 4)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turn(w[j - 3], 15)
            w.append(x ^ turn(x, 15) ^ turn(x, 23) ^ turn(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            first = j < 16
            ss1 = turn((turn(a, 12) + e + turn(0x79CC4519 if first else 0x7A879D8A, j)) & mask, 7)
            tt1 = ((a ^ b ^ c if first else a & b | a & c | b & c) + d + (ss1 ^ turn(a, 12)) + (w[j] ^ w[j + 4])) & mask
            tt2 = ((e ^ f ^ g if first else e & f | ~e & g) + h + ss1 + w[j]) & mask
            a, b, c, d = tt1, a, turn(b, 9), c
            e, f, g, h = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g
        state = [x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h), strict=True)]
    return b"".join(x.to_bytes(4, "big") for x in state)


def link(hash: Hash, previous: bytes, body: bytes) -> bytes:
    """The digest of a record: it seals the stored bytes and everything before them in its stream."""
    return hash(b"\x02" + previous + body)
