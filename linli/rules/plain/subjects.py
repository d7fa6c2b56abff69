"""What an act is about, named without a foreign key, so that low layers can speak of high ones."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """`kind` is a singular noun (need, case, notice, meeting, place_year …), `id` its key as text."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def parse(cls, ref: str) -> "Subject":
        kind, _, key = ref.partition(":")
        if not kind or not key:
            raise ValueError(f"not a subject reference: {ref!r}")
        return cls(kind, key)


def place_year(place: str, year: int) -> Subject:
    """The year of a place (by code): a subject without a table, on which coverage and budgets hang."""
    return Subject("place_year", f"{place}/{year}")
