"""Reading the trail, and proving to somebody outside what was read."""

import hmac
import re
from bisect import bisect_right
from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from linli.records.trail.models import Checkpoint, Event, Opening
from linli.records.trail.spelling import commitment, line_of
from linli.records.trail.tree import StoredTree
from linli.rules.plain.subjects import Subject
from linli.rules.proof.digests import Pair

_RECEIPT = re.compile(r"([^/\s]+)/(\d{1,18})/([0-9a-f]{16,64})")


def acts_so_far() -> int:
    """Grows with every act that was committed, wherever it was done."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(seq), 0) FROM trail_stream")
        return int(cursor.fetchone()[0])


def events_of(subject: Subject) -> QuerySet[Event]:
    """Everything sealed about a subject, oldest first."""
    return Event.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")


def events_in(stream: str, after_seq: int = 0, limit: int = 100) -> QuerySet[Event]:
    """A page of a stream, in order."""
    return Event.objects.filter(stream=stream, seq__gt=after_seq).order_by("seq")[:limit]


def event_of_receipt(receipt: str) -> Event | None:
    """The event a receipt such as `440305007001/12/9f86d081884c7d65` was given for; None if there is none like it."""
    parts = _RECEIPT.fullmatch(receipt.strip().lower())
    if parts is None:
        return None
    return Event.objects.filter(stream=parts[1], seq=int(parts[2]), sha256__startswith=parts[3]).first()


def opens(event: Event, field: str, value: object) -> bool:
    """Whether this is the personal value that was sealed. False too once its salt has been erased."""
    opening = Opening.objects.filter(event=event, field=field).first()
    if opening is None:
        return False
    sealed: str = event.data[field]["commitment"]
    return hmac.compare_digest(commitment(bytes(opening.salt), value), sealed)


def checkpoints() -> QuerySet[Checkpoint]:
    """All of them, the newest first."""
    return Checkpoint.objects.order_by("-number")


def latest_checkpoint() -> Checkpoint | None:
    return checkpoints().first()


def covering_checkpoint(event: Event) -> Checkpoint | None:
    """The first checkpoint over an event; None while it waits for one."""
    leaf = _leaf(event)
    return None if leaf is None else Checkpoint.objects.filter(size__gt=leaf).order_by("number").first()


def covering_checkpoints(events: Sequence[Event]) -> list[Checkpoint | None]:
    """As `covering_checkpoint`, for many events at the cost of two questions; let them bring their `leaf` with them."""
    known = list(Checkpoint.objects.order_by("number").values_list("size", "number"))
    sizes = [size for size, _ in known]
    places = [None if (leaf := _leaf(event)) is None else bisect_right(sizes, leaf) for event in events]
    numbers = [None if place is None or place == len(known) else known[place][1] for place in places]
    wanted = {number for number in numbers if number is not None}
    found = {each.number: each for each in Checkpoint.objects.filter(number__in=wanted)}
    return [None if number is None else found[number] for number in numbers]


def checkpoint_file(checkpoint: Checkpoint) -> dict[str, object]:
    """What is published, and what `linli verify --anchor` takes: the sealed bytes and their digests."""
    return line_of(checkpoint)


def proofs_of(events: "list[Event] | QuerySet[Event]", checkpoint: Checkpoint) -> list[dict[str, object]]:
    """Each event with its path to the root of a checkpoint. LookupError for one that waits for the next."""
    tree = StoredTree(checkpoint.size)
    return [_proof(event, tree) for event in events]


def consistency_of(old: Checkpoint, new: Checkpoint) -> dict[str, object]:
    """The proof that the events under `new` begin with the events under `old`."""
    path = StoredTree(new.size).consistency(old.size)
    return {"old": old.size, "size": new.size, **_paths(path)}


def _proof(event: Event, tree: StoredTree) -> dict[str, object]:
    leaf = _leaf(event)
    if leaf is None or leaf >= tree.size:
        raise LookupError(f"{event} waits for the next checkpoint")
    return {**line_of(event), "leaf": leaf, "size": tree.size, **_paths(tree.inclusion(leaf))}


def _leaf(event: Event) -> int | None:
    leaf = getattr(event, "leaf", None)
    return None if leaf is None else int(leaf.index)


def _paths(path: list[Pair]) -> dict[str, object]:
    return {"path_sha256": [each.sha256 for each in path], "path_sm3": [each.sm3 for each in path]}
