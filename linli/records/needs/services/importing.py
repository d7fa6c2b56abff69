"""Taking in a spreadsheet, chunk by chunk. A crash loses nothing: what is committed stays, the next call goes on from there."""

import hashlib
import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from linli.records.needs import events
from linli.records.needs.form import need_form
from linli.records.needs.intake.columns import HeaderBook, Headers, columns_of
from linli.records.needs.intake.package import check_package
from linli.records.needs.intake.rows import RowReader
from linli.records.needs.intake.sheets import MOST_BYTES, SheetRow, Unread, heads_of, kind_of, rows_of
from linli.records.needs.intake.template import GUIDANCE_MARK, GUIDE
from linli.records.needs.models import ImportBatch
from linli.records.needs.permissions import IMPORT
from linli.records.needs.services.chunks import Chunk, Numbered
from linli.records.people.access import require
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.records.trail import services as trail
from linli.records.trail.selectors import events_of
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text, quoted

CHUNK = 2_000
# Names and phones lie in a file as plain as it came. Days off in a row are eight at most: who means to go on has by then.
LEFT_AFTER = timedelta(days=10)
_HEADER_WITHIN = 15  # rows; above it a title or two may stand
_USUAL = {"mode": "centralised", "channel": "offline", "asker": "resident"}


def import_needs(*, place: Place, file_name: str, content: bytes, by: Person, at: datetime) -> ImportBatch:
    """Take in a file from beginning to end. The same file a second time is the batch that is there already.

    Raises Invalid when it is no spreadsheet of needs, NotAllowed. Rows that cannot be taken never raise: they are kept.
    """
    return resume_import(batch=begin_import(place=place, file_name=file_name, content=content, by=by, at=at), by=by, at=at)


@transaction.atomic
def begin_import(*, place: Place, file_name: str, content: bytes, by: Person, at: datetime) -> ImportBatch:
    """Look at the file and keep it; no row is taken yet. Raises Invalid, NotAllowed."""
    require(by, IMPORT, place, day_in_china(at))
    digest = hashlib.sha256(content).hexdigest()
    there = ImportBatch.objects.select_for_update(of=("self",)).filter(place=place, digest=digest).first()
    if there is not None and there.state != "left":
        return there
    kind = _checked(file_name, content)
    if there is not None:
        there.state, there.done_at = "running", None
        return _kept(there, kind, content, by, at)
    columns, notes = _looked_through(place, kind, content, at)
    batch = ImportBatch(
        place=place, file_name=file_name[-140:], digest=digest, columns=columns, notes=notes, began_at=at, by=by, path=""
    )
    try:
        with transaction.atomic():
            batch.save(force_insert=True)
    except IntegrityError:
        return ImportBatch.objects.get(place=place, digest=digest)
    return _kept(batch, kind, content, by, at)


def _kept(batch: ImportBatch, kind: str, content: bytes, by: Person, at: datetime) -> ImportBatch:
    """With its file, until the work is done."""
    batch.path = default_storage.save(f"imports/{batch.digest}.{kind}", ContentFile(content))
    batch.save(update_fields=["path", "state", "done_at"])
    trail.record(events.ImportBegan(digest=batch.digest), stream=batch.place_id, subject=_subject(batch), by=by.ref, at=at)
    return batch


def resume_import(*, batch: ImportBatch, by: Person, at: datetime, chunks: int | None = None) -> ImportBatch:
    """Go on from the last committed row; at most `chunks` chunks. A finished batch is returned as it is. Raises NotAllowed."""
    require(by, IMPORT, batch.place, day_in_china(at))
    batch.refresh_from_db()
    if batch.state != "running":
        return batch
    with default_storage.open(batch.path) as file:
        rows = islice(_numbered(_book(batch.place, at), rows_of(file, batch.path.rpartition(".")[2])), batch.cursor, None)
        for taken, part in enumerate(_chunked(rows)):
            if taken == chunks or not _take_chunk(batch, part, by=by, at=at):
                return batch
    return _finish(batch, by=by, at=at)


@transaction.atomic
def _take_chunk(batch: ImportBatch, part: list[Numbered], *, by: Person, at: datetime) -> bool:
    """False when another process has gone on with this batch meanwhile."""
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("place").get(pk=batch.pk)
    if locked.cursor != part[0].number - 1 or locked.state != "running":
        batch.refresh_from_db()
        return False
    form = need_form(rules_at(locked.place), day_in_china(at))
    usual = {key: value for key, value in _USUAL.items() if key in form.form.fields}
    chunk = Chunk(locked, RowReader(form, columns_of(form), day_in_china(at), usual), by, at)
    done = chunk.take(part)
    locked.accepted += done.accepted
    locked.rejected += done.rejected
    locked.duplicates += done.duplicates
    locked.rows_in += len(part)
    locked.cursor = part[-1].number
    locked.save(update_fields=["accepted", "rejected", "duplicates", "rows_in", "cursor"])
    trail.record(done, stream=locked.place_id, subject=_subject(locked), by=by.ref, at=at)
    for field in ("accepted", "rejected", "duplicates", "rows_in", "cursor"):
        setattr(batch, field, getattr(locked, field))
    return True


@transaction.atomic
def _finish(batch: ImportBatch, *, by: Person, at: datetime) -> ImportBatch:
    locked = ImportBatch.objects.select_for_update(of=("self",)).select_related("place").get(pk=batch.pk)
    if locked.state != "running":
        return locked
    path, locked.path = locked.path, ""
    locked.state, locked.done_at = "done", at
    locked.save(update_fields=["state", "done_at", "path"])
    event = events.ImportDone(
        rows_in=locked.rows_in, accepted=locked.accepted, rejected=locked.rejected, duplicates=locked.duplicates
    )
    trail.record(event, stream=locked.place_id, subject=_subject(locked), by=by.ref, at=at)
    # What is in the file is in the rows by now; names and phones are not kept twice.
    transaction.on_commit(lambda: default_storage.delete(path))
    return locked


