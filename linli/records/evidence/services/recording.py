"""How evidence speaks to the trail."""

from datetime import datetime

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.subjects import Subject


def seal(event: object, *, place: Place, subject: Subject, by: Person | None, at: datetime) -> None:
    """Seal an event in the stream of a place. No person means the system itself."""
    record(event, stream=place.code, subject=subject, by=by.ref if by else "system", at=at)
