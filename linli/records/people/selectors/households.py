"""Households and the roll, without anything sensitive."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.records.people.models import Household, PriorityHousehold, Residency
from linli.records.people.selectors.offices import holding
from linli.records.places.models import Place
from linli.records.places.selectors import beneath


def households(place: Place, on: date) -> QuerySet[Household]:
    """Households of a place and of everything inside it, without their addresses."""
    return _households(beneath(place, "place"), on)


def _households(here: Q, on: date) -> QuerySet[Household]:
    return Household.objects.filter(holding(on), here).defer("address").select_related("place")


def priority_households(place: Place, on: date) -> QuerySet[Household]:
    """Households to be asked first, without saying why."""
    return priority_among(beneath(place, "place"), on)


def priority_among(here: Q, on: date) -> QuerySet[Household]:
    """The same of those a condition names."""
    listed = PriorityHousehold.objects.filter(holding(on), household=OuterRef("pk"))
    return _households(here, on).filter(Exists(listed))


def priority_groups(place: Place, on: date) -> dict[str, int]:
    """Households per group, for planning a round. Whoever shows it to the public hides small numbers."""
    rows = PriorityHousehold.objects.filter(holding(on), beneath(place, "household__place"))
    counts: dict[str, int] = {}
    for group in rows.values_list("group", flat=True):
        counts[group] = counts.get(group, 0) + 1
    return counts


def roll(place: Place, on: date) -> QuerySet[Residency]:
    """The lines of a community's roll on a day, by name."""
    rows = Residency.objects.filter(holding(on), place=place).select_related("person", "household")
    return rows.defer("person__phone", "household__address").order_by("person__name", "id")


def household_of(person_id: object, place: Place, on: date) -> Household | None:
    """The household a person belongs to in this community on a day."""
    lines = Residency.objects.filter(holding(on), Q(person=person_id), place=place, household__isnull=False)
    line = lines.select_related("household").defer("household__address").first()
    return line.household if line else None
