"""The year's money of places, and what of it is promised to which project."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema

from linli.records.cases.selectors import visible_to
from linli.records.funds.models import Commitment, Envelope
from linli.records.funds.permissions import READ_ENVELOPE
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.web.api.asking import asked_place, listed
from linli.web.api.shapes import Listed, PlaceRef, place_ref
from linli.web.api.site import reading
from linli.web.shared import clock


class EnvelopeOut(Schema):
    id: int
    place: PlaceRef
    year: int
    amount_fen: int
    promised_fen: int
    left_fen: int
    source: str
    document: str
    dedicated: bool
    approved: bool
    set_at: datetime
    demonstration: bool


class CommitmentOut(Schema):
    id: int
    place: PlaceRef
    year: int
    project: str
    amount_fen: int
    state: str
    at: datetime
    released_at: datetime | None


@reading("/money/envelopes", may=READ_ENVELOPE, answer=Listed[EnvelopeOut], tags=["money"])
def envelopes(request: HttpRequest, place: str = "", year: int | None = None) -> Listed[EnvelopeOut]:
    """The year's money of places, the newest first. `place`: a place and everything in it. `year`: of which year."""
    return listed(envelope_rows(asked_place(place), year), request, envelopes_out)


@reading("/money/commitments", may=READ_ENVELOPE, answer=Listed[CommitmentOut], tags=["money"])
def commitments(request: HttpRequest, place: str = "", year: int | None = None) -> Listed[CommitmentOut]:
    """Money promised to projects everybody may see, the newest first; what was given back stays as history.

    `place`: from the money of a place and everything in it. `year`: from the money of which year.
    """
    return listed(commitment_rows(asked_place(place), year), request, commitments_out)


def envelope_rows(place: Place | None, year: int | None) -> QuerySet[Envelope]:
    found = Envelope.objects.select_related("place")
    found = found.filter(beneath(place, "place")) if place is not None else found
    return found.filter(year=year) if year is not None else found


def commitment_rows(place: Place | None, year: int | None) -> QuerySet[Commitment]:
    found = Commitment.objects.filter(subject_kind="case").select_related("envelope__place")
    found = found.filter(beneath(place, "envelope__place")) if place is not None else found
    return found.filter(envelope__year=year) if year is not None else found


def envelopes_out(rows: Sequence[Envelope]) -> list[EnvelopeOut]:
    return [
        EnvelopeOut(
            id=row.pk,
            place=place_ref(row.place),
            year=row.year,
            amount_fen=row.amount_fen,
            promised_fen=row.promised_fen,
            left_fen=row.left_fen,
            source=row.source,
            document=row.document,
            dedicated=row.dedicated,
            approved=row.approved,
            set_at=row.set_at,
            demonstration=row.demonstration,
        )
        for row in rows
    ]


def commitments_out(rows: Sequence[Commitment]) -> list[CommitmentOut]:
    """What is promised to a matter outsiders may not know of is left out."""
    cases = [int(row.subject_id) for row in rows if row.subject_id.isdecimal()]
    codes = {str(pk): code for pk, code in visible_to(None, clock.today()).filter(pk__in=cases).values_list("pk", "code")}
    return [
        CommitmentOut(
            id=row.pk,
            place=place_ref(row.envelope.place),
            year=row.envelope.year,
            project=codes[row.subject_id],
            amount_fen=row.amount_fen,
            state=row.state,
            at=row.at,
            released_at=row.released_at,
        )
        for row in rows
        if row.subject_id in codes
    ]
