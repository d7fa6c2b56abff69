"""Who scores by a card, and who opens and closes a scoring: read from the pack, filled with the people of the day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from linli.records.bodies.models import Seat
from linli.records.people.models import OfficeHeld, Organisation, Person, Residency
from linli.records.people.phones import phone_index
from linli.records.people.selectors import actor_for, conflicts_among, holding
from linli.records.places.models import LEVELS, Place
from linli.records.places.selectors import at_level, beneath
from linli.records.rulebook.roles import spelled
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure, Scorecard
from linli.rules.policy.rules import Rules

_ROLL = frozenset({"resident", "household", "anyone"})


@dataclass(frozen=True)
class Asked:
    """Somebody asked to score, as which office, at which place."""

    person: Person
    office: str
    place: Place


def by_residents(card: Scorecard) -> bool:
    """Whether everybody on the roll may score."""
    return any(office.partition(".")[2] in _ROLL for office in card.rated_by)


def asked_by_office(card: Scorecard, place: Place, on: date) -> list[Asked]:
    """The holders of the offices, and the members of the bodies, that score by this card. Each person once."""
    found: dict[UUID, Asked] = {}
    for office in card.rated_by:
        level, _, name = office.partition(".")
        if name not in _ROLL:
            for one in [*_in_office(level, name, place, on), *_seated(level, name, place, on)]:
                found.setdefault(one.person.pk, one)
    return list(found.values())


def _in_office(level: str, name: str, place: Place, on: date) -> Iterable[Asked]:
    rows = OfficeHeld.objects.filter(holding(on), office=name).select_related("person", "place")
    there = at_level(place, level)
    if there is not None:
        rows = rows.filter(place=there)
    elif LEVELS.index(level) > LEVELS.index(place.level):
        rows = rows.filter(beneath(place, "place"), place__level=level)
    else:
        return []
    return [Asked(row.person, f"{level}.{name}", row.place) for row in rows.order_by("place__path", "person__name", "id")]


def _seated(level: str, name: str, place: Place, on: date) -> Iterable[Asked]:
    there = at_level(place, level)
    if there is None:
        return []
    seats = Seat.objects.filter(holding(on), body__place=there, body__kind=name).select_related("person")
    return [Asked(seat.person, f"{level}.{name}", there) for seat in seats.order_by("person__name", "id")]


def on_roll_of(person: Person, place: Place, on: date) -> bool:
    """Whether somebody is on the roll of the place: of the community it is or lies in, or of one inside it."""
    rows = Residency.objects.filter(holding(on), person=person)
    return rows.filter(place__in=place.ancestor_codes).exists() or rows.filter(beneath(place, "place")).exists()


def communities_of(person: Person, on: date) -> list[Place]:
    """The communities on whose roll somebody is."""
    return [row.place for row in Residency.objects.filter(holding(on), person=person).select_related("place")]


def resident_named(name: str, phone: str, place: Place, on: date) -> Person:
    """The one resident of this name on the roll of the place or inside it; the telephone tells two of one name apart.

    Raises Invalid at `resident` (nobody, or several) or `resident-phone`.
    """
    here = Q(place__in=place.ancestor_codes) | beneath(place, "place")
    rows = Residency.objects.filter(holding(on), here, person__name=name.strip())
    if phone.strip():
        rows = rows.filter(person__phone_index=phone_index(phone.strip()))
    found = list({row.person_id: row.person for row in rows.select_related("person")[:3]}.values())
    if len(found) == 1:
        return found[0]
    if found:
        text = Text("名册上有同名的居民，请再写手机号。", "Several of this name are on the roll; give the telephone number too.")
        raise Invalid(text, fields={"resident-phone": text})
    text = Text("这里的名册上没有这位居民，请核对姓名和手机号。", "Nobody of this name and number is on the roll here.")
    raise Invalid(text, fields={"resident": text})


def ties(persons: Iterable[Person], parties: Iterable[str], on: date) -> dict[Person, Text]:
    """Persons with an interest in a party, each with the closest tie. `parties` are refs."""
    refs = list(parties)
    wanted = [*_named(Person, "person", refs), *_named(Organisation, "organisation", refs)]
    return {person: conflicts[0].text for person, conflicts in conflicts_among(persons, wanted, on).items()} if wanted else {}


def _named(model: type[Person] | type[Organisation], kind: str, refs: Iterable[str]) -> list[Person | Organisation]:
    ids = [UUID(ref.partition(":")[2]) for ref in refs if ref.startswith(f"{kind}:")]
    return list(model._default_manager.filter(pk__in=ids))


def hosts(rules: Rules, card: Scorecard, procedure: Procedure | None, level: str, on: date) -> tuple[str, ...]:
    """The offices that open and close a scoring: of the matter's procedure, else of the obligation or choice that wants it."""
    named: list[str] = []
    if procedure is not None:
        for role in procedure.roles.values():
            named += [*role.offices, *role.assisted_by, *(each for instead in role.instead for each in instead.offices)]
        named += [office for act in procedure.acts.values() for office in act.by if office not in procedure.roles]
    else:
        named += [each for owed in rules.obligations(on).values() if owed.scorecard == card.id for each in owed.by]
        named += [each for quota in rules.quotas(on).values() if quota.graded_by == card.id for each in quota.decided_by]
        named += card.rated_by
    plain = [spelt for office in named for spelt in spelled(office, level)]
    return tuple(dict.fromkeys(office for office in plain if office.partition(".")[2] not in _ROLL))


def office_among(person: Person | None, offices: Iterable[str], place: Place, on: date) -> str:
    """The first of these offices the person holds on the line of the place; "" if none."""
    if person is None:
        return ""
    held = actor_for(person, place, on).offices
    return next((office for office in offices if office in held), "")
