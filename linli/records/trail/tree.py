"""The tree over all events as the database keeps it: leaves in a row, and a hash kept for every 256 of them (a tile)."""

from collections.abc import Iterable
from functools import cached_property
from itertools import islice

from linli.records.trail.models import Leaf, Tile
from linli.rules.proof import merkle
from linli.rules.proof.digests import HASHES, Pair
from linli.rules.proof.merkle import Stretch
from linli.rules.proof.verifier import leaf

TILE = 256
_BATCH = 2048


def append(event_ids: Iterable[int], size: int) -> int:
    """Give new events the next leaves after the first `size`; the new size. Only checkpoints do this, one at a time."""
    numbered = enumerate(event_ids, start=size)
    while batch := [Leaf(index=index, event_id=event_id) for index, event_id in islice(numbered, _BATCH)]:
        Leaf.objects.bulk_create(batch)
        size += len(batch)
    _lay_tiles(size)
    return size


def _lay_tiles(size: int) -> None:
    for index in range(Tile.objects.count(), size // TILE):
        hashes = _leaf_hashes(index * TILE, (index + 1) * TILE)
        made = {name: merkle.root(HASHES[name], hashes[name]).hex() for name in HASHES}
        Tile.objects.create(index=index, **made)


def _leaf_hashes(first: int, end: int) -> dict[str, list[bytes]]:
    return _hashed(_sealed(first, end), first, end)


def _sealed(first: int, end: int) -> list[tuple[str, str]]:
    rows = Leaf.objects.filter(index__gte=first, index__lt=end).order_by("index")
    return list(rows.values_list("event__sha256", "event__sm3"))


def _hashed(rows: list[tuple[str, str]], first: int, end: int) -> dict[str, list[bytes]]:
    if len(rows) != end - first:
        raise RuntimeError(f"the leaves {first} to {end} of the trail are not all there")
    return {name: [leaf(hash, bytes.fromhex(row[column])) for row in rows] for column, (name, hash) in enumerate(HASHES.items())}


class StoredTree:
    """Roots and proofs over the first `size` leaves. Reads and hashes everything once, so use one for several proofs: near the
    root they all lead past the same subtrees."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._known: dict[Stretch, Pair] = {}
        self._read: dict[int, list[tuple[str, str]]] = {}

    def root(self) -> Pair:
        return self._hash((0, self.size))

    def inclusion(self, index: int) -> list[Pair]:
        return [self._hash(stretch) for stretch in merkle.inclusion(index, self.size)]

    def consistency(self, old: int) -> list[Pair]:
        return [self._hash(stretch) for stretch in merkle.consistency(old, self.size)]

    @cached_property
    def _tiles(self) -> dict[str, list[bytes]]:
        rows = Tile.objects.filter(index__lt=self.size // TILE).order_by("index").values_list("sha256", "sm3")
        columns = list(zip(*rows, strict=True)) or [(), ()]
        return {name: [bytes.fromhex(each) for each in column] for name, column in zip(HASHES, columns, strict=True)}

    def _hash(self, stretch: Stretch) -> Pair:
        if stretch not in self._known:
            self._known[stretch] = self._hashed(*stretch)
        return self._known[stretch]

    def _hashed(self, first: int, end: int) -> Pair:
        # What is wider than a tile begins where one begins: complete tiles, then perhaps a part of one.
        from_tile, to_tile = first // TILE, end // TILE if end - first >= TILE else first // TILE
        begin = max(first, to_tile * TILE)
        tail = _hashed(self._leaves(begin, end), begin, end)
        made = {}
        for name, hash in HASHES.items():
            rest = [merkle.root(hash, tail[name])] if tail[name] else []
            made[name] = merkle.root(hash, self._tiles[name][from_tile:to_tile] + rest).hex()
        return Pair(**made)

    def _leaves(self, first: int, end: int) -> list[tuple[str, str]]:
        """What is narrower than a tile lies within one; each is read once, and hashed as far as it is asked for."""
        begin = first // TILE * TILE
        if begin not in self._read:
            self._read[begin] = _sealed(begin, begin + TILE)
        return self._read[begin][first - begin : end - begin]
