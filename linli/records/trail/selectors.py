"""Reading the trail."""

import hmac

from django.db.models import QuerySet

from linli.records.trail.models import Event, Opening
from linli.records.trail.spelling import commitment
from linli.rules.plain.subjects import Subject


def events_of(subject: Subject) -> QuerySet[Event]:
    """Everything sealed about a subject, oldest first."""
    return Event.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("id")


def events_in(stream: str, after_seq: int = 0, limit: int = 100) -> QuerySet[Event]:
    """A page of a stream, in order."""
    return Event.objects.filter(stream=stream, seq__gt=after_seq).order_by("seq")[:limit]


def opens(event: Event, field: str, value: object) -> bool:
    """Whether this is the personal value that was sealed. False too once its salt has been erased."""
    opening = Opening.objects.filter(event=event, field=field).first()
    if opening is None:
        return False
    sealed: str = event.data[field]["commitment"]
    return hmac.compare_digest(commitment(bytes(opening.salt), value), sealed)
