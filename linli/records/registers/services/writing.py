"""Writing rows and their versions: what every service here does in the same way."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from linli.records.duties import services as duties
from linli.records.evidence.forms.reading import Sheet, read_form
from linli.records.evidence.sealing import canonical, digest_of, fresh_salt
from linli.records.people.models import Person
from linli.records.places.selectors import at_level
from linli.records.registers import events
from linli.records.registers.book import Keeping
from linli.records.registers.models import Row, Version
from linli.records.trail import services as trail
from linli.rules.gates.model import Facts
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.subjects import Subject, place_year
from linli.rules.plain.texts import Text, quoted

REPLY = "query"


@dataclass(frozen=True)
class Span:
    """From when a row holds, and until when if that is known."""

    since: date
    until: date | None = None


def read_row(kept: Keeping, data: Mapping[str, object], *, draft: bool = False) -> Sheet:
    """Raises Invalid with `fields` naming every mistake."""
    return read_form(kept.form, data, kept.form_rules(), draft=draft)


def public_words(kept: Keeping, data: Facts) -> str:
    """What anybody may search for: the public texts of a row, and the titles of what was chosen."""
    found: list[str] = []
    for field in kept.form.fields.values():
        value = data.get(field.key)
        if field.public != "public" or value in (None, "", []):
            continue
        entries = kept.catalogues[field.catalogue].entries if field.catalogue in kept.catalogues else {}
        found += [entries[code].title.zh if code in entries else str(code) for code in _entries(value) if isinstance(code, str)]
    return " ".join(found)


def sealed_text(sheet: Sheet) -> str:
    return canonical(sheet.sealed).decode() if sheet.sealed else ""


def sealed_facts(row: Row) -> Facts:
    """The sealed fields, for services only."""
    found: Facts = json.loads(row.sealed.open()) if row.sealed else {}
    return found


def new_row(
    kept: Keeping, sheet: Sheet, span: Span, *, by: Person | None, at: datetime, about: Subject | None, demonstration: bool
) -> Row:
    """A row that is not written yet, with what it is owed when the list is a ledger."""
    on = day_in_china(at)
    row = Row(
        place=kept.place,
        register=kept.register.id,
        key=kept.key_of(sheet.data),
        words=public_words(kept, sheet.data),
        data=sheet.data,
        sealed=sealed_text(sheet),
        complete=sheet.complete,
        since=span.since,
        until=span.until,
        changed_on=span.since,
        about_kind=about.kind if about else "",
        about_id=about.id if about else "",
        entered_by=by,
        entered_at=at,
        demonstration=demonstration,
    )
    if kept.register.answer is not None:
        row.owes = _who_owes(kept)
        period = kept.answer_period
        row.due_on = kept.rules.calendar.after(on, period) if period else None
    return row


def _who_owes(kept: Keeping) -> str:
    """The first office of the pack that there is for this place; the others may answer as well."""
    assert kept.register.answer is not None
    for office in kept.register.answer.by:
        if at_level(kept.place, office.partition(".")[0]) is not None:
            return office
    return kept.register.answer.by[0]


def version_of(row: Row, act: str, *, by: Person | None, at: datetime, reason: str = "") -> Version:
    """The version that says what the row says now; not written yet."""
    salt = fresh_salt()
    said = {"register": row.register, "data": row.data, "sealed": row.sealed.open(), "since": row.since.isoformat()}
    return Version(
        row=row,
        number=row.version,
        act=act,
        data=row.data,
        sealed=row.sealed,
        complete=row.complete,
        on=day_in_china(at) if act != "entered" else row.since,
        by=by,
        at=at,
        reason=reason,
        salt=salt,
        digest=digest_of(said, salt=salt),
    )


def write(rows: Sequence[Row], kept: Keeping, *, by: Person | None, at: datetime) -> None:
    """New rows with their first versions, sealed one by one, and what they discharge and owe."""
    refuse_twice(kept, rows)
    try:
        with transaction.atomic():
            Row.objects.bulk_create(rows)
    except IntegrityError:
        refuse_twice(kept, rows)  # somebody entered it at the same moment
        raise
    versions = [version_of(row, "entered", by=by, at=at) for row in rows]
    Version.objects.bulk_create(versions)
    sealed = [(_entered(row, version), row.subject) for row, version in zip(rows, versions, strict=True)]
    trail.record_all(sealed, stream=kept.place.code, by=by.ref if by else "system", at=at)
    for row in rows:
        owe(row, kept, at=at)
    discharge(rows, kept, by=by, at=at)


def _entered(row: Row, version: Version) -> events.RowEntered:
    return events.RowEntered(register=row.register, row=row.pk, digest=version.digest, about=str(row.about or ""))


def refuse_twice(kept: Keeping, rows: Sequence[Row], *, apart_from: int | None = None) -> None:
    """A list that finds its rows by a key holds each key once at a time."""
    keys = [row.key for row in rows if row.key]
    since = min((row.since for row in rows), default=kept.on)
    there = standing_rows(kept, since).filter(key__in=keys).exclude(pk=apart_from or 0)
    twice = {*there.values_list("key", flat=True), *(key for key in keys if keys.count(key) > 1)}
    if twice:
        first, title = sorted(twice)[:5], kept.register.title
        zh, en = quoted("、".join(first)), quoted(", ".join(first))
        raise Refused(
            Text(
                f"{quoted(title.zh)}里已经有{zh}。要改就修改那一条；不再有效的先移出。",
                f"{quoted(title.en)} has {en} already. Amend that row, or strike it first if it no longer holds.",
            )
        )


def standing_rows(kept: Keeping, on: date) -> QuerySet[Row]:
    """Rows not struck and not over."""
    there = Row.objects.filter(place=kept.place, register=kept.register.id, struck_on__isnull=True)
    return there.filter(Q(until__isnull=True) | Q(until__gte=on))


def owe(row: Row, kept: Keeping, *, at: datetime) -> None:
    """A row of a ledger waits on the list of the office that owes the answer."""
    if not row.owes or kept.register.answer is None:
        return
    duties.open_reply(
        subject=row.subject,
        kind=REPLY,
        office=row.owes,
        place=at_level(row.place, row.owes.partition(".")[0]) or row.place,
        clause=kept.register.answer.clause,
        due_on=row.due_on,
        asked_at=at,
        at=at,
    )


def discharge(rows: Sequence[Row], kept: Keeping, *, by: Person | None, at: datetime) -> None:
    """Settle what the place owes for its year through this list, and what the matter owes from which the row came."""
    on = day_in_china(at)
    through: set[str] = set()
    for obligation in kept.rules.obligations(on).values():
        if obligation.done_by_register != kept.register.id:
            continue
        column, holds = obligation.done_by_entry
        if not column:
            through.add(kept.register.id)
        elif any(holds in _entries(row.data.get(column)) for row in rows):
            through.add(f"{kept.register.id}:{column}={holds}")
    subjects = {place_year(kept.place.code, on.year), *(row.about for row in rows if row.about)}
    for subject in sorted(subjects):
        for name in sorted(through):
            duties.fulfil(subject=subject, through=("register", name), by=by, at=at)


def _entries(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def sealed_event(event: object, row: Row, *, by: Person | None, at: datetime, office: str = "") -> None:
    ref = by.ref if by else "system"
    trail.record(event, stream=row.place_id, subject=row.subject, by=ref, office=office, at=at)
