"""What a reader sees of a list. Sealed fields never leave; staff fields only for the offices of the place and above it."""

from collections.abc import Mapping
from datetime import date

from linli.records.people.access import may
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.registers.book import Keeping, book
from linli.records.registers.permissions import READ_HERE
from linli.rules.policy.models import Field


def seen_registers(person: Person | None, place: Place, on: date) -> Mapping[str, Keeping]:
    """The lists of this place the reader may know of: the public ones; all of them for its offices and those above."""
    all_of_it = may(person, READ_HERE, place, on)
    return {id: kept for id, kept in book(place, on).items() if all_of_it or kept.register.public == "public"}


def seen_fields(kept: Keeping, *, staff: bool) -> list[Field]:
    """The fields of a row a reader sees, in the order of the form."""
    shown = ("public", "staff") if staff else ("public",)
    return [field for field in kept.form.fields.values() if field.public in shown]
