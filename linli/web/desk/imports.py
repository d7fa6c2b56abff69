"""Needs from a spreadsheet: the template out, the file in, and a report one can hand back."""

import json
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.needs.intake.sheets import MOST_BYTES
from linli.records.needs.models import ImportBatch, ImportRow
from linli.records.needs.selectors import correction_file, template_file
from linli.records.needs.services import begin_import, resume_import
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text
from linli.web.desk.intake_ground import communities, looks_at, me, place_here, place_options
from linli.web.desk.sheets import Ask, Tried, sheet, take, told
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.paging import page_of
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import Column, Link, Stamp, Table

IMPORT, READ = "needs.import_needs", "needs.read_needs_at_desk"
# Chunks of 2,000 rows taken before the page answers; the rest goes on with a button, and nothing is lost between.
AT_ONCE = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOO_LARGE = Text("文件超过 60 MB，请拆成几个再上传。", "The file is larger than 60 MB; split it up.")
_STATES = {
    "running": Stamp(Text("还没导完", "Not finished"), "action"),
    "done": Stamp(Text("已导完", "Finished"), "done"),
    "refused": Stamp(Text("没有导入", "Refused"), "refused"),
    "left": Stamp(Text("没导完，已关闭", "Left unfinished"), "closed"),
}
_FILE = (
    Ask(
        "file",
        Text("需求表", "Spreadsheet"),
        "file",
        required=True,
        hint=Text(
            "xlsx 或 csv，最大 60 MB。用我们的模板，或者用现有的表：认得“需求内容、地点、姓名、电话”等常见表头。",
            "xlsx or csv, 60 MB at most. Use our template, or a table of your own: usual headers are recognised.",
        ),
        extra={"accept": ".xlsx,.csv"},
    ),
)


def found_batch(request: HttpRequest, pk: int) -> Found:
    batch = ImportBatch.objects.select_related("place", "by").filter(pk=pk).first()
    if batch is None or not looks_at(reader_of(request).person, batch.place):
        raise NotFound
    return Found(batch, batch.place)


@door(may=IMPORT, load=place_here, methods=["GET", "POST"])
def import_needs(request: HttpRequest, place: Place) -> HttpResponse:
    """GET: the template and earlier files. POST: look at the file, keep it, take in the first rows."""
    if request.method == "GET" or place.level != "community":
        return _page(request, place)
    began: list[ImportBatch] = []

    def act() -> Text:
        upload = request.FILES.get("import-file")
        if upload is None:
            wrong = Text("请选一个文件。", "Choose a file.")
            raise Invalid(wrong, fields={"file": wrong})
        if (upload.size or 0) > MOST_BYTES:
            raise Invalid(_TOO_LARGE, fields={"file": _TOO_LARGE})
        batch = begin_import(place=place, file_name=upload.name or "", content=upload.read(), by=me(request), at=clock.now())
        was_there = batch.rows_in > 0 or batch.state != "running"
        began.append(resume_import(batch=batch, by=me(request), at=clock.now(), chunks=AT_ONCE))
        if was_there:
            return Text("这个文件交过了，下面是那一次的结果。", "This file was handed in before; this is its report.")
        return Text(f"读了 {began[0].rows_in} 行。", f"{began[0].rows_in} rows were read.")

    answer = take(request, "import", act=act, again=lambda tried: _page(request, place, tried), to="/")
    return redirect("desk:import_report", pk=began[0].pk) if began else answer


def _page(request: HttpRequest, place: Place, tried: Tried | None = None) -> HttpResponse:
    batches = ImportBatch.objects.filter(beneath(place, "place")).select_related("place", "by")
    page = page_of(batches, request)
    action = reverse("desk:import") + f"?place={place.pk}"
    context = {
        "place": place,
        "options": place_options(communities(place)),
        "sheet": sheet("import", _FILE, action=action, button=Text("上传并导入", "Upload and import"), tried=tried),
        "table": _batches(page.items),
        "page": page,
    }
    return render(request, "desk/needs/import.html", context)


def _batches(batches: Any) -> Table:
    columns = (
        Column(Text("文件", "File"), "link"),
        Column(Text("社区", "Community")),
        Column(Text("开始", "Began"), "moment"),
        Column(Text("行数", "Rows"), "number"),
        Column(Text("收下", "Taken"), "number"),
        Column(Text("退回", "Handed back"), "number"),
        Column(Text("已有", "There already"), "number"),
        Column(Text("状态", "State"), "stamp"),
    )
    rows = [
        [
            Link(batch.file_name, reverse("desk:import_report", args=[batch.pk]), batch.by.name),
            batch.place.short_name,
            batch.began_at,
            batch.rows_in,
            batch.accepted,
            batch.rejected,
            batch.duplicates,
            _STATES[batch.state],
        ]
        for batch in batches
    ]
    return Table(Text("导入过的表", "Files handed in"), columns, rows)


@door(may=IMPORT, load=place_here)
def import_template(request: HttpRequest, place: Place) -> HttpResponse:
    """The empty spreadsheet of this place, with today's columns and drop-downs."""
    return _sheet(template_file(place, clock.today()), f"needs-{place.pk}.xlsx")


@door(may=READ, load=found_batch)
def import_report(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Every row is accounted for: taken, handed back, or there already."""
    rejected = ImportRow.objects.filter(batch=batch, outcome="rejected")
    page = page_of(rejected, request, by=("number",))
    context = {
        "batch": batch,
        "place": batch.place,
        "state": _STATES[batch.state],
        "table": _rejected(page.items),
        "page": page,
        "notes": [Text(note["zh"], note["en"]) for note in batch.notes],
    }
    return render(request, "desk/needs/import_report.html", context)


def _rejected(rows: "QuerySet[ImportRow] | Any") -> Table:
    """One line per thing to correct: which cell, why, and what stands there now."""
    columns = (
        Column(Text("在哪一行", "Where")),
        Column(Text("列", "Column")),
        Column(Text("怎么改", "What to correct")),
        Column(Text("现在是", "It says")),
    )
    lines = []
    for row in rows:
        original: dict[str, str] = json.loads(row.original.open())
        for fault in row.faults or [{"column": "", "zh": "", "en": ""}]:
            stands = original.get(fault["column"], "")
            where = Text(f"{row.sheet} 第 {row.line} 行".strip(), f"{row.sheet} row {row.line}".strip())
            lines.append([where, fault["column"], Text(fault["zh"], fault["en"]), stands])
    return Table(Text("要更正的行", "Rows to correct"), columns, lines)


@door(may=IMPORT, load=found_batch)
def import_correction(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The rejected rows with their reasons beside them, ready to be corrected and handed in again."""
    return _sheet(correction_file(batch), f"corrections-{batch.pk}.xlsx")


@door(may=IMPORT, load=found_batch, methods=["POST"])
def import_resume(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Go on from the last row that was kept."""
    before = batch.rows_in
    resume_import(batch=batch, by=me(request), at=clock.now(), chunks=AT_ONCE)
    more = batch.rows_in - before
    told(request, Text(f"又读了 {more} 行。", f"{more} more rows were read."))
    return redirect("desk:import_report", pk=batch.pk)


def _sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=_XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
