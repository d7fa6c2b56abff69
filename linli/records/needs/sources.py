"""Who is counted. One source is a person or a household: a household's form and its member's form are one (S1-34)."""

from collections.abc import Iterable

from linli.records.people.sealed import blind_index
from linli.rules.matching.words import plain

# Whoever asks as one of these stands for a resident or a household; leaders, delegates and departments do not.
COUNTED = ("resident", "household")


def source_key(person_ref: str, phone_index: str) -> str:
    """Who asked: the person where known, else the phone; "" for a household's own form or a name nobody can tell apart."""
    if person_ref:
        return person_ref
    return f"phone:{phone_index}" if phone_index else ""


def fingerprint(place: str, year: int, who: str, what: str, where: str) -> str:
    """The same wish of the same asker in the same year. Keyed: it gives nothing away."""
    return blind_index("|".join((place, str(year), who, plain(what), plain(where))), "need")


def count_sources(rows: Iterable[tuple[str, str]]) -> int:
    """`rows` are (household, source) of everybody asked, "" where not known. A household counts max(1, its persons).

    A person found in two households, or once with and once without one, is still one person.
    """
    asked = set(rows)
    persons = {source for _, source in asked if source}
    with_persons = {household for household, source in asked if household and source}
    forms_only = {household for household, source in asked if household and not source} - with_persons
    return len(persons) + len(forms_only)
