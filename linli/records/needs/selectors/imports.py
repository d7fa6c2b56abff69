"""What became of a spreadsheet: its rejected rows, and the files that go out."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linli.records.needs.form import need_form
from linli.records.needs.intake import template as sheets
from linli.records.needs.intake.columns import ORIGIN, REASON, columns_of, our_title
from linli.records.needs.models import ImportBatch, ImportRow
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.texts import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the column as the sheet calls it ("" for the row as a whole), why, and what stood there."""

    column: str
    reason: Text
    original: str


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """Where it stood (`line` as the spreadsheet numbers it), what was wrong, and the whole row by header."""

    sheet: str
    line: int
    faults: tuple[Fault, ...]
    original: dict[str, str]


def rejected_rows(batch: ImportBatch) -> Iterator[RejectedRow]:
    """In the order of the file."""
    for row in ImportRow.objects.filter(batch=batch, outcome="rejected").iterator(chunk_size=1000):
        original: dict[str, str] = json.loads(row.original.open())
        faults = tuple(
            Fault(fault["column"], Text(fault["zh"], fault["en"]), original.get(fault["column"], "")) for fault in row.faults
        )
        yield RejectedRow(row.sheet, row.line, faults, original)


def template_file(place: Place, on: date) -> bytes:
    """The empty spreadsheet of a place and day (XLSX)."""
    return sheets.template(columns_of(need_form(rules_at(place), on)))


def correction_file(batch: ImportBatch) -> bytes:
    """The rejected rows with their reasons (XLSX), ready to be corrected and handed in again."""
    titles = list(dict.fromkeys(title for headers in batch.columns.values() for title in headers))
    ours = {our_title(key).zh for key in (ORIGIN, REASON)}
    headers = [title for title in titles if title not in ours]
    rows = (
        sheets.Returned(row.sheet, row.line, [_words(fault) for fault in row.faults], row.original)
        for row in rejected_rows(batch)
    )
    return sheets.correction_file(headers, rows)


def _words(fault: Fault) -> str:
    return f"{fault.column}：{fault.reason.zh}" if fault.column else fault.reason.zh
