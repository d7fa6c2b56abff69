"""The tree of RFC 6962. The eight leaves, roots and proofs are the reference vectors of certificate transparency."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.rules.proof import merkle
from linli.rules.proof.digests import HASHES, sm3
from linli.rules.proof.verifier import Tree, is_consistent, leaf, root_by_inclusion, sha256

LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# leaf (from one), tree size -> path
INCLUSION = {
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (3, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (2, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
HASHED = [leaf(sha256, each) for each in LEAVES]


def leaves_of(hash, count):
    return [leaf(hash, str(n).encode()) for n in range(count)]


def hashes(hash, leaves, stretches):
    return [merkle.root(hash, leaves[first:end]) for first, end in stretches]


def test_the_empty_tree_is_the_hash_of_nothing():
    assert merkle.root(sha256, []) == Tree(sha256).root() == hashlib.sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 9))
def test_the_roots_are_those_of_the_reference(size):
    tree = Tree(sha256)
    for each in LEAVES[:size]:
        tree.append(each)
    assert tree.root().hex() == merkle.root(sha256, HASHED[:size]).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("number", "size"), INCLUSION)
def test_inclusion_proofs_are_those_of_the_reference(number, size):
    path = hashes(sha256, HASHED, merkle.inclusion(number - 1, size))
    assert [each.hex() for each in path] == INCLUSION[number, size]
    assert root_by_inclusion(sha256, HASHED[number - 1], number - 1, size, path).hex() == ROOTS[size - 1]


@pytest.mark.parametrize(("old", "size"), CONSISTENCY)
def test_consistency_proofs_are_those_of_the_reference(old, size):
    path = hashes(sha256, HASHED, merkle.consistency(old, size))
    assert [each.hex() for each in path] == CONSISTENCY[old, size]
    assert is_consistent(sha256, old, bytes.fromhex(ROOTS[old - 1]), size, bytes.fromhex(ROOTS[size - 1]), path)


@pytest.mark.parametrize("name", HASHES)
def test_every_leaf_of_every_small_tree_is_proved(name):
    hash = HASHES[name]
    leaves = leaves_of(hash, 40)
    for size in range(1, 41):
        root = merkle.root(hash, leaves[:size])
        for index in range(size):
            path = hashes(hash, leaves, merkle.inclusion(index, size))
            assert root_by_inclusion(hash, leaves[index], index, size, path) == root
            for other in range(size):
                assert other == index or root_by_inclusion(hash, leaves[index], other, size, path) != root


def test_every_small_tree_grows_into_every_larger_one():
    leaves = leaves_of(sm3, 40)
    roots = [merkle.root(sm3, leaves[:size]) for size in range(41)]
    for size in range(1, 41):
        for old in range(1, size + 1):
            path = hashes(sm3, leaves, merkle.consistency(old, size))
            assert is_consistent(sm3, old, roots[old], size, roots[size], path)
            assert not is_consistent(sm3, old, roots[0], size, roots[size], path)
            assert not is_consistent(sm3, old, roots[old], size, roots[0], path)
            assert old == size or not is_consistent(sm3, old - 1, roots[old], size, roots[size], path)


@given(size=some.integers(1, 300), data=some.data())
def test_a_path_with_one_wrong_hash_proves_nothing(size, data):
    leaves = leaves_of(sha256, size)
    index = data.draw(some.integers(0, size - 1))
    path = hashes(sha256, leaves, merkle.inclusion(index, size))
    root = merkle.root(sha256, leaves)
    assert root_by_inclusion(sha256, leaves[index], index, size, path) == root
    if path:
        wrong = data.draw(some.integers(0, len(path) - 1))
        path[wrong] = bytes(32)
        assert root_by_inclusion(sha256, leaves[index], index, size, path) != root
    assert root_by_inclusion(sha256, leaves[index], index, size, [*path, bytes(32)]) is None


@pytest.mark.parametrize("width", [2, 4, 16])
def test_a_root_over_complete_subtrees_is_the_root_over_the_leaves(width):
    leaves = leaves_of(sha256, 70)
    for size in range(1, 71):
        blocks = [merkle.root(sha256, leaves[first : min(first + width, size)]) for first in range(0, size, width)]
        assert merkle.root(sha256, blocks) == merkle.root(sha256, leaves[:size])


@pytest.mark.parametrize("make", [lambda: merkle.inclusion(3, 3), lambda: merkle.inclusion(-1, 3)])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(make):
    with pytest.raises(ValueError, match="no leaf"):
        make()


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3)])
def test_there_is_no_proof_between_trees_that_do_not_follow(old, size):
    with pytest.raises(ValueError, match="cannot become"):
        merkle.consistency(old, size)
