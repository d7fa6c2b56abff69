"""Putting people into office and out of it."""

from datetime import date, datetime

from django.db import transaction

from linli.records.people import events
from linli.records.people.access import require
from linli.records.people.models import OfficeHeld, Person
from linli.records.people.permissions import APPOINT
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china, day_words, require_in_order
from linli.rules.plain.refusals import NotAllowed, Refused
from linli.rules.plain.texts import Text

SYSTEM = "system"


@transaction.atomic
def appoint(
    *,
    person: Person,
    office: str,
    place: Place,
    since: date,
    by: Person | None,
    at: datetime,
    until: date | None = None,
    document: str = "",
) -> OfficeHeld:
    """Put a person into an office (a word of the vocabulary, without its level) at a place; `until` is the last day.

    `by` None is the site's own set-up. Raises NotAllowed, Refused (in office already), Invalid (days out of order).
    """
    _may_appoint(person, place, by, at)
    Person.objects.select_for_update().get(pk=person.pk)
    require_in_order(since, until)
    _check_not_in_office(person, office, place, since, until)
    held = OfficeHeld.objects.create(person=person, office=office, place=place, since=since, until=until, document=document)
    done = events.OfficeAppointed(
        person=person.ref, office=held.title, place=place.pk, since=since.isoformat(), document=document
    )
    record(done, stream=place.pk, subject=person.subject, by=by.ref if by else SYSTEM, at=at)
    return held


@transaction.atomic
def end_office(*, held: OfficeHeld, until: date, by: Person | None, at: datetime, reason: str = "") -> OfficeHeld:
    """`until` is the last day in office; from the next day on there is no authority. Raises NotAllowed, Refused, Invalid."""
    held = OfficeHeld.objects.select_for_update(of=("self",)).select_related("person", "place").get(pk=held.pk)
    _may_appoint(held.person, held.place, by, at)
    if held.until is not None and held.until <= until:
        last = day_words(held.until)
        raise Refused(Text(f"任期到{last.zh}为止，已经登记过。", f"The office already ends on {last.en}."))
    require_in_order(held.since, until)
    held.until = until
    held.save(update_fields=["until"])
    done = events.OfficeEnded(
        person=held.person.ref, office=held.title, place=held.place.pk, until=until.isoformat(), reason=reason
    )
    record(done, stream=held.place.pk, subject=held.person.subject, by=by.ref if by else SYSTEM, at=at)
    return held


def _may_appoint(person: Person, place: Place, by: Person | None, at: datetime) -> None:
    if by is None:
        return
    require(by, APPOINT, place, day_in_china(at))
    if by.pk == person.pk:
        raise NotAllowed(
            Text(
                "自己的任职要由别人来登记：请上级，或本单位另一位有任免权的人办理。",
                "One's own office is for somebody else to record: the level above, or another who appoints here.",
            )
        )


def _check_not_in_office(person: Person, office: str, place: Place, since: date, until: date | None) -> None:
    overlapping = OfficeHeld.objects.filter(person=person, office=office, place=place).exclude(until__lt=since)
    if until is not None:
        overlapping = overlapping.exclude(since__gt=until)
    if overlapping.exists():
        raise Refused(
            Text(
                f"{person.name}这段时间已经在任。要改期，先办离任，再从新的日子登记。",
                f"{person.name} is already in this office at that time. To change the days, end it first and enter it anew.",
            )
        )
