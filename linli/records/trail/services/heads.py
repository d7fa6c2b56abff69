"""The row one waits for before adding to a chain."""

from linli.records.trail.models import Checkpoint, Event, Stream
from linli.rules.proof.digests import linked


def locked_head(code: str) -> Stream:
    """The head, read after the lock is held: one read before would be the head of a moment ago."""
    head = Stream.objects.select_for_update().filter(pk=code).first()
    if head is None:
        # Whoever comes second waits here for the first, and then finds the row.
        Stream.objects.bulk_create([Stream(code=code)], ignore_conflicts=True)
        head = Stream.objects.select_for_update().get(pk=code)
    return head


def seal(row: Event | Checkpoint, body: bytes, head: Stream) -> None:
    """Put a row behind the head of its chain; the head is now this row. Neither is written yet."""
    now = linked(head.digests, body)
    row.body = body
    row.prev_sha256, row.prev_sm3 = head.sha256, head.sm3
    row.sha256, row.sm3 = head.sha256, head.sm3 = now.sha256, now.sm3
    head.seq += 1
