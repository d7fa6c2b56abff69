"""How an event is spelt before it is hashed, and when it leaves the house."""

import hashlib
from datetime import UTC, datetime

from linli.records.trail.models import Checkpoint, Event
from linli.rules.proof.canonical import canonical


def envelope(event: Event, data: dict[str, object]) -> dict[str, object]:
    """Everything that is hashed. The columns of the row repeat it; the verifier compares them."""
    return {"v": 1, **_columns(event), "data": data}


def moment(at: datetime) -> str:
    """`2021-04-08T01:02:03.000000Z`: one spelling for one moment. ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def commitment(salt: bytes, value: object) -> str:
    """SHA-256 over the salt and the canonical value. Without the salt nobody can try names until one fits."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def line_of(row: Event | Checkpoint) -> dict[str, object]:
    """How a row leaves the house: its columns, its stored bytes as text, its digests. See docs/reference/trail-export.md."""
    # Stored bytes are UTF-8; should somebody have spoilt them, they still leave exactly as they are.
    sealed = {"body": bytes(row.body).decode("utf-8", "surrogateescape")}
    digests = {name: getattr(row, name) for name in ("prev_sha256", "sha256", "prev_sm3", "sm3")}
    return {**(_columns(row) if isinstance(row, Event) else {}), **sealed, **digests}


def _columns(event: Event) -> dict[str, object]:
    return {
        "stream": event.stream,
        "seq": event.seq,
        "kind": event.kind,
        "subject": str(event.subject),
        "by": event.by,
        "office": event.office,
        "at": moment(event.at),
        "decision": event.decision,
    }
