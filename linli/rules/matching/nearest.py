"""Which texts are alike: TF-IDF over one- and two-character pieces, exact, small enough to be explained.

Good enough to suggest, never to decide: on sentences it had not seen the right one was among the first three in
about three of four cases. Staff judge; their links are kept.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt
from typing import Generic, TypeVar

from linli.rules.matching.words import Synonyms, common_synonyms, pieces

SUGGESTIONS = 5
# Below this two texts share little more than everyday characters; chosen on the sentences of the tests.
FLOOR = 0.18

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """`likeness` between 0 and 1; `shared` are the two-character pieces both texts have, rarest first."""

    key: K
    likeness: float
    shared: tuple[str, ...]


class Index(Generic[K]):
    """Texts by key. Adding is cheap; weights are worked out again at the next question."""

    def __init__(self, synonyms: Synonyms | None = None) -> None:
        self._synonyms = synonyms or common_synonyms()
        self._keys: list[K] = []
        # piece -> numbers of the texts that have it, as often as they have it; oftener than once also in `_often`
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._often: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._weights: dict[str, float] = {}
        self._lengths: list[float] = []

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: K, text: str) -> None:
        number = len(self._keys)
        self._keys.append(key)
        for piece, times in pieces(self._synonyms.unified(text)).items():
            self._postings[piece].extend([number] * times)
            if times > 1:
                self._often[piece].append((number, times))
        self._lengths = []

    def nearest(
        self, text: str, *, limit: int = SUGGESTIONS, floor: float = FLOOR, apart_from: Collection[K] = ()
    ) -> list[Match[K]]:
        """The most alike first, at most `limit`, none under `floor`; of two equally alike the later added is first."""
        self._weigh()
        # A piece nobody has used yet weighs most: it says that the two texts are about different things.
        unseen = 1 + log(1 + len(self._keys))
        asked = {piece: times * self._weights.get(piece, unseen) for piece, times in self._asked(text)}
        length = sqrt(sum(weight * weight for weight in asked.values()))
        if not length:
            return []
        least = floor * length
        scored = (
            (product / (length * own), n)
            for n, (product, own) in enumerate(zip(self._products(asked), self._lengths, strict=True))
            if product >= least * own and product and self._keys[n] not in apart_from
        )
        best = nlargest(limit, scored)
        return [Match(self._keys[n], min(1.0, round(score, 6)), self._shared(asked, n)) for score, n in best]

    def _asked(self, text: str) -> Iterable[tuple[str, int]]:
        return pieces(self._synonyms.unified(text)).items()

    def _products(self, asked: dict[str, float]) -> list[float]:
        products = [0.0] * len(self._keys)
        for piece, weight in asked.items():
            factor = weight * self._weights.get(piece, 0.0)
            for number in self._postings.get(piece, ()):
                products[number] += factor
        return products

    def _shared(self, asked: dict[str, float], number: int) -> tuple[str, ...]:
        pairs = [piece for piece in asked if len(piece) == 2 and number in self._postings.get(piece, ())]
        return tuple(sorted(pairs, key=lambda piece: (-self._weights[piece], piece))[:SUGGESTIONS])

    def _weigh(self) -> None:
        if self._lengths or not self._keys:
            return
        count = len(self._keys)
        squares = [0.0] * count
        for piece, found in self._postings.items():
            often = self._often.get(piece, ())
            texts = len(found) - sum(times - 1 for _, times in often)
            weight = self._weights[piece] = 1 + log((1 + count) / (1 + texts))
            for number in found:
                squares[number] += weight * weight
            for number, times in often:
                squares[number] += (times * times - times) * weight * weight
        self._lengths = [sqrt(square) or 1.0 for square in squares]


def index_of(texts: Iterable[tuple[K, str]], synonyms: Synonyms | None = None) -> Index[K]:
    index: Index[K] = Index(synonyms)
    for key, text in texts:
        index.add(key, text)
    return index
