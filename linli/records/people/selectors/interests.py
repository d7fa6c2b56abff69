"""Who must stay out of a matter, and why. Ties are followed one step beyond what a person declared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.records.people.models import Interest, Organisation, Person, Residency
from linli.records.prepared import Prepared
from linli.rules.plain.texts import Text

Party = Person | Organisation
_FIRM = ("employer", "shareholding")
_TIES = {
    "kin": Text("亲属", "kin"),
    "employer": Text("任职", "employment"),
    "shareholding": Text("持股", "shares"),
    "other": Text("其他利害关系", "another interest"),
    "self": Text("本人", "the same person"),
    "same_phone": Text("同一电话", "the same phone"),
    "same_household": Text("同住一户", "the same household"),
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A tie between a person and a party: the kinds on the way, and the person in the middle when it is indirect."""

    party: Party
    path: tuple[str, ...]
    through: Person | None = None

    @property
    def text(self) -> Text:
        """Says the kind of tie and the party; whoever is in the middle is not named."""
        zh = "的".join(_TIES[kind].zh for kind in self.path)
        en = ", then ".join(_TIES[kind].en for kind in self.path)
        return Text(f"与{self.party.name}有利害关系：{zh}。", f"Tied to {self.party.name} by {en}.")


@dataclass(frozen=True)
class Parties:
    """Everybody with a stake in a matter. `interested` are those whose tie alone makes somebody recused."""

    proposers: Sequence[Person] = ()
    designers: Sequence[Person] = ()
    suppliers: Sequence[Party] = ()
    applicants: Sequence[Party] = ()
    interested: Sequence[Party] = ()


def conflicts_of(person: Person, parties: Iterable[Party], on: date, years_back: int = 0) -> list[Conflict]:
    """Every tie between a person and the parties on a day, direct ones first; empty when there is none.

    Direct: the person, kin (either may have declared it), one household, the same phone, employer, shares, other. One step
    further: any of these people inside a party organisation; a party who owns of the firm one works for, or the reverse.
    `years_back` also counts ties that ended within so many years, where a place's rules want it.
    """
    wanted = list(parties)
    if not wanted:
        return []
    ties = _Ties.around(person, _years_before(on, years_back), on)
    found = [conflict for party in wanted for conflict in ties.to(party)]
    return sorted(found, key=lambda conflict: len(conflict.path))


def conflicts_among(
    persons: Iterable[Person], parties: Iterable[Party], on: date, years_back: int = 0
) -> dict[Person, list[Conflict]]:
    """`conflicts_of` for many: those with a conflict. Only whom anything leads to a party is looked at one by one."""
    wanted, first = list(parties), _years_before(on, years_back)
    asked = {person.pk: person for person in persons}
    if not wanted:
        return {}
    near = _led_to(list(asked.values()), wanted, first, on)
    found = {person: conflicts_of(person, wanted, on, years_back) for pk, person in asked.items() if pk in near}
    return {person: conflicts for person, conflicts in found.items() if conflicts}


def _led_to(persons: list[Person], parties: list[Party], first: date, on: date) -> set[UUID]:
    """Whoever has an interest, is a party or inside one, or shares a household or a phone with somebody who is."""
    ids = [person.pk for person in persons]
    alive = Interest.objects.filter(_alive(first, on))
    rows = alive.filter(Q(person__in=ids) | Q(other_person__in=ids)).values_list("person_id", "other_person_id")
    found = {pk for row in rows for pk in row if pk}
    inside = alive.filter(organisation__in=[party for party in parties if isinstance(party, Organisation)])
    insiders = dict(inside.values_list("person_id", "person__phone_index"))
    insiders |= {party.pk: party.phone_index for party in parties}
    homes = Residency.objects.filter(_alive(first, on), person__in=list(insiders), household__isnull=False)
    mates = Residency.objects.filter(_alive(first, on), person__in=ids, household__in=homes.values("household"))
    found |= set(mates.values_list("person_id", flat=True)) | insiders.keys()
    phones = {phone for phone in insiders.values() if phone}
    return found | {person.pk for person in persons if person.phone_index in phones}


def relations_of(person: Person | None, parties: Parties, on: date, years_back: int = 0) -> frozenset[str]:
    """The person's relations to a matter in the vocabulary's words: proposer, designer, supplier, applicant, recused."""
    if person is None:
        return frozenset()
    relations = {
        "proposer": person in parties.proposers,
        "designer": person in parties.designers,
        "supplier": _belongs(person, parties.suppliers, on),
        "applicant": _belongs(person, parties.applicants, on),
        "recused": bool(conflicts_of(person, [*parties.suppliers, *parties.applicants, *parties.interested], on, years_back)),
    }
    return frozenset(name for name, holds in relations.items() if holds)


