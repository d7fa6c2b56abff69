"""What a regulation leaves to the place is set by the office it names, with a document."""

from collections.abc import Mapping
from datetime import date, datetime

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.services import set_local
from linli.rules.plain.days import day_in_china


def set_values(
    place: Place,
    values: Mapping[str, str],
    *,
    document: str,
    by: Person,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
) -> None:
    """From that day on; from a day to come where other values are in force. What holds for one round ends with it."""
    for parameter, value in values.items():
        set_local(
            place=place,
            parameter=parameter,
            value=value,
            since=since or day_in_china(at),
            until=until,
            document=document,
            by=by,
            at=at,
            demonstration=True,
        )
