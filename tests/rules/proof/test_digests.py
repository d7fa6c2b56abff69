import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.rules.proof import digests, verifier
from linli.rules.proof.canonical import canonical, digest
from linli.rules.proof.digests import NOTHING, Pair, linked

# GB/T 32905-2016, annex A.
STANDARD = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
WAYS = {"hashlib or best": digests.sm3, "cryptography": digests._sm3_by_cryptography(), "python": verifier.sm3_in_python}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("text", STANDARD)
def test_sm3_gives_the_digests_of_the_standard(way, text):
    assert WAYS[way](text).hex() == STANDARD[text]


@given(some.binary(max_size=300))
def test_every_way_to_sm3_agrees(data):
    assert len({way(data) for way in WAYS.values()}) == 1


def test_without_openssl_there_is_still_sm3(monkeypatch):
    def unsupported(name):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", unsupported)
    assert verifier.fastest_sm3() is verifier.sm3_in_python


def test_a_link_covers_the_body_and_everything_before():
    first = linked(NOTHING, b"{}")
    assert first.sha256 == hashlib.sha256(b"\x02" + bytes(32) + b"{}").hexdigest()
    assert first.sm3 == hashlib.new("sm3", b"\x02" + bytes(32) + b"{}").hexdigest()
    assert linked(first, b"{}") != first
    assert linked(Pair(first.sha256, NOTHING.sm3), b"{}").sm3 == first.sm3


def test_canonical_bytes_do_not_depend_on_the_order_of_keys():
    assert canonical({"乙": 1, "甲": [True, None, "x"]}) == '{"乙":1,"甲":[true,null,"x"]}'.encode()
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1}) == b'{"a":2,"b":1}'
    assert digest({"a": 2}) == hashlib.sha256(b'{"a":2}').hexdigest()


@pytest.mark.parametrize(
    ("value", "where"), [(1.0, r"\$"), ({"a": [1, {"b": 0.5}]}, r"\$\.a\[1\]\.b"), ({1: 2}, "key 1"), (b"", "bytes")]
)
def test_what_json_cannot_spell_exactly_has_no_canonical_bytes(value, where):
    with pytest.raises(TypeError, match=where):
        canonical(value)


def test_half_a_character_has_no_canonical_bytes():
    with pytest.raises(UnicodeEncodeError):
        canonical("\ud800")
