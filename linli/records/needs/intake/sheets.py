"""Rows of a CSV or XLSX file, one at a time, with the line a person would look for."""

import codecs
import csv
import io
import zipfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO

import python_calamine

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

MOST_BYTES = 60 * 1024 * 1024
_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_PARTS = 2_000
_MOST_RATIO = 200
_LINES_IN_A_CELL = 30
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
        raise _unreadable("请另存为 .xlsx 或 .csv 再上传。", "Save it as .xlsx or .csv and upload that.")
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unreadable("这不是表格文件。请上传 .xlsx 或 .csv。", "This is no spreadsheet. Upload .xlsx or .csv.")
    return "csv"


def check_package(file: IO[bytes]) -> None:
    """Refuse a package that would unpack to more than a spreadsheet of needs ever has. Raises Invalid."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise _unreadable(
            "文件已损坏，打不开。请重新保存后上传。", "The file is damaged. Save it again and upload that."
        ) from None
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS or unpacked > _MOST_RATIO * max(packed, _BLOCK):
        raise _unreadable("文件解开后太大，没有读取。请拆成几个文件。", "The file unpacks to too much. Split it up.")
    file.seek(0)


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
    delimiter, line = ",", 0
    try:
        for text, whole in lines.records():
            line += 1
            if line == 1:
                delimiter = _delimiter(text)
            if not whole:
                yield SheetRow("", line, (text,), _QUOTES)
            elif "\ufffd" in text:
                yield SheetRow("", line, _split(text, delimiter), _GARBLED)
            else:
                yield SheetRow("", line, _split(text, delimiter))
    finally:
        lines.release()


_QUOTES = Text("这一行的引号不成对，分不清各列。", "The quotation marks of this line do not pair up.")
_GARBLED = Text("这一行有乱码。请另存为 UTF-8 编码的 CSV。", "This line is garbled. Save the file as CSV in UTF-8.")


def _split(text: str, delimiter: str) -> tuple[str, ...]:
    return tuple(next(csv.reader([text], delimiter=delimiter), []))


class _Lines:
    """Joins the lines of a quoted cell; an open quotation mark spoils its own line and not the rest of the file."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text, self._ahead = text, deque[str]()

    def records(self) -> Iterator[tuple[str, bool]]:
        while (line := self._next()) is not None:
            if line.count('"') % 2 == 0:
                yield line.rstrip("\n"), True
                continue
            taken = [line]
            while len(taken) < _LINES_IN_A_CELL and sum(part.count('"') for part in taken) % 2:
                more = self._next()
                if more is None:
                    break
                taken.append(more)
            if sum(part.count('"') for part in taken) % 2 == 0:
                yield "".join(taken).rstrip("\n"), True
            else:
                self._ahead.extendleft(reversed(taken[1:]))
                yield line.rstrip("\n"), False

    def _next(self) -> str | None:
        if self._ahead:
            return self._ahead.popleft()
        return self._text.readline() or None

    def release(self) -> None:
        self._text.detach()


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


def _delimiter(line: str) -> str:
    return max((",", "\t", ";"), key=line.count)


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
    except (python_calamine.CalamineError, OSError, ValueError):
        raise _unreadable(
            "文件打不开。如果设了密码，请取消密码后上传。", "The file does not open. Remove its password, if any."
        ) from None
    for sheet in book.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
        yield sheet.name, book.get_sheet_by_name(sheet.name), hidden


def _page_rows(name: str, page: python_calamine.CalamineSheet) -> Iterator[SheetRow]:
    merged = _merged(page)
    kept: dict[tuple[int, int], object] = {}
    for number, found in enumerate(page.iter_rows()):
        cells: list[object] = [*found]
        covered = merged.get(number)
        if covered:
            cells = _filled(number, cells, covered, kept)
        yield SheetRow(name, number + 1, tuple(cells))


def _merged(page: python_calamine.CalamineSheet) -> dict[int, list[tuple[int, int, int]]]:
    """Row -> (column, top row, left column) of each cell that lies under a merged one."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for (top, left), (bottom, right) in page.merged_cell_ranges or []:
        for row in range(top, bottom + 1):
            found.setdefault(row, []).extend((column, top, left) for column in range(left, right + 1))
    return found


def _filled(
    row: int, cells: list[object], covered: list[tuple[int, int, int]], kept: dict[tuple[int, int], object]
) -> list[object]:
    """A merged cell says the same for every row it spans; across columns it stands in its first one only."""
    for column, top, left in covered:
        if column != left or column >= len(cells):
            continue
        if row == top:
            kept[top, left] = cells[column]
        else:
            cells[column] = kept.get((top, left), "")
    return cells


def _unreadable(zh: str, en: str) -> Invalid:
    return Invalid(Text(zh, en), fields={"file": Text(zh, en)})
