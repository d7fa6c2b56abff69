"""Reading a table of places, row by row, and saying which row is wrong."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from linli.records.places.models import LEVELS
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text, quoted

COLUMNS = ("code", "name", "level", "parent")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]{0,23}")
_RANK = {level: rank for rank, level in enumerate(LEVELS)}
_SHOWN = 50

Table = Path | Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; `line` is its number in the file, the head being line 1."""

    line: int
    code: str
    name: str
    level: str
    parent: str


def rows_of(table: Table) -> Iterator[Row]:
    """Stream the rows; a path is read anew each time, so a table never stands in memory whole."""
    if isinstance(table, Path):
        with table.open(encoding="utf-8-sig", newline="") as file:
            yield from _from_lines(csv.reader(file))
    else:
        yield from _from_mappings(table)


def _from_lines(lines: Iterator[list[str]]) -> Iterator[Row]:
    """The hot path of a country's 661,000 rows: columns by position, not by name."""
    head = [column.strip() for column in next(lines, [])]
    _check_columns(head)
    code, name, level, parent = (head.index(column) for column in COLUMNS)
    width = len(head)
    for number, line in enumerate(lines, start=2):
        if len(line) != width:
            line = (line + [""] * width)[:width]
        yield Row(number, line[code].strip(), line[name].strip(), line[level].strip(), line[parent].strip())


def _from_mappings(lines: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        if number == 2:
            _check_columns(list(line))
        yield Row(number, *((line.get(column) or "").strip() for column in COLUMNS))


def _check_columns(head: list[str]) -> None:
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        names = ", ".join(missing)
        raise Invalid(
            Text(
                f"表头缺少 {names}。第一行应为 code,name,level,parent。", f"The first row lacks {names}: code,name,level,parent."
            )
        )


class Problems:
    """Everything wrong with a table, by line; all of it is told at once."""

    def __init__(self) -> None:
        self.found: dict[str, Text] = {}
        self.count = 0

    def add(self, row: Row, text: Text) -> None:
        self.count += 1
        if len(self.found) < _SHOWN:
            self.found.setdefault(f"{row.line}", Text(f"第 {row.line} 行：{text.zh}", f"Row {row.line}: {text.en}"))

    def raise_any(self) -> None:
        """Raises Invalid whose fields are keyed by line number."""
        if self.found:
            first = next(iter(self.found.values()))
            more_zh = f"一共 {self.count} 处要改，什么都还没有写入。" if self.count > 1 else "什么都还没有写入。"
            more_en = f" {self.count} things to mend in all; nothing was written." if self.count > 1 else " Nothing was written."
            raise Invalid(Text(first.zh + more_zh, first.en + more_en), fields=self.found)


def check_row(row: Row) -> Iterator[Text]:
    """What is wrong with the row on its own."""
    if not _CODE.fullmatch(row.code):
        yield Text(
            f"编码{quoted(row.code)}只能用数字、字母和连字符，最多 24 位。",
            f"the code {row.code!r} may hold digits, letters and hyphens, 24 at most.",
        )
    if not row.name or len(row.name) > 120:
        yield Text("名称要写，最长 120 个字。", "a name is needed, of 120 characters at most.")
    if row.level not in _RANK:
        yield Text(
            f"层级{quoted(row.level)}不认识，可用：{'、'.join(LEVELS)}。",
            f"the level {row.level!r} is not one of {', '.join(LEVELS)}.",
        )
    if not row.parent and row.level != "province":
        yield Text("只有省级没有上级，请写上级编码。", "only a province has no parent; give the parent's code.")


def stands_above(level: str, below: str) -> bool:
    return _RANK[level] < _RANK[below]
