"""How much an xlsx unpacks to and how far its cells reach, counted from its bytes before a library lays out the grid.

A spreadsheet library lays out every cell between the first and the last that says something: one word in the furthest corner
of a file of 2 kB asks for seventeen thousand million cells. What a package declares of itself is not believed.
"""

import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

MOST_COLUMNS = 200
MOST_CELLS = 5_000_000  # rows × columns of a sheet, up to its furthest cell
_MOST_UNPACKED = 600 * 1024 * 1024
_MOST_TEXT = 300 * 1024 * 1024  # a text kept once and shown in many cells is laid out in each of them
_MOST_PARTS = 2_000
_MOST_RATIO = 200
_BLOCK = 1 << 20
_LONGEST = 16 * _BLOCK  # from one tag to the next

_PREFIX = rb"<(?:[^\s<>/:]*:)?"
_ROW = re.compile(_PREFIX + rb"row(?=[\s/>])")
_CELL = re.compile(_PREFIX + rb"c(?=[\s/>])")
_ITEM = re.compile(_PREFIX + rb"si(?=[\s/>])")
_VALUE = re.compile(_PREFIX + rb"v(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_NAME = re.compile(rb"[\s\"']r\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
# Cells that have a style and say nothing: they lie far out in many a table and are not laid out.
_SILENT = re.compile(rb'<c r="[A-Z]+\d+"(?: [a-z]+="\w*")*\s*/>')


def check_package(file: IO[bytes]) -> None:
    """Refuse a package that is more than a spreadsheet of people's wishes, or reaches further. Raises Invalid."""
    try:
        with zipfile.ZipFile(file) as package:
            _check_declared(package.infolist())
            counted = _Counted()
            for part in sorted(package.infolist(), key=lambda part: "sharedstrings" not in part.filename.lower()):
                with package.open(part) as stream:
                    counted.read(stream)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise _damaged() from None
    file.seek(0)


def _check_declared(parts: list[zipfile.ZipInfo]) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS or unpacked > _MOST_RATIO * max(packed, _BLOCK):
        raise _too_much()


@dataclass(slots=True)
class _Reach:
    """How far the cells of one part reach. A cell without a name stands behind the one before it."""

    row: int = 0  # the furthest a cell names
    any_row: int = 0  # the furthest anything names
    column: int = 0
    begun: int = 0  # rows begun
    cells: int = 0
    named: int = 0
    in_row: int = 0
    widest: int = 0

    def take(self, piece: bytes) -> None:
        names = _NAME.findall(piece)
        of_cells = [(letters, digits) for letters, digits in names if letters]
        self.named += len(of_cells)
        self.any_row = max(self.any_row, max((int(digits) for _, digits in names), default=0))
        self.row = max(self.row, max((int(digits) for _, digits in of_cells), default=0))
        self.column = max(self.column, max(map(_number_of, {letters for letters, _ in of_cells}), default=0))
        for n, row in enumerate(_ROW.split(piece)):
            cells = len(_CELL.findall(row))
            self.begun, self.in_row = (self.begun + 1, cells) if n else (self.begun, self.in_row + cells)
            self.cells, self.widest = self.cells + cells, max(self.widest, self.in_row)

    @property
    def size(self) -> tuple[int, int]:
        """Rows and columns at most."""
        if self.named >= self.cells:
            return max(self.row, 1), max(self.column, self.widest)
        return self.any_row + self.begun, self.column + self.widest


@dataclass(slots=True)
class _Counted:
    """What was counted of a package. Texts that cells share are read before the cells."""

    unpacked: int = 0
    text: int = 0
    texts: "array[int]" = field(default_factory=lambda: array("Q"))
    in_items: bool = False
    cells: int = 0

    def read(self, stream: IO[bytes]) -> None:
        reach, self.in_items = _Reach(), False
        for piece in self._pieces(stream):
            self._take_items(piece)
            said = _SILENT.sub(b"", piece)
            reach.take(said)
            if self.texts:
                self.text += sum(self.texts[n] for n in map(int, _VALUE.findall(said)) if n < len(self.texts))
            rows, columns = reach.size
            if reach.cells and (columns > MOST_COLUMNS or rows * columns > MOST_CELLS):
                raise _too_far(rows, columns)
            if self.text > _MOST_TEXT:
                raise _too_much()
        self.cells += reach.cells

    def _take_items(self, piece: bytes) -> None:
        first, *items = _ITEM.split(piece)
        if items and self.cells:
            raise _damaged()
        if self.in_items:
            self.texts[-1] += len(first)
        self.texts.extend(map(len, items))
        self.in_items = self.in_items or bool(items)

    def _pieces(self, stream: IO[bytes]) -> Iterator[bytes]:
        """The part bit by bit, no tag cut in two."""
        rest = b""
        while block := stream.read(_BLOCK):
            self.unpacked += len(block)
            if self.unpacked > _MOST_UNPACKED or len(rest) > _LONGEST:
                raise _too_much()
            rest += block
            cut = rest.rfind(b"<")
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
        yield rest


def _number_of(letters: bytes) -> int:
    """A is 1, Z 26, AA 27; more than three letters are beyond every sheet."""
    if len(letters) > 3:
        return 26**4
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_far(rows: int, columns: int) -> Invalid:
    return unreadable(
        f"表格用到了第 {rows:,} 行、第 {columns:,} 列，没有读取。一张表最多 {MOST_COLUMNS} 列，行数乘列数最多"
        f" {MOST_CELLS // 10_000} 万格。请删去表格以外的内容，或拆成几个文件。",
        f"The sheet reaches to row {rows:,} and column {columns:,} and was not read. A sheet has at most {MOST_COLUMNS} columns, "
        f"and rows times columns at most {MOST_CELLS:,}. Delete what lies beyond the table, or split the file up.",
    )


def _too_much() -> Invalid:
    return unreadable("文件解开后太大，没有读取。请拆成几个文件。", "The file unpacks to too much. Split it up.")


def _damaged() -> Invalid:
    return unreadable(
        "文件已损坏，打不开。请重新保存后上传；如果设了密码，请先取消密码。",
        "The file is damaged. Save it again, without a password, and upload that.",
    )


def unreadable(zh: str, en: str) -> Invalid:
    return Invalid(Text(zh, en), fields={"file": Text(zh, en)})
