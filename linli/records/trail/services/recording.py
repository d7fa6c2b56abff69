"""Sealing one event."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.records.trail.models import Event, Opening
from linli.records.trail.registry import Kind, kind_of, values_of
from linli.records.trail.services.heads import locked_head, seal
from linli.records.trail.spelling import commitment, envelope
from linli.rules.plain.subjects import Subject
from linli.rules.proof.canonical import canonical


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


def record(done: object, *, stream: str, subject: Subject, by: str, office: str = "", at: datetime, decision: str = "") -> Sealed:
    """Seal what was done as the next event of a stream. Call it inside the transaction of the act itself.

    `stream` is a place code, `by` a person's ref, "system" or "anonymous", `at` an aware moment, `decision` the
    digest of the decision record. TypeError if the event is not declared or holds what JSON cannot spell exactly.
    """
    return record_all([(done, subject)], stream=stream, by=by, office=office, at=at, decision=decision)[0]


@transaction.atomic
def record_all(
    acts: Iterable[tuple[object, Subject]], *, stream: str, by: str, office: str = "", at: datetime, decision: str = ""
) -> list[Sealed]:
    """As `record`, for what one person did to many subjects of a place at once, such as one part of an import."""
    head = locked_head(stream)
    events: list[Event] = []
    openings: list[Opening] = []
    for done, subject in acts:
        kind = kind_of(done)
        event = Event(stream=stream, seq=head.seq + 1, kind=kind.name, by=by, office=office, at=at, decision=decision)
        event.subject_kind, event.subject_id = subject.kind, subject.id
        data, opened = _sealed_fields(done, kind, event)
        seal(event, canonical(envelope(event, data)), head)
        events.append(event)
        openings += opened
    Event.objects.bulk_create(events)
    Opening.objects.bulk_create(openings)
    head.save()
    return [Sealed(event.id, stream, event.seq, event.sha256, event.sm3) for event in events]


def _sealed_fields(done: object, kind: Kind, event: Event) -> tuple[dict[str, object], list[Opening]]:
    data = values_of(done)
    openings = []
    for field in sorted(kind.personal):
        salt = secrets.token_bytes(32)
        made = commitment(salt, data[field])
        data[field] = {"commitment": made}
        openings.append(Opening(event=event, field=field, salt=salt, digest=made))
    return data, openings