def close_left_imports(*, at: datetime) -> int:
    """Delete the files of batches nobody has gone on with; what was taken in stays. How many were closed."""
    running = ImportBatch.objects.filter(state="running", began_at__lt=at - LEFT_AFTER).values_list("pk", flat=True)
    return sum(_close_left(pk, at) for pk in running)


@transaction.atomic
def _close_left(pk: int, at: datetime) -> bool:
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)
    touched = events_of(_subject(batch)).filter(at__gt=at - LEFT_AFTER).exists()
    if touched or batch.state != "running":
        return False
    path, batch.path, batch.state, batch.done_at = batch.path, "", "left", at
    batch.save(update_fields=["path", "state", "done_at"])
    trail.record(events.ImportLeft(rows_in=batch.rows_in), stream=batch.place_id, subject=_subject(batch), by="system", at=at)
    transaction.on_commit(lambda: default_storage.delete(path))
    return True


def _subject(batch: ImportBatch) -> Subject:
    return Subject("import", str(batch.pk))


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _book(place: Place, at: datetime) -> HeaderBook:
    return HeaderBook(columns_of(need_form(rules_at(place), day_in_china(at))))


def _numbered(book: HeaderBook, rows: Iterator[SheetRow | Unread]) -> Iterator[Numbered]:
    """Data rows with their running number and the headers of their sheet; titles, guidance and blank rows left out."""
    sheet, headers, number, looked = None, None, 0, 0
    for row in rows:
        if isinstance(row, Unread) or row.blank:
            continue
        if row.sheet != sheet:
            sheet, headers, looked = row.sheet, None, 0
        if headers is None:
            looked += 1
            headers = book.read(_cells(row)) if looked <= _HEADER_WITHIN else None
        elif not _is_guidance(row):
            number += 1
            yield Numbered(number, row, headers)


def _is_guidance(row: SheetRow) -> bool:
    first = next((str(cell) for cell in row.cells if str(cell or "").strip()), "")
    return first.strip().startswith(GUIDANCE_MARK)


def _chunked(rows: Iterator[Numbered]) -> Iterator[list[Numbered]]:
    while part := list(islice(rows, CHUNK)):
        yield part


def _checked(file_name: str, content: bytes) -> str:
    if not content:
        raise _invalid("文件是空的。", "The file is empty.")
    if len(content) > MOST_BYTES:
        raise _invalid("文件太大，请拆成几个再上传。", "The file is too large; split it up.")
    kind = kind_of(file_name, content[:4096])
    if kind == "xlsx":
        check_package(io.BytesIO(content))
    return kind


def _looked_through(place: Place, kind: str, content: bytes, at: datetime) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    """The headers of every sheet, and what will not be read. Raises Invalid when no sheet holds needs."""
    book, found, notes, seen = _book(place, at), dict[str, Headers](), list[Text](), list[str]()
    for head in heads_of(io.BytesIO(content), kind, _HEADER_WITHIN):
        if isinstance(head, Unread):
            notes.append(_hidden(head))
            continue
        lines = [_cells(row) for row in head.rows]
        headers = next((one for one in map(book.read, lines) if one is not None), None)
        if headers is not None:
            found[head.sheet] = headers
        elif lines and head.sheet != GUIDE:
            seen = seen or [cell for cell in lines[0] if cell.strip()]
            notes.append(_left_out(head.sheet, head.height))
    if not found:
        raise _no_headers(seen)
    for headers in found.values():
        if lacking := book.missing(headers):
            raise _lacking([column.title for column in lacking], headers)
    notes += [_unknown(title) for headers in found.values() for title in headers.unknown]
    columns = {sheet: [title for title in headers.titles if title] for sheet, headers in found.items()}
    return columns, [{"zh": note.zh, "en": note.en} for note in notes]


def _cells(row: SheetRow) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row.cells]


def _hidden(sheet: Unread) -> Text:
    return Text(f"隐藏的工作表{quoted(sheet.sheet)}没有读取。", f"The hidden sheet {quoted(sheet.sheet)} was not read.")


def _left_out(sheet: str, rows: int) -> Text:
    return Text(
        f"工作表{quoted(sheet)}没有表头，{rows} 行没有读取。",
        f"The sheet {quoted(sheet)} has no headers; {rows} rows were not read.",
    )


def _unknown(title: str) -> Text:
    return Text(f"不认识的列{quoted(title)}没有使用。", f"The column {quoted(title)} is not known and was not used.")


def _no_headers(seen: list[str]) -> Invalid:
    shown = "、".join(seen[:8]) or "（空）"
    return _invalid(
        f"没有找到表头。请用模板，或让表头包含“希望解决什么”和“在什么地方”。现在第一行是：{shown}",
        f"No headers were found. Use the template, or name the columns. The first row is: {shown}",
    )


def _lacking(titles: list[Text], headers: Headers) -> Invalid:
    zh, en = "、".join(title.zh for title in titles), ", ".join(title.en for title in titles)
    there = "、".join(title for title in headers.titles if title)
    return _invalid(f"缺少列：{zh}。现有：{there}", f"Columns are missing: {en}. There are: {there}")


def _invalid(zh: str, en: str) -> Invalid:
    return Invalid(Text(zh, en), fields={"file": Text(zh, en)})
