"""Rows of the lists a place keeps, as people read them: on a page, in a table, in a file. For every list of every pack."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

from linli.records.places.models import Place
from linli.records.registers.book import Keeping
from linli.records.registers.models import Row
from linli.rules.gates.model import Facts
from linli.rules.plain.money import yuan
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.models import Field
from linli.web.shared.shapes import CellKind, Column, Stamp, Words
from linli.web.shared.tags.figures import date_zh, percent
from linli.web.shared.tags.words import said

COLUMNS = 5
_KINDS: Mapping[str, CellKind] = {"money": "money", "number": "number", "date": "date", "share": "share"}
_LONG = ("long_text", "lines", "file", "link")
_YES, _NO = Text("是", "Yes"), Text("否", "No")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

IN_FORCE = Stamp(Text("有效", "In force"), "done")
STRUCK = Stamp(Text("已移出", "Struck"), "closed")
OVER = Stamp(Text("已到期", "Over"), "closed")
WAITING = Stamp(Text("待答复", "Waiting"), "waiting")
LATE = Stamp(Text("逾期未答复", "Late"), "action")
ANSWERED = Stamp(Text("已答复", "Answered"), "done")
INCOMPLETE = Stamp(Text("待补全", "Incomplete"), "waiting")


def stamp_of(row: Row, on: Any) -> Stamp:
    if row.struck_on is not None and row.struck_on <= on:
        return STRUCK
    if row.until is not None and row.until < on:
        return OVER
    if not row.complete:
        return INCOMPLETE
    if row.owes:
        return (LATE if row.late_on(on) else WAITING) if row.waits else ANSWERED
    return IN_FORCE


def short_fields(kept: Keeping, fields: Sequence[Field]) -> list[Field]:
    """What a table has room for: the column the list is found by first, then what is short."""
    key = [field for field in fields if field.key == kept.register.key]
    rest = [field for field in fields if field not in key]
    brief = [field for field in rest if field.type not in _LONG]
    found = [*key, *brief, *(field for field in rest if field.type == "long_text")]
    return (found or list(fields))[:COLUMNS]


def column_of(field: Field) -> Column:
    """Figures of money stand without their unit, so the column says it."""
    title = field.title
    if field.type == "money" and "元" not in title.zh:
        title = Text(f"{title.zh}（元）", f"{title.en} (yuan)")
    return Column(title, _KINDS.get(field.type, "text"))


def names_of_places(rows: Iterable[Facts], fields: Sequence[Field]) -> Mapping[str, str]:
    """Code -> name for the columns that name places; one query, none where there is no such column."""
    keys = [field.key for field in fields if field.type == "place"]
    codes = {str(data[key]) for data in rows for key in keys if data.get(key)} if keys else set()
    return {place.pk: place.short_name for place in Place.objects.filter(pk__in=codes)} if codes else {}


def cell(kept: Keeping, field: Field, value: Any, places: Mapping[str, str] | None = None) -> Any:
    """A stored value for a table cell of the column's kind: figures stay figures, codes become their titles."""
    if value in (None, "", []):
        return ""
    if field.type in _KINDS:
        return value
    return words(kept, field, value, places)


def words(kept: Keeping, field: Field, value: Any, places: Mapping[str, str] | None = None) -> Words:
    """A stored value as one says it."""
    if isinstance(value, bool):
        return _YES if value else _NO
    match field.type:
        case "choice" | "choices":
            return titles(kept, field, value)
        case "lines":
            return _lines(field, value)
        case "file":
            return Text(f"{len(value)} 个文件", f"{len(value)} file(s)")
        case "place":
            return (places or {}).get(str(value), str(value))
        case "money":
            return Text(f"{yuan(value)} 元", f"{yuan(value)} yuan")
        case "share":
            return percent(value)
        case "date":
            return date_zh(value)
    return str(value)


def titles(kept: Keeping, field: Field, value: Any) -> Text:
    known = kept.catalogues.get(field.catalogue)
    codes = [str(each) for each in (value if isinstance(value, list) else [value])]
    found = [known.entries[code].title if known and code in known.entries else Text(code, code) for code in codes]
    return listed(found)


def _lines(field: Field, value: Any) -> str:
    keys = [key for key, _, _ in field.columns]
    return "；".join("，".join(str(row[key]) for key in keys if row.get(key) not in (None, "")) for row in value)


def sheet_of(kept: Keeping, fields: Sequence[Field], rows: Sequence[tuple[Row, Facts]], on: Any) -> list[list[str]]:
    """Heads and rows for a file, in the reader's language; every row with its days and its state."""
    names = names_of_places([data for _, data in rows], fields)
    ledger = kept.register.answer is not None
    heads = [*(said(field.title) for field in fields), said(Text("起", "Since")), said(Text("移出", "Struck on"))]
    heads += [said(Text("状态", "State")), *([said(Text("答复", "Answer"))] if ledger else [])]
    found = [heads]
    for row, data in rows:
        line = [
            said(words(kept, field, data.get(field.key), names)) if data.get(field.key) not in (None, "", []) else ""
            for field in fields
        ]
        line += [row.since.isoformat(), row.struck_on.isoformat() if row.struck_on else "", said(stamp_of(row, on).title)]
        found.append([*line, *([row.answer] if ledger else [])])
    return found


def as_csv(sheet: Sequence[Sequence[str]]) -> bytes:
    """For spreadsheets: with a mark of its encoding, and nothing that would be taken for a formula."""
    out = io.StringIO()
    csv.writer(out).writerows([[f"'{text}" if text.startswith(_DANGEROUS) else text for text in line] for line in sheet])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sequence[Sequence[str]], title: str) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet(_sheet_name(title))
        head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@"})
        page.set_column(0, max(len(sheet[0]) - 1, 0), 20, text)
        page.freeze_panes(1, 0)
        for number, line in enumerate(sheet):
            for column, value in enumerate(line):
                page.write_string(number, column, value, head if number == 0 else text)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return "".join("" if mark in "[]:*?/\\'" else mark for mark in title)[:31] or "1"
