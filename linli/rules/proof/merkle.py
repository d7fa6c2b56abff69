"""The tree of RFC 6962: its root, and which subtrees prove that a leaf is in it or that it only grew.

A proof is first a list of stretches of leaves, each the whole of one subtree; whoever keeps the leaves hashes them.
Checking a proof is the business of `verifier.py`.
"""

from collections.abc import Sequence

from linli.rules.proof.digests import Hash
from linli.rules.proof.verifier import node

Stretch = tuple[int, int]  # leaves first … last + 1


def root(hash: Hash, leaves: Sequence[bytes]) -> bytes:
    """The hash over leaf hashes, or over the hashes of equal complete subtrees and one shorter last one."""
    if not leaves:
        return hash(b"")
    row = list(leaves)
    while len(row) > 1:
        # A last one without a neighbour rises as it is: the same tree as splitting at the largest power of two.
        paired = [node(hash, left, right) for left, right in zip(row[::2], row[1::2], strict=False)]
        row = paired + row[len(paired) * 2 :]
    return row[0]


def inclusion(index: int, size: int) -> list[Stretch]:
    """The stretches beside the way from a leaf up to the root of the first `size` leaves. ValueError if it is not among them."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} among {size}")
    first, end, path = 0, size, []
    while end - first > 1:
        middle = _middle(first, end)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((first, middle))
            first = middle
    return path[::-1]


def consistency(old: int, size: int) -> list[Stretch]:
    """The stretches that show that the tree of `size` begins with the tree of `old`. ValueError unless 0 < old <= size."""
    if not 0 < old <= size:
        raise ValueError(f"a tree of {old} leaves cannot become one of {size}")
    first, end, path = 0, size, []
    while old != end:
        middle = _middle(first, end)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((first, middle))
            first = middle
    # The old tree itself is known to whoever checks; a part of it is not.
    return ([(first, end)] if first else []) + path[::-1]


def _middle(first: int, end: int) -> int:
    """Where a subtree divides: the largest power of two that is smaller than its width."""
    return first + (1 << (end - first - 1).bit_length() - 1)
