"""Keeping households, the roll, and the list of whom to ask first."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from linli.records.people import events
from linli.records.people.access import require
from linli.records.people.models import Household, Person, PriorityHousehold, Residency
from linli.records.people.permissions import KEEP_ROLL
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china, day_words, require_in_order
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text, quoted


@transaction.atomic
def register_household(
    *, place: Place, label: str, address: str, since: date, by: Person, at: datetime, demonstration: bool = False
) -> Household:
    """Enter a household of a community under a working label. Raises NotAllowed, Invalid, Refused (label taken)."""
    _at_community(place)
    require(by, KEEP_ROLL, place, day_in_china(at))
    label = label.strip()
    if not label:
        need = Text("请给这一户一个编号。", "Give the household a label.")
        raise Invalid(need, fields={"label": need})
    _label_free(place, label)
    household = Household(place=place, label=label, address=address, since=since, demonstration=demonstration)
    try:
        with transaction.atomic():
            household.save(force_insert=True)
    except IntegrityError:
        _label_free(place, label)  # somebody took it at the same moment
        raise
    done = events.HouseholdRegistered(household=household.ref, label=label)
    record(done, stream=place.pk, subject=household.subject, by=by.ref, at=at)
    return household


@transaction.atomic
def enter_roll(
    *, person: Person, place: Place, since: date, by: Person, at: datetime, household: Household | None = None
) -> Residency:
    """Put a person on a community's roll from a day on. Raises NotAllowed, Refused."""
    _at_community(place)
    require(by, KEEP_ROLL, place, day_in_china(at))
    Person.objects.select_for_update().get(pk=person.pk)
    if household is not None and household.place_id != place.pk:
        raise Refused(Text("这一户不在本社区。", "That household is of another community."))
    if Residency.objects.filter(person=person, place=place).exclude(until__lt=since).exists():
        raise Refused(Text(f"{person.name}已在本社区名册上。", f"{person.name} is on this community's roll already."))
    residency = Residency.objects.create(person=person, place=place, household=household, since=since)
    done = events.RollEntered(
        person=person.ref, place=place.pk, household=household.ref if household else "", since=since.isoformat()
    )
    record(done, stream=place.pk, subject=person.subject, by=by.ref, at=at)
    return residency


@transaction.atomic
def leave_roll(*, residency: Residency, until: date, by: Person, at: datetime) -> Residency:
    """`until` is the last day on the roll. Raises NotAllowed, Refused, Invalid."""
    residency = Residency.objects.select_for_update(of=("self",)).select_related("person", "place").get(pk=residency.pk)
    require(by, KEEP_ROLL, residency.place, day_in_china(at))
    if residency.until is not None and residency.until <= until:
        last = day_words(residency.until)
        raise Refused(Text(f"名册上到{last.zh}为止，已经登记过。", f"The roll already ends on {last.en}."))
    require_in_order(residency.since, until)
    residency.until = until
    residency.save(update_fields=["until"])
    done = events.RollLeft(person=residency.person.ref, place=residency.place_id, until=until.isoformat())
    record(done, stream=residency.place_id, subject=residency.person.subject, by=by.ref, at=at)
    return residency


@transaction.atomic
def mark_priority(
    *, household: Household, group: str, since: date, by: Person, at: datetime, detail: str = ""
) -> PriorityHousehold:
    """List a household under a group of the pack's catalogue (low income, disability …). Raises NotAllowed, Refused."""
    require(by, KEEP_ROLL, household.place, day_in_china(at))
    Household.objects.select_for_update().get(pk=household.pk)
    if PriorityHousehold.objects.filter(household=household, group=group, until__isnull=True).exists():
        raise Refused(Text("这一户已列入这一类。", "The household is listed in this group already."))
    priority = PriorityHousehold.objects.create(household=household, group=group, since=since, detail=detail)
    done = events.PriorityMarked(household=household.ref, group=group, since=since.isoformat())
    record(done, stream=household.place_id, subject=household.subject, by=by.ref, at=at)
    return priority


@transaction.atomic
def end_priority(*, priority: PriorityHousehold, until: date, by: Person, at: datetime) -> PriorityHousehold:
    """`until` is the last day on the list. Raises NotAllowed, Invalid."""
    found = PriorityHousehold.objects.select_for_update(of=("self",)).select_related("household__place")
    priority = found.get(pk=priority.pk)
    require(by, KEEP_ROLL, priority.household.place, day_in_china(at))
    require_in_order(priority.since, until)
    priority.until = until
    priority.save(update_fields=["until"])
    done = events.PriorityEnded(household=priority.household.ref, group=priority.group, until=until.isoformat())
    record(done, stream=priority.household.place_id, subject=priority.household.subject, by=by.ref, at=at)
    return priority


def _label_free(place: Place, label: str) -> None:
    if Household.objects.filter(place=place, label=label).exists():
        raise Refused(Text(f"编号{quoted(label)}已有一户在用。", f"Another household has the label {label!r}."))


def _at_community(place: Place) -> None:
    if place.level != "community":
        raise Refused(Text("名册和户只记在社区。", "Rolls and households are kept by communities."))
