"""An opinion's answer as duties keep it: owed to an office, by a day where one is set."""

from datetime import datetime

from linli.records.meetings.models import Opinion
from linli.records.people.models import Person


def owe_answer(opinion: Opinion, *, at: datetime) -> None:
    """Put the answer on the list of the office that owes it."""


def pay_answer(opinion: Opinion, *, by: Person, at: datetime) -> None:
    """Take it off that list."""
