"""Entering rows, one by one or from a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.registers.book import Keeping, keeping
from linli.records.registers.models import Row
from linli.records.registers.permissions import askers, keepers, require_among
from linli.records.registers.services.writing import Span, new_row, read_row, standing_rows, write
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

MOST = 5_000


@dataclass(frozen=True)
class Entered:
    """What became of a sheet: the rows that were taken, and of every other its number and what to mend, by column."""

    rows: Sequence[Row]
    wrong: Mapping[int, Mapping[str, Text]]


@transaction.atomic
def enter_row(
    *,
    place: Place,
    register: str,
    data: Mapping[str, object],
    by: Person,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    about: Subject | None = None,
    demonstration: bool = False,
) -> Row:
    """Enter a row in a list of this place, in force from today unless it says otherwise.

    Raises NotFound (no such list here), NotAllowed (the keepers; of a ledger whoever its form is for), Invalid with every
    mistake, Refused when the list has a row of this key already.
    """
    kept = keeping(place, register, day_in_china(at))
    require_among(by, askers(kept), kept)
    span = spanned(kept, since, until)
    row = new_row(kept, read_row(kept, data), span, by=by, at=at, about=about, demonstration=demonstration)
    write([row], kept, by=by, at=at)
    return row


@transaction.atomic
def enter_rows(
    *,
    place: Place,
    register: str,
    rows: Sequence[Mapping[str, object]],
    by: Person,
    at: datetime,
    since: date | None = None,
    demonstration: bool = False,
) -> Entered:
    """Enter what can be taken of a sheet and say of the rest what to mend. Raises NotFound, NotAllowed, Invalid (too many)."""
    kept = keeping(place, register, day_in_china(at))
    require_among(by, keepers(kept), kept)
    if len(rows) > MOST:
        raise Invalid(Text(f"一次最多 {MOST} 行，请拆开。", f"At most {MOST} rows at a time; please split it."))
    span = spanned(kept, since, None)
    there = set(standing_rows(kept, span.since).exclude(key="").values_list("key", flat=True))
    taken: list[Row] = []
    wrong: dict[int, Mapping[str, Text]] = {}
    for number, data in enumerate(rows):
        try:
            sheet = read_row(kept, data)
        except Invalid as error:
            wrong[number] = error.fields
            continue
        row = new_row(kept, sheet, span, by=by, at=at, about=None, demonstration=demonstration)
        if row.key and row.key in there:
            wrong[number] = {kept.register.key: Text("清单里已经有这一条。", "The list has it already.")}
            continue
        there.add(row.key)
        taken.append(row)
    if taken:
        write(taken, kept, by=by, at=at)
    return Entered(taken, wrong)


def spanned(kept: Keeping, since: date | None, until: date | None) -> Span:
    first = since or kept.on
    if until is not None and until < first:
        text = Text("结束日期不能早于开始日期。", "It cannot end before it begins.")
        raise Invalid(text, fields={"until": text})
    return Span(first, until)
