"""Opening and settling duties."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from linli.records.duties import events
from linli.records.duties.models import Duty
from linli.records.duties.permissions import discharge
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.trail.services import record
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def open_duty(
    *,
    office: str,
    place: Place,
    subject: Subject,
    title: Text,
    clause: str,
    due_on: date | None,
    source: str,
    key: str,
    at: datetime,
    cadence: str = "once",
    begins_on: date | None = None,
    unset: str = "",
    done_by: tuple[str, str] = ("", ""),
) -> Duty:
    """Open a duty, or find the one already open for the same subject, source, key, place and office.

    A duty already open takes the new due day. One that was settled before does not stand in the way of a new one.
    """
    duty = _open(subject, source, key).filter(place=place, office=office).select_for_update().first()
    if duty is not None:
        return _reschedule(duty, due_on, unset, at)
    duty = Duty(
        subject_kind=subject.kind,
        subject_id=subject.id,
        office=office,
        place=place,
        title_zh=title.zh,
        title_en=title.en,
        clause=clause,
        due_on=due_on,
        source=source,
        source_key=key,
        cadence=cadence,
        begins_on=begins_on,
        unset=unset,
        through_kind=done_by[0],
        through_id=done_by[1],
        opened_at=at,
    )
    try:
        with transaction.atomic():
            duty.save(force_insert=True)
    except IntegrityError:
        # Somebody opened it at the same moment; a real violation is not found and is raised.
        found = _open(subject, source, key).filter(place=place, office=office).first()
        if found is None:
            raise
        return found
    _record_opened(duty, at)
    return duty


def _open(subject: Subject, source: str, key: str) -> QuerySet[Duty]:
    return Duty.objects.filter(
        subject_kind=subject.kind, subject_id=subject.id, source=source, source_key=key, done_at__isnull=True
    ).select_related("place")


def _record_opened(duty: Duty, at: datetime) -> None:
    event = events.DutyOpened(
        duty=duty.pk,
        office=duty.office,
        source=duty.source,
        source_key=duty.source_key,
        clause=duty.clause,
        due_on=_iso(duty.due_on),
    )
    record(event, stream=duty.place_id, subject=duty.subject, by="system", at=at)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _reschedule(duty: Duty, due_on: date | None, unset: str, at: datetime) -> Duty:
    if (duty.due_on, duty.unset) == (due_on, unset):
        return duty
    event = events.DutyRescheduled(duty=duty.pk, was_due_on=_iso(duty.due_on), due_on=_iso(due_on))
    duty.due_on, duty.unset = due_on, unset
    duty.save(update_fields=["due_on", "unset"])
    record(event, stream=duty.place_id, subject=duty.subject, by="system", at=at)
    return duty


@transaction.atomic
def settle_duty(
    *,
    subject: Subject,
    source: str,
    key: str,
    at: datetime,
    by: Person | None,
    office: str = "",
    place: Place | None = None,
    outcome: str = "done",
    note: str = "",
) -> int:
    """Settle what is open for a subject from a source; how many. Settling what is settled changes nothing.

    `office` settles only the share of one office. `outcome` is "lapsed" when it need not be done any more.
    """
    found = _open(subject, source, key)
    if office:
        found = found.filter(office=office)
    if place is not None:
        found = found.filter(place=place)
    return settle(found, by, at, outcome, note)


@transaction.atomic
def fulfil(*, subject: Subject, through: tuple[str, str], by: Person | None, at: datetime) -> int:
    """Settle the duties about a subject that this discharges, such as ("form", "fund_use") or ("evidence", "audit_report").

    Of a duty that is due several times in a period, one is settled; one that begins later is not settled in advance.
    Returns how many were settled.
    """
    begun = Q(begins_on__isnull=True) | Q(begins_on__lte=day_in_china(at))
    found = Duty.objects.filter(
        begun,
        subject_kind=subject.kind,
        subject_id=subject.id,
        through_kind=through[0],
        through_id=through[1],
        done_at__isnull=True,
    )
    first: dict[tuple[str, str], int] = {}
    for duty in found.exclude(cadence="as_needed").order_by("due_on", "source_key", "pk"):
        first.setdefault((duty.source_key.split(":")[0], duty.office), duty.pk)
    return settle(found.filter(pk__in=first.values()), by, at, "done", "")


@transaction.atomic
def discharge_duty(*, duty: Duty, note: str, by: Person, at: datetime) -> Duty:
    """An officer says that a duty is done and how. Raises NotAllowed, Invalid, Refused when it is settled already."""
    require(by, discharge(duty), duty.place, day_in_china(at))
    if not note.strip():
        text = Text("请写明是怎样办结的。", "Please say how it was done.")
        raise Invalid(text, fields={"note": text})
    if not settle(Duty.objects.filter(pk=duty.pk, done_at__isnull=True), by, at, "done", note):
        raise Refused(Text("这件事已经办结，不必再办。", "This is settled already."))
    return Duty.objects.get(pk=duty.pk)


def settle_paper(*, duty: Duty, by: Person, at: datetime) -> int:
    """Settle one duty because the very paper it asks for was filed."""
    return settle(Duty.objects.filter(pk=duty.pk, done_at__isnull=True), by, at, "done", "")


def settle(found: QuerySet[Duty], by: Person | None, at: datetime, outcome: str, note: str) -> int:
    on, count = day_in_china(at), 0
    for duty in found.select_for_update(of=("self",)).order_by("pk"):
        event = events.DutySettled(duty=duty.pk, outcome=outcome, late=duty.late_on(on), note=note)
        duty.done_at, duty.settled_by, duty.outcome, duty.note = at, by, outcome, note
        duty.save(update_fields=["done_at", "settled_by", "outcome", "note"])
        record(event, stream=duty.place_id, subject=duty.subject, by=by.ref if by else "system", at=at)
        count += 1
    return count
