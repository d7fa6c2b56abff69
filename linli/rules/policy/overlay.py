"""A pack laid over everything it extends: which constructs are in force on a day, and in which shape.

A patch only adds. What the law above says (who acts, where an act leads, which checks stand) no patch may touch.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from linli.rules.policy.build_parameter import parameter
from linli.rules.policy.build_procedure import columns
from linli.rules.policy.context import Context
from linli.rules.policy.errors import Findings
from linli.rules.policy.kinds import KINDS, PARAMETERS, SHAPES
from linli.rules.policy.merge import merged
from linli.rules.policy.models import Parameter
from linli.rules.policy.pieces import Pack, Piece
from linli.rules.policy.vocabulary import Vocabulary

ALWAYS = date.min


class Layers:
    """The constructs of a chain of packs, put together for every stretch of days in which nothing changes."""

    def __init__(self, chain: Sequence[Pack], vocabulary: Vocabulary, clauses: Mapping[str, Any], findings: Findings) -> None:
        self.chain = tuple(chain)
        self.vocabulary = vocabulary
        self._findings = findings
        self.pieces = _sorted_out(self.chain)
        self.epochs = self._days_of_change()
        self._parameters: dict[str, Parameter] = {}
        self._built: dict[tuple[int, str], Mapping[str, Any]] = {}
        self._clauses = clauses
        self.context = Context(vocabulary, clauses, self.parameter, self.pieces["catalogues"], findings)
        self.context.columns = self._columns()

    def _days_of_change(self) -> tuple[date, ...]:
        days = {piece.since for kind, ids in self.pieces.items() for pieces in ids.values() for piece in pieces}
        return tuple(sorted({ALWAYS, *days}))

    def _columns(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for pieces in self.pieces["procedures"].values():
            for piece in pieces:
                found.update(columns(piece.rec))
        return found

    def epoch(self, on: date) -> int:
        return bisect_right(self.epochs, on) - 1

    def parameter(self, id: str) -> Parameter | None:
        """A parameter with the values of all layers, or None."""
        found = self._parameters.get(id)
        if found is None:
            pieces = self.pieces[PARAMETERS].get(id)
            if pieces is None:
                return None
            found = self._parameters[id] = parameter(pieces, self.context)
        return found

    def at(self, kind: str, epoch: int) -> Mapping[str, Any]:
        """Every construct of a kind in force in an epoch."""
        found = self._built.get((epoch, kind))
        if found is None:
            build, day = KINDS[kind].build, self.epochs[epoch]
            composed = {id: self.composed(kind, id, day) for id in self.pieces[kind]}
            found = {id: build(id, rec, self.context) for id, rec in composed.items() if rec is not None}
            self._built[epoch, kind] = found
        return found

    def composed(self, kind: str, id: str, on: date) -> Any:
        """The record of a construct with its patches of that day, or None before its own day."""
        first, *patches = self.pieces[kind][id]
        if first.since > on or first.adds_to:
            return None
        rec = first.rec
        for patch in patches:
            if patch.since <= on and patch.adds_to:
                rec = merged(rec, patch, SHAPES[kind], self._findings)
        return rec


def _sorted_out(chain: Sequence[Pack]) -> dict[str, dict[str, list[Piece]]]:
    """kind -> id -> pieces, whole one first, then patches from the law above downwards, older before newer."""
    found: dict[str, dict[str, list[Piece]]] = {kind: defaultdict(list) for kind in SHAPES}
    for pack in chain:
        for piece in sorted(pack.pieces, key=lambda piece: (bool(piece.adds_to), piece.since)):
            found[piece.kind][piece.id].append(piece)
    return {kind: dict(ids) for kind, ids in found.items()}
