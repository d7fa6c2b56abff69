"""The spreadsheet that goes out, and the one that goes back with what to correct. Every cell of theirs is text."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

from linli.records.needs.intake.columns import ORIGIN, REASON, Column, our_title
from linli.rules.plain.texts import Text

SHEET, GUIDE = "需求", "填写说明"
GUIDANCE_MARK = "※"
_ROWS = 2_000
_INLINE = 250  # what a drop-down may hold in itself
_HINTS = {
    "what": Text("一行写一件事", "One thing per row"),
    "where": Text("写到楼栋或路口", "Down to the building or corner"),
    "contact": Text("11 位手机号；只用于答复，不公开", "Only used to answer; never published"),
    "household": Text("社区登记的户号", "As the community keeps it"),
    "collected_on": Text("如 2021-04-08；不填为导入当天", "Such as 2021-04-08; empty: the day of import"),
    "paper_ref": Text("有纸质表的填编号", "If there is a paper form"),
}


@dataclass(frozen=True, slots=True)
class Returned:
    """A rejected row: where it stood, what to correct, what stood there by header."""

    sheet: str
    line: int
    reasons: Sequence[str]
    original: dict[str, str]


def template(columns: Sequence[Column]) -> bytes:
    """XLSX with headers, a row of guidance, drop-downs from the pack's catalogues, and a page that explains each column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet, looks = book.add_worksheet(SHEET), _looks(book)
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, 40 if column.key == "what" else 18, looks["text"])
            sheet.write_string(0, number, _header(column), looks["head"])
            sheet.write_string(1, number, _guidance(number, column), looks["note"])
        guide = _guide_page(book, columns, looks)
        for number, column in enumerate(columns):
            _drop_down(sheet, number, column, guide)
    return out.getvalue()


def correction_file(headers: Sequence[str], rows: Iterable[Returned]) -> bytes:
    """XLSX with the rejected rows only, the reason beside each. Corrected, it can be handed in again as it is."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": True}) as book:
        sheet, looks = book.add_worksheet(SHEET), _looks(book)
        sheet.freeze_panes(1, 2)
        titles = [our_title(ORIGIN).zh, our_title(REASON).zh, *headers]
        sheet.set_column(0, len(titles) - 1, 20, looks["text"])
        for number, title in enumerate(titles):
            sheet.write_string(0, number, title, looks["head"])
        for line, row in enumerate(rows, start=1):
            where = f"{row.sheet}!{row.line}" if row.sheet else str(row.line)
            cells = [where, "；".join(row.reasons), *(row.original.get(title, "") for title in headers)]
            for number, cell in enumerate(cells):
                if cell:
                    sheet.write_string(line, number, cell, looks["wrong"] if number < 2 else looks["text"])
    return out.getvalue()


_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def _looks(book: xlsxwriter.Workbook) -> dict[str, object]:
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": "@"}),
        "note": book.add_format({"font_color": "#666666", "text_wrap": True, "num_format": "@"}),
        "text": book.add_format({"num_format": "@"}),
        "wrong": book.add_format({"font_color": "#B5341E", "num_format": "@", "text_wrap": True}),
    }


def _header(column: Column) -> str:
    return f"{column.title.zh}（必填）" if column.required else column.title.zh


def _guidance(number: int, column: Column) -> str:
    hint = _HINTS.get(column.key) or column.hint
    words = hint.zh if hint else "从下拉列表选择" if column.catalogue and column.catalogue.entries else "可不填"
    return f"{GUIDANCE_MARK} {words}" if number == 0 else words


def _guide_page(book: xlsxwriter.Workbook, columns: Sequence[Column], looks: dict[str, object]) -> dict[str, str]:
    """Column -> the range on the guide page that lists its choices."""
    page, ranges = book.add_worksheet(GUIDE), dict[str, str]()
    page.set_column(0, 5, 26)
    for number, title in enumerate(("列", "Column", "必填 Required", "说明", "Meaning", "可选 Choices")):
        page.write_string(0, number, title, looks["head"])
    line = 1
    for column in columns:
        hint = _HINTS.get(column.key) or column.hint or Text("", "")
        needed = "是 yes" if column.required else "否 no"
        for number, words in enumerate((column.title.zh, column.title.en, needed, hint.zh, hint.en)):
            page.write_string(line, number, words)
        choices = _choices(column)
        for number, choice in enumerate(choices):
            page.write_string(line + number, 5, choice)
        if choices:
            ranges[column.key] = f"='{GUIDE}'!$F${line + 1}:$F${line + len(choices)}"
        line += max(1, len(choices))
    return ranges


def _drop_down(sheet: xlsxwriter.worksheet.Worksheet, number: int, column: Column, ranges: dict[str, str]) -> None:
    choices = _choices(column)
    if not choices or column.key == "groups":  # several may be named there
        return
    source: object = choices if len(",".join(choices)) <= _INLINE else ranges[column.key]
    sheet.data_validation(2, number, _ROWS, number, {"validate": "list", "source": source, "error_type": "warning"})


def _choices(column: Column) -> list[str]:
    return [entry.title.zh for entry in column.catalogue.entries.values()] if column.catalogue else []
