"""While a matter is stopped nothing is owed about it; when it goes on, it is owed again, later by the days it stood still."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.records.duties.models import Duty
from linli.records.duties.services.calendar import OBLIGATION
from linli.records.duties.services.duties import open_duty, settle
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import paused, running
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import Subject
from linli.rules.policy.rules import Rules


@transaction.atomic
def pause_duties(
    *, subject: Subject, procedure: str, place: Place, rules: Rules, by: Person | None, at: datetime, note: str
) -> int:
    """Take back what is owed about a stopped matter, and what its place owes only while it runs. How many duties."""
    return settle(_open(_about(subject, _standing_still(procedure, place, rules, at))), by, at, "paused", note)


@transaction.atomic
def resume_duties(*, subject: Subject, procedure: str, place: Place, rules: Rules, since: datetime, at: datetime) -> int:
    """Open anew what was taken back since the matter was stopped. Its own deadlines move by the days it stood still; of the
    calendar's, one whose day has gone by meanwhile is not asked for any more."""
    days = (day_in_china(at) - day_in_china(since)).days
    of_calendar = _of_calendar(place, _while(procedure, rules, at))
    found = Duty.objects.filter(outcome="paused", done_at__gte=since).filter(_about(subject, of_calendar)).select_related("place")
    again = [(duty, _due_again(duty, days)) for duty in found.order_by("pk")]
    kept = [(duty, due) for duty, due in again if duty.source != OBLIGATION or due is None or due >= day_in_china(at)]
    for duty, due in kept:
        _again(duty, due, at)
    return len(kept)


def _due_again(duty: Duty, days: int) -> date | None:
    if duty.due_on is None or duty.source == OBLIGATION:
        return duty.due_on
    return duty.due_on + timedelta(days=days)


def _again(duty: Duty, due_on: date | None, at: datetime) -> None:
    open_duty(
        office=duty.office,
        place=duty.place,
        subject=duty.subject,
        title=duty.title,
        clause=duty.clause,
        due_on=due_on,
        source=duty.source,
        key=duty.source_key,
        at=at,
        cadence=duty.cadence,
        begins_on=duty.begins_on,
        unset=duty.unset,
        done_by=(duty.through_kind, duty.through_id),
    )


def _open(condition: Q) -> QuerySet[Duty]:
    return Duty.objects.filter(condition, done_at__isnull=True)


def _about(subject: Subject, of_calendar: Q) -> Q:
    return Q(subject_kind=subject.kind, subject_id=subject.id) | of_calendar


def _standing_still(procedure: str, place: Place, rules: Rules, at: datetime) -> Q:
    """The calendar's duties that last while such a matter runs, where no other one runs at the place."""
    others = running("case", procedure).filter(place=place).exclude(paused())
    return Q(pk__in=()) if others.exists() else _of_calendar(place, _while(procedure, rules, at))


def _while(procedure: str, rules: Rules, at: datetime) -> list[str]:
    known = rules.obligations(day_in_china(at)).values()
    return [each.id for each in known if each.while_procedure == procedure]


def _of_calendar(place: Place, obligations: list[str]) -> Q:
    named = Q(pk__in=())
    for each in obligations:
        named |= Q(source_key__startswith=f"{each}:")
    return Q(source=OBLIGATION, subject_kind="place_year", subject_id__startswith=f"{place.code}/") & named
