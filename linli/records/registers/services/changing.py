"""Amending and striking rows. What stood before stays readable."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.evidence.forms.reading import Sheet
from linli.records.people.models import Person
from linli.records.registers import events
from linli.records.registers.book import Keeping, keeping
from linli.records.registers.models import Row
from linli.records.registers.permissions import keepers, require_among
from linli.records.registers.services.writing import (
    discharge,
    public_words,
    read_row,
    refuse_twice,
    sealed_event,
    sealed_facts,
    sealed_text,
    version_of,
)
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def amend_row(*, row: Row, data: Mapping[str, object], reason: str, by: Person, at: datetime) -> Row:
    """A new version of a row. Sealed fields that are left blank stay as they were.

    Raises NotAllowed, Invalid (mistakes, no reason), Refused (struck already, or the key is another row's).
    """
    row = locked(row)
    kept = keeping(row.place, row.register, day_in_china(at))
    require_among(by, keepers(kept), kept)
    given(reason)
    standing(row)
    kept_sealed = {key: value for key, value in sealed_facts(row).items() if data.get(key) in (None, "", [])}
    rewrite(row, kept, read_row(kept, {**data, **kept_sealed}), reason=reason.strip(), by=by, at=at)
    return row


@transaction.atomic
def strike_row(*, row: Row, reason: str, by: Person, at: datetime) -> Row:
    """Take a row out of force from today on; it stays in the history and in the count of what was struck.

    Raises NotAllowed, Invalid (no reason), Refused (struck already, or still unanswered).
    """
    row = locked(row)
    kept = keeping(row.place, row.register, day_in_china(at))
    require_among(by, keepers(kept), kept)
    given(reason)
    standing(row)
    strike(row, reason=reason.strip(), by=by, at=at)
    return row


def locked(row: Row) -> Row:
    return Row.objects.select_for_update(of=("self",)).select_related("place").get(pk=row.pk)


def given(reason: str) -> None:
    if not reason.strip():
        text = Text("请写明理由，以后的人要看得懂。", "Please give the reason, for those who read it later.")
        raise Invalid(text, fields={"reason": text})


def standing(row: Row) -> None:
    if row.struck_on is not None:
        raise Refused(Text("这一条已经移出清单，不再改动。", "This row was struck; it is not changed any more."))


def rewrite(row: Row, kept: Keeping, sheet: Sheet, *, reason: str, by: Person | None, at: datetime) -> None:
    row.data, row.sealed, row.complete = sheet.data, sealed_text(sheet), sheet.complete
    row.key, row.words = kept.key_of(sheet.data), public_words(kept, sheet.data)
    refuse_twice(kept, [row], apart_from=row.pk)
    row.version, row.changed_on = row.version + 1, day_in_china(at)
    row.save(update_fields=["data", "sealed", "complete", "key", "words", "version", "changed_on"])
    version = version_of(row, "amended", by=by, at=at, reason=reason)
    version.save(force_insert=True)
    event = events.RowAmended(register=row.register, row=row.pk, version=row.version, digest=version.digest, reason=reason)
    sealed_event(event, row, by=by, at=at)
    discharge([row], kept, by=by, at=at)


def strike(row: Row, *, reason: str, by: Person | None, at: datetime) -> None:
    if row.waits:
        raise Refused(Text("这一条还没有答复，先答复再移出。", "This row has not been answered yet; answer it first."))
    row.struck_on, row.strike_reason = max(day_in_china(at), row.since), reason
    row.version, row.changed_on = row.version + 1, day_in_china(at)
    row.save(update_fields=["struck_on", "strike_reason", "version", "changed_on"])
    version_of(row, "struck", by=by, at=at, reason=reason).save(force_insert=True)
    event = events.RowStruck(register=row.register, row=row.pk, version=row.version, reason=reason)
    sealed_event(event, row, by=by, at=at)
