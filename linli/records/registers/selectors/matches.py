"""Which rows of other lists may answer a row: of the same class, then by likeness of words. Suggested, never decided."""

from dataclasses import dataclass
from datetime import date

from linli.records.registers.book import Keeping, book
from linli.records.registers.models import Row
from linli.records.registers.selectors.rows import in_force, rows_of
from linli.rules.matching.nearest import index_of

SHOWN = 5
CANDIDATES = 2_000


@dataclass(frozen=True)
class Match:
    """`same` names the columns in which both hold the same entry; `likeness` of the words is between 0 and 1."""

    row: Row
    kept: Keeping
    same: tuple[str, ...]
    likeness: float


def matches_of(row: Row, on: date) -> dict[str, list[Match]]:
    """Register -> its best rows for this one, at most five, of the same place. Empty where the pack names no register."""
    shelf = book(row.place, on)
    kept = shelf.get(row.register)
    if kept is None:
        return {}
    return {id: _best(row, kept, shelf[id], on) for id in _others(kept, shelf) if id in shelf}


def _others(kept: Keeping, shelf: dict[str, Keeping]) -> list[str]:
    """Named by this list, or naming it: a resource shows the needs it could answer."""
    naming = [id for id, other in shelf.items() if kept.register.id in other.register.meets_with]
    return list(dict.fromkeys((*kept.register.meets_with, *naming)))


def _best(row: Row, kept: Keeping, other: Keeping, on: date) -> list[Match]:
    there = {each.pk: each for each in rows_of(row.place, other.register.id).filter(in_force(on))[:CANDIDATES]}
    index = index_of((pk, _words(each, other)) for pk, each in there.items())
    alike = {match.key: match.likeness for match in index.nearest(_words(row, kept), limit=len(there) or 1, floor=0.0001)}
    found = [Match(each, other, _same(row, kept, each, other), alike.get(pk, 0.0)) for pk, each in there.items()]
    kin = [match for match in found if match.same]
    return sorted(kin, key=lambda match: (-len(match.same), -match.likeness, match.row.pk))[:SHOWN]


def _same(row: Row, kept: Keeping, each: Row, other: Keeping) -> tuple[str, ...]:
    """Columns by the same catalogue that share an entry."""
    found = []
    for field in kept.form.fields.values():
        if not field.catalogue:
            continue
        for theirs in other.form.fields.values():
            if theirs.catalogue == field.catalogue and _entries(row, field.key) & _entries(each, theirs.key):
                found.append(field.key)
    return tuple(dict.fromkeys(found))


def _entries(row: Row, key: str) -> set[object]:
    value = row.data.get(key)
    return set(value) if isinstance(value, list) else {value} - {None}


def _words(row: Row, kept: Keeping) -> str:
    texts = [field.key for field in kept.form.fields.values() if field.type in ("text", "long_text") and field.public == "public"]
    return " ".join(str(row.data[key]) for key in texts if row.data.get(key))
