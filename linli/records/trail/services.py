"""Adding to the trail."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.records.trail.models import Event, Opening, Stream
from linli.records.trail.registry import Kind, kind_of, values_of
from linli.records.trail.spelling import commitment, envelope
from linli.rules.plain.subjects import Subject
from linli.rules.proof.canonical import canonical
from linli.rules.proof.digests import linked


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where an event now stands, and the digests that prove it."""

    event_id: int
    stream: str
    seq: int
    sha256: str
    sm3: str

    @property
    def receipt(self) -> str:
        """Short enough to be read out: `440305007001/12/9f86d081884c7d65`."""
        return f"{self.stream}/{self.seq}/{self.sha256[:16]}"


@transaction.atomic
def record(done: object, *, stream: str, subject: Subject, by: str, office: str = "", at: datetime, decision: str = "") -> Sealed:
    """Seal what was done as the next event of a stream. Call it inside the transaction of the act itself.

    `stream` is a place code, `by` a person's ref, "system" or "anonymous", `at` an aware moment, `decision` the
    digest of the decision record. TypeError if the event is not declared or holds what JSON cannot spell exactly.
    """
    kind = kind_of(done)
    data, openings = _sealed_fields(done, kind)
    head = _locked_head(stream)
    event = Event(
        stream=stream,
        seq=head.seq + 1,
        kind=kind.name,
        subject_kind=subject.kind,
        subject_id=subject.id,
        by=by,
        office=office,
        at=at,
        decision=decision,
    )
    _seal(event, head, data)
    for opening in openings:
        opening.event = event
        opening.save(force_insert=True)
    return Sealed(event.id, stream, event.seq, event.sha256, event.sm3)


@transaction.atomic
def erase_openings(*, subject: Subject) -> int:
    """Forget the salts of every personal field sealed about a subject; the number of fields that can no longer be opened.

    The chain stays whole: it holds only commitments. Erasing the values is the work of the app that keeps them.
    """
    erased, _ = Opening.objects.filter(event__subject_kind=subject.kind, event__subject_id=subject.id).delete()
    return erased


def _locked_head(code: str) -> Stream:
    """The head, read after the lock is held: one read before would be the head of a moment ago."""
    head = Stream.objects.select_for_update().filter(pk=code).first()
    if head is None:
        # Whoever comes second waits here for the first, and then finds the row.
        Stream.objects.bulk_create([Stream(code=code)], ignore_conflicts=True)
        head = Stream.objects.select_for_update().get(pk=code)
    return head


def _seal(event: Event, head: Stream, data: dict[str, object]) -> None:
    body = canonical(envelope(event, data))
    now = linked(head.digests, body)
    event.body = body
    event.prev_sha256, event.prev_sm3 = head.sha256, head.sm3
    event.sha256, event.sm3 = now.sha256, now.sm3
    event.save(force_insert=True)
    Stream.objects.filter(pk=head.pk).update(seq=event.seq, sha256=now.sha256, sm3=now.sm3)


def _sealed_fields(done: object, kind: Kind) -> tuple[dict[str, object], list[Opening]]:
    data = values_of(done)
    openings = []
    for field in sorted(kind.personal):
        salt = secrets.token_bytes(32)
        made = commitment(salt, data[field])
        data[field] = {"commitment": made}
        openings.append(Opening(field=field, salt=salt, digest=made))
    return data, openings
