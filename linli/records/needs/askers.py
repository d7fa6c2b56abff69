"""Who asks: the person, the household and the phone brought together, so that nobody is counted twice."""

from dataclasses import dataclass
from datetime import date

from linli.records.needs.sources import source_key
from linli.records.people.models import Household, Person
from linli.records.people.phones import phone_index
from linli.records.people.selectors import household_of
from linli.records.places.models import Place


@dataclass(frozen=True, slots=True)
class Asker:
    """`who` tells one asker from another; "" when nothing does."""

    person: Person | None
    household: Household | None
    source: str
    who: str


def asker_of(
    *, place: Place, on: date, person: Person | None, household: Household | None, phone: str, name: str, paper_ref: str
) -> Asker:
    """The asker as far as the roll knows: a phone of exactly one resident is that resident; a resident's household is known."""
    index = phone_index(phone)
    person = person or _with_phone(index)
    if household is None and person is not None:
        household = household_of(person.pk, place, on)
    source = source_key(person.ref if person else "", index)
    return Asker(person, household, source, who_of(source, household.ref if household else "", name, paper_ref))


def who_of(source: str, household_ref: str, name: str, paper_ref: str) -> str:
    """What tells one asker from another, the surest first."""
    return source or household_ref or (f"name:{name}" if name else "") or (f"paper:{paper_ref}" if paper_ref else "")


def _with_phone(index: str) -> Person | None:
    if not index:
        return None
    found = list(Person.objects.filter(phone_index=index, kind="resident", erased_at__isnull=True)[:2])
    return found[0] if len(found) == 1 else None
