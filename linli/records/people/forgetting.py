"""What every app shares when a person is forgotten: how what is found is told, and whose act an act was."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from linli.records.people.fields import Secret
from linli.records.people.models import OfficeHeld, Person
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.texts import Text

# Stands where words must stand and the person's own are gone.
GONE = "（已应本人要求删去）"


@dataclass(frozen=True, slots=True)
class Found:
    """So many of one kind of thing. `stays` None: it goes; else why it stays."""

    what: Text
    number: int
    stays: Text | None = None


def people_forgotten() -> int:
    """How many there are by now: what a process remembers of anybody's words is older than the last of them, or is not."""
    return Person.objects.filter(erased_at__isnull=False).count()


def reached_by(person: Person) -> Callable[[Secret], bool]:
    """Whether a contact somebody left is this person's number; nothing is, of a person without one."""
    phone = _digits(person.phone.open())
    return lambda contact: len(phone) >= 7 and _digits(contact.open()).endswith(phone[-11:])


def out_of_office(person: Person, moment: str) -> Q:
    """Acts at a `moment` (a column) when the person held no office: those were the person's own, not an office's."""
    own = Q()
    for held in OfficeHeld.objects.filter(person=person):
        within = Q(**{f"{moment}__gte": _begin(held.since)})
        own &= ~(within & Q(**{f"{moment}__lt": _begin(held.until + timedelta(days=1))}) if held.until else within)
    return own


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
