"""Rows of a CSV or XLSX file, one at a time, with the line a person would look for."""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

import python_calamine

from linli.records.needs.intake.package import unreadable
from linli.rules.plain.texts import Text

MOST_BYTES = 60 * 1024 * 1024
_LINES_IN_A_CELL = 30
_LONGEST_CELL = 30_000  # of a line that is handed back; a cell of a spreadsheet holds little more
_BLOCK = 1 << 20
_LOOK = 60  # rows in which the headers are looked for


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`cells` as they came: text, numbers, days. `broken` names the reason why a line could not be split into cells."""

    sheet: str
    line: int
    cells: tuple[object, ...]
    broken: Text | None = None

    @property
    def blank(self) -> bool:
        return self.broken is None and all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet that is not read, and why."""

    sheet: str
    rows: int
    hidden: bool


def kind_of(name: str, head: bytes) -> str:
    """`xlsx` or `csv`, by what the file is and not by its name. Raises Invalid."""
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0") or name.lower().endswith(
        (".xls", ".et", ".ods", ".numbers", ".pdf", ".doc", ".docx")
    ):
        raise unreadable("请另存为 .xlsx 或 .csv 再上传。", "Save it as .xlsx or .csv and upload that.")
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise unreadable("这不是表格文件。请上传 .xlsx 或 .csv。", "This is no spreadsheet. Upload .xlsx or .csv.")
    return "csv"


def rows_of(file: IO[bytes], kind: str) -> Iterator[SheetRow | Unread]:
    """Every row, blank ones included, and a note for every sheet that is left out. Raises Invalid."""
    file.seek(0)
    return _csv_rows(file) if kind == "csv" else _xlsx_rows(file)


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a sheet that are not blank, and how many rows the sheet has (0: not counted)."""

    sheet: str
    rows: tuple[SheetRow, ...]
    height: int


def heads_of(file: IO[bytes], kind: str, most: int) -> Iterator[Head | Unread]:
    """A look at every sheet without reading it through. Raises Invalid."""
    file.seek(0)
    if kind == "csv":
        first = islice((row for row in _csv_rows(file) if not row.blank), most)
        yield Head("", tuple(first), 0)
        return
    for name, page, hidden in _pages(file):
        if hidden:
            yield Unread(name, page.height, hidden=True)
            continue
        cells = page.to_python(skip_empty_area=False, nrows=_LOOK)
        rows = (SheetRow(name, number, tuple(row)) for number, row in enumerate(cells, start=1))
        yield Head(name, tuple(islice((row for row in rows if not row.blank), most)), page.height)


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _csv_rows(file: IO[bytes]) -> Iterator[SheetRow]:
    lines = _Lines(io.TextIOWrapper(file, encoding=_encoding(file), errors="replace", newline=None))
    try:
        for line, (text, cells) in enumerate(lines.records(), start=1):
            if cells is None:
                yield SheetRow("", line, (text[:_LONGEST_CELL],), _QUOTES if len(text) < csv.field_size_limit() else _TOO_LONG)
            else:
                yield SheetRow("", line, cells, _GARBLED if "\ufffd" in text else None)
    finally:
        lines.release()


_QUOTES = Text("这一行的引号不成对，分不清各列。", "The quotation marks of this line do not pair up.")
_GARBLED = Text("这一行有乱码。请另存为 UTF-8 编码的 CSV。", "This line is garbled. Save the file as CSV in UTF-8.")
_TOO_LONG = Text("这一行有一格太长，没有读取。", "A cell of this line is too long and was not read.")


class _Lines:
    """Joins the lines of a quoted cell; an open quotation mark spoils its own line and not the rest of the file."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._ahead = text, deque[str]()

    def records(self) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        """Each record as it stands, and its cells: None where they cannot be told apart."""
        delimiter = self._delimiter()
        while (line := self._next()) is not None:
            taken = [line]
            try:
                cells = next(csv.reader(self._joined(taken), delimiter=delimiter, strict=True), [])
            except csv.Error:
                self._ahead.extendleft(reversed(taken[1:]))
                yield line.rstrip("\n"), _leniently(line, delimiter)
            else:
                yield "".join(taken).rstrip("\n"), tuple(cells)

    def _joined(self, taken: list[str]) -> Iterator[str]:
        """The line, and as many more as its quoted cells go on for."""
        yield taken[0]
        while len(taken) < _LINES_IN_A_CELL and (more := self._next()) is not None:
            taken.append(more)
            yield more

    def _delimiter(self) -> str:
        """As the first record has it."""
        taken: list[str] = []
        while len(taken) < _LINES_IN_A_CELL and (line := self._next()) is not None:
            taken.append(line)
            if sum(part.count('"') for part in taken) % 2 == 0:
                break
        self._ahead.extendleft(reversed(taken))
        return max((",", "\t", ";"), key="".join(taken).count)

    def _next(self) -> str | None:
        if self._ahead:
            return self._ahead.popleft()
        return self._text.readline() or None

    def release(self) -> None:
        self._text.detach()


def _leniently(line: str, delimiter: str) -> tuple[str, ...] | None:
    """The cells of a line whose quotation marks pair up but stand oddly."""
    if line.count('"') % 2:
        return None
    try:
        return tuple(next(csv.reader([line.rstrip("\n")], delimiter=delimiter), []))
    except csv.Error:
        return None


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 with or without a mark, UTF-16 by its mark, else GB18030 if that fits, else UTF-8 with gaps."""
    head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        file.seek(0)
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _fits(file, encoding):
            file.seek(0)
            return encoding
    file.seek(0)
    return "utf-8-sig"


def _fits(file: IO[bytes], encoding: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


# ── XLSX ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _xlsx_rows(file: IO[bytes]) -> Iterator[SheetRow | Unread]:
    for name, page, hidden in _pages(file):
        if hidden:
            yield Unread(name, page.height, hidden=True)
        else:
            yield from _page_rows(name, page)


def _pages(file: IO[bytes]) -> Iterator[tuple[str, python_calamine.CalamineSheet, bool]]:
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        for sheet in book.sheets_metadata:
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
            yield sheet.name, book.get_sheet_by_name(sheet.name), hidden
    except (python_calamine.CalamineError, OSError, ValueError):
        raise unreadable(
            "文件打不开。如果设了密码，请取消密码后上传。", "The file does not open. Remove its password, if any."
        ) from None


def _page_rows(name: str, page: python_calamine.CalamineSheet) -> Iterator[SheetRow]:
    """A merged cell says the same for every row it spans; across columns it stands in its first one only."""
    merged, spans = _merged(page), dict[int, tuple[int, object]]()  # column -> the last row, what the cell says
    for number, found in enumerate(page.iter_rows()):
        cells: list[object] = [*found]
        for column, (last, said) in list(spans.items()):
            if number > last:
                del spans[column]
            else:
                cells[column] = said
        for column, last in merged.get(number, ()):
            if 0 <= column < len(cells):
                spans[column] = (last, cells[column])
        yield SheetRow(name, number + 1, tuple(cells))


def _merged(page: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """Row -> (column, last row) of each merged cell that begins there and goes on below."""
    found: dict[int, list[tuple[int, int]]] = {}
    first = page.start[1] if page.start else 0  # rows begin with the first column used
    for (top, left), (bottom, _) in page.merged_cell_ranges or []:
        if bottom > top:
            found.setdefault(top, []).append((left - first, bottom))
    return found
