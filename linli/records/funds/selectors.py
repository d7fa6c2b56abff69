"""What there is, what is promised, what is left."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet, Sum

from linli.records.funds.models import Commitment, Contribution, Envelope
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.subjects import Subject

PROPOSED_FROM = "community_envelope"


def envelope_of(place: Place, year: int) -> Envelope | None:
    """The year's money of exactly this place."""
    return _ENVELOPE.first(place.pk, year)


def left(place: Place, year: int) -> int | None:
    """What is not promised yet, in fen. None: nobody has set the year's money, which is not the same as nothing left."""
    envelope = envelope_of(place, year)
    return envelope.left_fen if envelope else None


def left_after(subject: Subject, amount_fen: int, place: Place, year: int) -> int | None:
    """What would be left if this subject took so much; what it holds already is counted once. May be negative."""
    now = left(place, year)
    if now is None:
        return None
    held = commitment_of(subject)
    mine = held.amount_fen if held and (held.envelope.place_id, held.envelope.year) == (place.pk, year) else 0
    return now + mine - amount_fen


def commitment_of(subject: Subject) -> Commitment | None:
    """The money a subject holds now."""
    return _COMMITTED.first(subject.kind, subject.id)


_ENVELOPE = Prepared(lambda place, year: Envelope.objects.filter(place=place, year=year).order_by("pk")[:1])
# One at most: "commitment_one_per_subject".
_COMMITTED = Prepared(
    lambda kind, id: (
        Commitment.objects.filter(subject_kind=kind, subject_id=id)
        .exclude(state="released")
        .select_related("envelope__place")
        .order_by()
    )
)
_SOURCES = Prepared(lambda kind, id: Contribution.objects.filter(subject_kind=kind, subject_id=id))


def commitments(envelope: Envelope) -> QuerySet[Commitment]:
    """Everything promised from an envelope, released ones included, oldest first."""
    return envelope.commitments.order_by("id")


def contributions(subject: Subject) -> Sequence[Contribution]:
    """Where a subject's money comes from, in the order it was named."""
    return _SOURCES(subject.kind, subject.id)


def sources_gap(subject: Subject, amount_fen: int) -> int | None:
    """Amount less all named sources. None while none is named."""
    rows = Contribution.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    total = rows.aggregate(total=Sum("amount_fen"))["total"]
    return None if total is None else amount_fen - total


def envelopes_in(place: Place, year: int) -> QuerySet[Envelope]:
    """The year's money of this place and of every place in it."""
    return Envelope.objects.filter(beneath(place, "place"), year=year).select_related("place").order_by("place__path")


def proposed_amount(place: Place, on: date) -> int | None:
    """The year's money the rules speak of for one place, as a proposal; None where they give none."""
    rules = rules_at(place)
    if PROPOSED_FROM not in rules.parameters(on):
        return None
    value = rules.read(PROPOSED_FROM, on=on).value
    return value if isinstance(value, int) and not isinstance(value, bool) else None