def interests_of(person: Person, on: date) -> QuerySet[Interest]:
    """What a person declared or is known to have, without the notes."""
    found = Interest.objects.filter(_alive(on, on), person=person)
    return found.defer("note").select_related("other_person", "organisation")


def _belongs(person: Person, parties: Sequence[Party], on: date) -> bool:
    """Whether the person is the party, or works for it or owns of it."""
    if person in parties:
        return True
    firms = [party.pk for party in parties if isinstance(party, Organisation)]
    return bool(_WORKS_FOR(person.pk, on, firms))


@dataclass(frozen=True)
class _Ties:
    """What is known around one person; `near` are kin and household, by the kind of tie."""

    person: Person
    own: list[Interest]
    near: dict[UUID, str]
    first: date
    on: date

    @classmethod
    def around(cls, person: Person, first: date, on: date) -> "_Ties":
        own = _OWN(person.pk, first, on)
        near = dict.fromkeys(_household(person, first, on), "same_household")
        for row in own:
            if row.kind == "kin" and row.other_person_id is not None:
                near[row.other_person_id if row.person_id == person.pk else row.person_id] = "kin"
        return cls(person, own, near, first, on)

    def to(self, party: Party) -> list[Conflict]:
        if party == self.person:
            return [Conflict(party, ("self",))]
        if isinstance(party, Organisation):
            return self._direct(party) + self._inside(party)
        return self._direct(party) + self._in_business(party)

    def _direct(self, party: Party) -> list[Conflict]:
        kinds = [row.kind for row in self.own if party.pk in (row.person_id, row.other_person_id, row.organisation_id)]
        if self.near.get(party.pk) == "same_household":
            kinds.append("same_household")
        if self._same_phone(party):
            kinds.append("same_phone")
        return [Conflict(party, (kind,)) for kind in dict.fromkeys(kinds)]

    def _inside(self, party: Organisation) -> list[Conflict]:
        """Somebody near, or with the same phone, who works for the organisation or owns of it."""
        found = []
        for row in _INSIDE(party.pk, self.person.pk, self.first, self.on):
            near = self.near.get(row.person_id) or ("same_phone" if self._same_phone(row.person) else "")
            if near:
                found.append(Conflict(party, (near, row.kind), row.person))
        return found

    def _in_business(self, party: Person) -> list[Conflict]:
        """One of the two owns of the firm the other works for, or both own of one. Colleagues alone are none."""
        firms = {row.organisation_id: row.kind for row in self.own if row.organisation_id and row.kind in _FIRM}
        theirs = _OF_FIRMS(party.pk, self.first, self.on, list(firms))
        paths = [(firms[row.organisation_id], row.kind) for row in theirs if row.organisation_id in firms]
        return [Conflict(party, path) for path in paths if "shareholding" in path]

    def _same_phone(self, other: Party) -> bool:
        return bool(self.person.phone_index) and other.phone_index == self.person.phone_index


_WORKS_FOR = Prepared(
    lambda person, on, firms: Interest.objects.filter(
        _alive(on, on), person=person, kind__in=["employer", "shareholding"], organisation__in=firms
    ).defer("note")[:1]
)
_OWN = Prepared(
    lambda person, first, on: (
        Interest.objects.filter(_alive(first, on)).filter(Q(person=person) | Q(other_person=person)).defer("note")
    )
)
_INSIDE = Prepared(
    lambda organisation, person, first, on: (
        Interest.objects.filter(_alive(first, on), organisation=organisation)
        .exclude(person=person)
        .select_related("person")
        .defer("note")
    )
)
_OF_FIRMS = Prepared(
    lambda person, first, on, firms: Interest.objects.filter(
        _alive(first, on), person=person, kind__in=_FIRM, organisation__in=firms
    ).defer("note")
)
_MATES = Prepared(
    lambda person, first, on: Residency.objects.filter(
        _alive(first, on),
        household__in=Residency.objects.filter(_alive(first, on), person=person, household__isnull=False).values("household"),
    ).exclude(person=person)
)


def _household(person: Person, first: date, on: date) -> list[UUID]:
    return [mate.person_id for mate in _MATES(person.pk, first, on)]


def _alive(first: date, last: date) -> Q:
    return Q(since__lte=last) & (Q(until__isnull=True) | Q(until__gte=first))


def _years_before(day: date, years: int) -> date:
    if day.month == 2 and day.day == 29:
        day = day.replace(day=28)
    return day.replace(year=day.year - years)
