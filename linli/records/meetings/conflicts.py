"""Whose interests lie on an item's table: asked of people for everybody called."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from linli.records.people.models import Organisation, Person
from linli.records.people.selectors import conflicts_among
from linli.rules.plain.texts import Text


def known_conflicts(persons: Iterable[Person], parties: Iterable[str], on: date) -> dict[Person, Text]:
    """Persons with a tie to a party on that day, each with the closest one. `parties` are refs."""
    wanted = [*_named(Person, "person", parties), *_named(Organisation, "organisation", parties)]
    if not wanted:
        return {}
    return {person: conflicts[0].text for person, conflicts in conflicts_among(persons, wanted, on).items()}


def _named(model: type[Person] | type[Organisation], kind: str, refs: Iterable[str]) -> list[Person | Organisation]:
    ids = [UUID(ref.partition(":")[2]) for ref in refs if ref.startswith(f"{kind}:")]
    return list(model._default_manager.filter(pk__in=ids))
