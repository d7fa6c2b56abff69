"""Rows of a list from a spreadsheet: the headings are the questions of its form; what cannot be taken is said row by row."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.needs.intake.cells import Fault, shown, text_in
from linli.records.needs.intake.package import check_package
from linli.records.needs.intake.sheets import MOST_BYTES, SheetRow, kind_of, rows_of
from linli.records.registers.book import Keeping
from linli.records.registers.permissions import READ_HERE, keepers, require_among
from linli.records.registers.selectors import seen_fields
from linli.records.registers.services import Entered, enter_rows
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field
from linli.web.desk.loaders import address, reader_person
from linli.web.desk.registers import list_here
from linli.web.desk.sheets import Ask, Tried, sheet
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.shapes import Column, Table

_SEVERAL = str.maketrans(dict.fromkeys(",，;；/|", "、"))
_FILE = (
    Ask(
        "file",
        Text("清单表格", "Spreadsheet"),
        "file",
        required=True,
        hint=Text("xlsx 或 csv，第一行是列名，与模板一致。", "xlsx or csv; its first row holds the headings of the template."),
        extra={"accept": ".xlsx,.csv"},
    ),
)
_WRONG = (Column(Text("行", "Row"), "number"), Column(Text("列", "Column")), Column(Text("怎样改", "What to mend")))
_SHOWN = 200


@dataclass(frozen=True)
class Read:
    """Rows as the form takes them, each with the line a person would look for."""

    rows: Sequence[Mapping[str, object]]
    lines: Sequence[int]


@door(may=READ_HERE, load=list_here, methods=["GET", "POST"])
def import_rows(request: HttpRequest, kept: Keeping) -> HttpResponse:
    require_among(reader_person(request), keepers(kept), kept)
    if request.method != "POST":
        return _page(request, kept)
    try:
        read = read_sheet(kept, request.FILES.get("import-file"))
        done = enter_rows(place=kept.place, register=kept.register.id, rows=read.rows, by=reader_person(request), at=clock.now())
    except Invalid as turned_down:
        answer = _page(request, kept, Tried("import", request.POST, turned_down))
        answer.status_code = turned_down.status
        return answer
    return _page(request, kept, done=done, read=read)


def _page(
    request: HttpRequest, kept: Keeping, tried: Tried | None = None, done: Entered | None = None, read: Read | None = None
) -> HttpResponse:
    code, id = kept.place.code, kept.register.id
    action, button = address("desk:register_import", code, id), Text("上传并登记", "Upload and enter")
    context = {
        "kept": kept,
        "place": kept.place,
        "rules": kept.rules,
        "sheet": sheet("import", _FILE, action=action, button=button, tried=tried),
        "template_url": address("desk:register_file", code, id, "template"),
        "back": address("desk:register", code, id),
        "taken": len(done.rows) if done else None,
        "wrong": _wrong(kept, done, read) if done and read and done.wrong else None,
        "wrong_rows": len(done.wrong) if done else 0,
    }
    return render(request, "desk/registers/import.html", context)


def _wrong(kept: Keeping, done: Entered, read: Read) -> Table:
    rows = []
    for number, fields in done.wrong.items():
        for key, text in fields.items():
            field = kept.form.fields.get(key.partition(".")[0])
            rows.append([read.lines[number], field.title if field else "", text])
    return Table(Text("要更正的行", "Rows to mend"), _WRONG, rows[:_SHOWN], hide_caption=True)


def read_sheet(kept: Keeping, upload: UploadedFile | None) -> Read:
    """Raises Invalid when there is no file, it is none we read, or its headings are not those of the list."""
    if upload is None or (upload.size or 0) > MOST_BYTES:
        raise _no_file(Text("请选一个文件，最大 60 MB。", "Choose a file of at most 60 MB."))
    content = io.BytesIO(upload.read())
    kind = kind_of(upload.name or "", content.getvalue()[:64])
    if kind == "xlsx":
        check_package(content)
    rows = [row for row in rows_of(content, kind) if isinstance(row, SheetRow) and not row.blank]
    for row in rows:
        if row.broken is not None:
            raise _no_file(Text(f"第 {row.line} 行：{row.broken.zh}", f"Row {row.line}: {row.broken.en}"))
    fields = {title: field for field in seen_fields(kept, staff=True) for title in (field.title.zh, field.title.en, field.key)}
    headings = [fields.get(shown(cell).strip()) for cell in rows[0].cells] if rows else []
    if not any(headings):
        names = "、".join(field.title.zh for field in seen_fields(kept, staff=True))
        raise _no_file(Text(f"第一行要写列名：{names}。", "The first row must hold the headings; take the template."))
    taken = [_data(row, headings) for row in rows[1:]]
    return Read([data for data in taken if data], [row.line for row, data in zip(rows[1:], taken, strict=True) if data])


def _no_file(text: Text) -> Invalid:
    return Invalid(text, fields={"file": text})


def _data(row: SheetRow, headings: Sequence[Field | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, cell in zip(headings, row.cells, strict=False):
        if field is None or field.type in ("lines", "file"):
            continue
        try:
            text = text_in(cell)
        except Fault:
            text = ""  # a formula is no answer
        if text:
            found[field.key] = text.translate(_SEVERAL).split("、") if field.type == "choices" else text
    return found
