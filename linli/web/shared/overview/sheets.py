"""The tables as a spreadsheet: one sheet each, what it means above it, and all definitions with their clauses at the end."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from linli.records.reports.overview import Overview, definitions
from linli.rules.plain.texts import Text
from linli.web.shared.overview.tables import Told
from linli.web.shared.shapes import Column, Link
from linli.web.shared.speaking import language
from linli.web.shared.tags.words import said

# Whatever is typed by people stays text: nothing in a sheet is a formula or a link.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {"money": "#,##0.00", "share": "0.0%", "number": "#,##0", "date": "yyyy-mm-dd"}
_UNFIT = str.maketrans("[]:*?/\\：", "        ")


def workbook(overview: Overview, told: Sequence[Told]) -> bytes:
    """In the reader's language."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        looks = {name: book.add_format({"num_format": shape}) for name, shape in _FORMATS.items()}
        looks["head"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        looks["title"] = book.add_format({"bold": True, "font_size": 14})
        looks["wrap"] = book.add_format({"text_wrap": True, "valign": "top"})
        means = {one.id: one.how for one in definitions(staff=True)}
        names: set[str] = set()
        for one in told:
            sheet = book.add_worksheet(_sheet_name(said(one.table.caption), names))
            _fill(sheet, one, overview, said(means[one.definition]), looks)
        _define(book.add_worksheet(_sheet_name(said(_DEFINITIONS), names)), overview, looks)
    return out.getvalue()


_DEFINITIONS = Text("口径和依据", "Definitions")


def _sheet_name(title: str, taken: set[str]) -> str:
    """At most 31 signs, none of those a sheet may not have, each once."""
    name = plain = title.translate(_UNFIT).strip()[:28]
    number = 2
    while name.casefold() in taken:
        name, number = f"{plain[:25]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _fill(sheet: Any, one: Told, overview: Overview, means: str, looks: dict[str, Any]) -> None:
    scope = overview.scope
    sheet.write_string(0, 0, f"{scope.place.short_name} {scope.year} {said(one.table.caption)}", looks["title"])
    sheet.write_string(1, 0, means)
    sheet.write_string(2, 0, _as_of(scope.on))
    for position, column in enumerate(one.table.columns):
        sheet.write_string(4, position, said(column.title), looks["head"])
        sheet.set_column(position, position, 26 if column.kind in ("link", "text") and position == 0 else 14)
    for line, row in enumerate(one.table.rows, 5):
        for position, (column, value) in enumerate(zip(one.table.columns, row, strict=True)):
            _cell(sheet, line, position, column, value, looks)
    sheet.freeze_panes(5, 1)


def _as_of(on: date) -> str:
    return said(Text(f"统计到 {on.isoformat()}", f"As of {on.isoformat()}"))


def _cell(sheet: Any, line: int, position: int, column: Column, value: Any, looks: dict[str, Any]) -> None:
    """Nothing is left empty where nothing is known."""
    if value is None or value == "":
        return
    if isinstance(value, Link):
        sheet.write_string(line, position, said(value.title))
    elif column.kind == "money":
        sheet.write_number(line, position, value / 100, looks["money"])
    elif column.kind in ("share", "number"):
        sheet.write_number(line, position, float(value), looks[column.kind])
    elif isinstance(value, date):
        sheet.write_datetime(line, position, value, looks["date"])
    elif isinstance(value, int):
        sheet.write_number(line, position, value)
    else:
        sheet.write_string(line, position, said(value))


def _define(sheet: Any, overview: Overview, looks: dict[str, Any]) -> None:
    scope = overview.scope
    rules = scope.rules_of(scope.place.path)
    for position, title in enumerate((Text("数字", "Figure"), Text("怎么算", "How it is counted"), Text("依据", "Clause"))):
        sheet.write_string(0, position, said(title), looks["head"])
    for line, one in enumerate(definitions(staff=not scope.public), 1):
        clause = one.clause(rules, scope.on)
        named = said(rules.clause_title(clause)) if rules and clause else ""
        for position, words in enumerate((said(one.title), said(one.how), named)):
            sheet.write_string(line, position, words, looks["wrap"])
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 70 if not language().startswith("en") else 90)
    sheet.set_column(2, 2, 30)
