"""Spreadsheets for the tests, clean and dirty."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

HEAD = ("需求内容", "具体位置", "姓名", "联系电话", "户号", "征集日期", "途径")
GOOD = ("三栋楼道的灯坏了", "南头古城三栋", "演示·陈", "13800000011", "", "2021-04-06", "线下")


def row(**changed: str) -> tuple[str, ...]:
    """The good row with some cells changed; keys by position name."""
    names = ("what", "where", "name", "phone", "household", "day", "channel")
    cells = dict(zip(names, GOOD, strict=True)) | changed
    return tuple(cells[name] for name in names)


def many(count: int) -> list[tuple[str, ...]]:
    return [row(what=f"第{n}号路灯坏了", phone=f"138{n:08d}") for n in range(count)]


def csv_of(rows: Sequence[Sequence[str]], encoding: str = "utf-8", delimiter: str = ",", head: Sequence[str] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([head, *rows])
    return out.getvalue().encode(encoding)


def xlsx_of(write) -> bytes:
    """`write(book)` fills the workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        write(book)
    return out.getvalue()


def plain_xlsx(rows: Sequence[Sequence[object]], head: Sequence[str] = HEAD) -> bytes:
    def write(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("需求")
        for line, cells in enumerate([head, *rows]):
            sheet.write_row(line, 0, cells)

    return xlsx_of(write)
