"""Who holds which office on a day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.records.people.models import OfficeHeld, Person, Residency
from linli.records.places.models import LEVELS, Place, PlaceChange
from linli.records.places.selectors import beneath, merged, went_on_in
from linli.records.prepared import Prepared
from linli.rules.gates.model import Actor

ANONYMOUS = "anonymous"
# Everybody holds these, signed in or not (the vocabulary's `anyone`).
_ANYONE = frozenset(f"{level}.anyone" for level in LEVELS[: LEVELS.index("community") + 1])


def holding(on: date, through: str = "") -> Q:
    """Rows with `since` and `until` that hold on a day. `until` is the last day: the next day they are over.

    `through`: the way to them from other rows, as in `Count("seats", filter=holding(on, "seats__"))`.
    """
    begun, over = Q(**{f"{through}since__lte": on}), Q(**{f"{through}until__gte": on})
    return begun & (Q(**{f"{through}until__isnull": True}) | over)


def actor_for(person: Person | None, place: Place, on: date) -> Actor:
    """The person as gates see them at a place: offices held on its line upwards, the roll, and what everybody is."""
    if person is None or person.erased_at is not None:
        return Actor(ANONYMOUS, _ANYONE)
    line = place.ancestor_codes
    offices = {held.title for held in offices_of(person, on) if held.place_id in line}
    if on_roll(person, place, on):
        offices.add("community.resident")
    return Actor(person.ref, _ANYONE | offices)


def on_roll(person: Person, place: Place, on: date) -> bool:
    """Whether the person is on the roll of the community that this place is or lies in."""
    return bool(_ON_ROLL(person.pk, on, list(place.ancestor_codes)))


def offices_of(person: Person, on: date) -> list[OfficeHeld]:
    """The offices a person holds on a day, the highest place first. Whoever holds one at a place holds it too at the places
    that ended and go on in this one, so that what was open there stays in hands."""
    held = _OFFICES(person.pk, on)
    heirs = [each for each in held if each.goes_on]  # type: ignore[attr-defined]
    return [*held, *_inherited(heirs, held, on)] if heirs else held


def _inherited(heirs: list[OfficeHeld], held: list[OfficeHeld], on: date) -> list[OfficeHeld]:
    """One step back each time: a place that ended may itself have gone on with another."""
    known, found = {(each.place_id, each.office) for each in held}, []
    while heirs:
        before = went_on_in({each.place_id for each in heirs}, on)
        heirs = [
            _at(each, place) for each in heirs for place in before.get(each.place_id, ()) if (place.pk, each.office) not in known
        ]
        known |= {(each.place_id, each.office) for each in heirs}
        found += heirs
    return found


def _at(held: OfficeHeld, place: Place) -> OfficeHeld:
    return OfficeHeld(
        pk=held.pk,
        person_id=held.person_id,
        office=held.office,
        place=place,
        since=held.since,
        until=held.until,
        document=held.document,
    )


def _with_heirs(person: UUID, on: date) -> QuerySet[OfficeHeld]:
    goes_on = Exists(PlaceChange.objects.filter(merged(on), successor=OuterRef("place")))
    found = OfficeHeld.objects.filter(holding(on), person=person).annotate(goes_on=goes_on)
    return found.select_related("place").order_by("place__path", "office")


def _lines_of_roll(person: UUID, on: date, line: Sequence[str]) -> QuerySet[Residency]:
    """Residents of a community that went on in exactly one other are on the roll of that one."""
    elsewhere = PlaceChange.objects.filter(merged(on), place=OuterRef("place")).exclude(successor=OuterRef("successor"))
    whole = PlaceChange.objects.filter(merged(on), ~Exists(elsewhere), successor__in=line).values("place")
    return Residency.objects.filter(Q(place__in=line) | Q(place__in=whole), holding(on), person=person)[:1]


_OFFICES = Prepared(_with_heirs)
_ON_ROLL = Prepared(_lines_of_roll)


def holders(office: str, place: Place, on: date) -> QuerySet[Person]:
    """The persons who hold an office (without its level) at exactly this place."""
    return Person.objects.filter(pk__in=OfficeHeld.objects.filter(holding(on), office=office, place=place).values("person"))


def staff_of(place: Place, on: date) -> QuerySet[OfficeHeld]:
    """Everybody in office at this place and in the places inside it."""
    found = OfficeHeld.objects.filter(holding(on), beneath(place, "place")).select_related("person", "place")
    return found.order_by("place__path", "office", "since")
