"""Who holds which office on a day."""

from datetime import date

from django.db.models import Q, QuerySet

from linli.records.people.models import OfficeHeld, Person, Residency
from linli.records.places.models import LEVELS, Place
from linli.records.places.selectors import beneath
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
    """The offices a person holds on a day, the highest place first."""
    return _OFFICES(person.pk, on)


_OFFICES = Prepared(
    lambda person, on: (
        OfficeHeld.objects.filter(holding(on), person=person).select_related("place").order_by("place__path", "office")
    )
)
_ON_ROLL = Prepared(lambda person, on, line: Residency.objects.filter(holding(on), person=person, place__in=line)[:1])


def holders(office: str, place: Place, on: date) -> QuerySet[Person]:
    """The persons who hold an office (without its level) at exactly this place."""
    return Person.objects.filter(pk__in=OfficeHeld.objects.filter(holding(on), office=office, place=place).values("person"))


def staff_of(place: Place, on: date) -> QuerySet[OfficeHeld]:
    """Everybody in office at this place and in the places inside it."""
    found = OfficeHeld.objects.filter(holding(on), beneath(place, "place")).select_related("person", "place")
    return found.order_by("place__path", "office", "since")
