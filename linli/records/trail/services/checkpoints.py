"""Fixing, from time to time, one root over everything that happened anywhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from linli.records.trail.models import CHECKPOINTS, Checkpoint, Event, Stream
from linli.records.trail.services.heads import locked_head, seal
from linli.records.trail.spelling import moment
from linli.records.trail.tree import StoredTree, append
from linli.rules.proof.canonical import canonical


@transaction.atomic
def take_checkpoint(*, at: datetime) -> Checkpoint | None:
    """Seal the state of all streams under one Merkle root. Without new events the last one stands; None before any."""
    head = locked_head(CHECKPOINTS)
    last = Checkpoint.objects.order_by("number").last()
    before = last.heads if last else {}
    grown = [stream for stream in _streams() if stream.seq > _seq(before, stream.code)]
    if not grown:
        return last
    size = append(_new_events(grown, before), last.size if last else 0)
    root = StoredTree(size).root()
    checkpoint = Checkpoint(number=head.seq + 1, at=at, size=size, root_sha256=root.sha256, root_sm3=root.sm3)
    heads = before | {stream.code: [stream.seq, stream.sha256, stream.sm3] for stream in grown}
    seal(checkpoint, canonical(envelope(checkpoint, heads)), head)
    checkpoint.save(force_insert=True)
    head.save()
    return checkpoint


def envelope(checkpoint: Checkpoint, heads: dict[str, list[Any]]) -> dict[str, object]:
    """Everything that is hashed. The heads let an outsider say which stream was rewritten, not only that one was."""
    return {
        "v": 1,
        "number": checkpoint.number,
        "at": moment(checkpoint.at),
        "size": checkpoint.size,
        "root_sha256": checkpoint.root_sha256,
        "root_sm3": checkpoint.root_sm3,
        "heads": heads,
    }


def _streams() -> list[Stream]:
    """All heads in one reading: whatever is added meanwhile waits for the next checkpoint."""
    return list(Stream.objects.exclude(pk=CHECKPOINTS).order_by("code"))


def _new_events(grown: list[Stream], before: dict[str, list[Any]]) -> Iterator[int]:
    for stream in grown:
        new = Event.objects.filter(stream=stream.code, seq__gt=_seq(before, stream.code), seq__lte=stream.seq)
        yield from new.order_by("seq").values_list("id", flat=True).iterator()


def _seq(heads: dict[str, list[Any]], code: str) -> int:
    return int(heads[code][0]) if code in heads else 0
