"""Whose interests lie on an item's table: what is known to people, asked in one place."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from linli.records.people.models import Interest, Person
from linli.records.people.selectors import holding
from linli.rules.plain.texts import Text

_KINDS = {
    "kin": Text("与当事人是亲属", "kin of a party"),
    "employer": Text("在当事单位任职", "works for a party"),
    "shareholding": Text("持有当事单位股份", "holds shares of a party"),
    "other": Text("与当事人有其他利害关系", "has another interest in a party"),
}
_SELF = Text("本人就是当事人", "is a party")


def known_conflicts(persons: Iterable[Person], parties: Iterable[str], on: date) -> dict[Person, Text]:
    """Persons with a tie to a party on that day, each with the first reason found. One query."""
    refs = set(parties)
    if not refs:
        return {}
    by_id = {person.id: person for person in persons}
    found = {person: _SELF for person in by_id.values() if person.ref in refs}
    people = [ref.partition(":")[2] for ref in refs if ref.startswith("person:")]
    organisations = [ref.partition(":")[2] for ref in refs if ref.startswith("organisation:")]
    ties = Interest.objects.filter(holding(on)).filter(
        Q(person__in=by_id, other_person__in=people)
        | Q(person__in=by_id, organisation__in=organisations)
        | Q(person__in=people, other_person__in=by_id)
    )
    for tie in ties:
        for key in (tie.person_id, tie.other_person_id):
            person = by_id.get(key) if key else None
            if person is not None and person.ref not in refs:
                found.setdefault(person, _KINDS[tie.kind])
    return found
