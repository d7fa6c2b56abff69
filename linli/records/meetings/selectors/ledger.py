"""The opinion ledger."""

from django.db.models import F, QuerySet

from linli.records.meetings.models import Meeting, Opinion
from linli.records.places.models import Place
from linli.records.places.selectors import beneath


def opinions_of(meeting: Meeting) -> QuerySet[Opinion]:
    return Opinion.objects.filter(meeting=meeting).select_related("item", "speaker")


def opinions_owed(place: Place, office: str = "") -> QuerySet[Opinion]:
    """Not answered yet, the most urgent first; those without a date last."""
    owed = Opinion.objects.filter(beneath(place, "meeting__place"), replied_at__isnull=True)
    if office:
        owed = owed.filter(owner=office)
    return owed.order_by(F("due_on").asc(nulls_last=True), "id").select_related("meeting")
