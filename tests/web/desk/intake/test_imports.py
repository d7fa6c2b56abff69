"""Needs from a spreadsheet: every row accounted for, what is wrong handed back."""

import io
from datetime import timedelta

import pytest
import python_calamine
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from linli.records.needs.models import ImportBatch, Need
from linli.records.needs.services import close_left_imports, importing
from linli.web.desk import imports
from tests.records.needs.world import COMMUNITY, Village, row_counts

IMPORT = reverse("desk:import") + f"?place={COMMUNITY}"


def table(*rows: tuple[str, ...]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("需求")
        for number, row in enumerate((("需求内容", "地点", "姓名", "电话"), *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("四月需求.xlsx", out.getvalue())


GOOD = ("三栋楼道的灯坏了", "南头古城三栋", "演示·王阿姨", "")
BAD = ("广场没有长椅", "", "演示·李伯", "12345")


@pytest.mark.requirement("S0-52", how="kept")
def test_a_file_is_taken_in_and_every_row_is_accounted_for(village: Village, desk) -> None:
    page = desk.of(village.host).post(IMPORT, {"import-file": table(GOOD, BAD, GOOD)}, follow=True).content.decode()
    batch = ImportBatch.objects.get()
    assert (batch.rows_in, batch.accepted, batch.rejected, batch.duplicates) == (3, 1, 1, 1)
    assert Need.objects.get().mode == "centralised"
    assert "要更正的行" in page and "地点" in page and "12345" in page
    assert "读了 3 行" in page


def test_the_rows_to_correct_come_as_a_file_with_the_reason_beside_them(village: Village, desk) -> None:
    client = desk.of(village.host)
    client.post(IMPORT, {"import-file": table(GOOD, BAD)})
    answer = client.get(reverse("desk:import_correction", args=[ImportBatch.objects.get().pk]))
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 and rows[1][0] == "需求!3" and "广场没有长椅" in rows[1]


def test_an_import_that_stopped_goes_on_with_a_button(village: Village, desk, monkeypatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    monkeypatch.setattr(imports, "AT_ONCE", 1)
    client = desk.of(village.host)
    page = client.post(IMPORT, {"import-file": table(GOOD, BAD)}, follow=True).content.decode()
    batch = ImportBatch.objects.get()
    assert batch.rows_in == 1 and "接着导入" in page
    for _ in range(2):
        page = client.post(reverse("desk:import_resume", args=[batch.pk]), follow=True).content.decode()
    batch.refresh_from_db()
    assert (batch.state, batch.rows_in) == ("done", 2) and "接着导入" not in page


def test_an_import_that_was_left_says_so_and_how_to_go_on(village: Village, desk, monkeypatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    monkeypatch.setattr(imports, "AT_ONCE", 1)
    client = desk.of(village.host)
    client.post(IMPORT, {"import-file": table(GOOD, BAD)})
    batch = ImportBatch.objects.get()
    close_left_imports(at=batch.began_at + importing.LEFT_AFTER + timedelta(days=1))
    page = client.get(reverse("desk:import_report", args=[batch.pk])).content.decode()
    assert "没导完，已关闭" in page and "再上传同一个文件，就从停下的地方接着导" in page and "接着导入" not in page


def test_a_file_that_is_too_large_is_refused_unread(village: Village, desk, monkeypatch) -> None:
    monkeypatch.setattr(imports, "MOST_BYTES", 10)
    monkeypatch.setattr(imports, "begin_import", lambda **said: pytest.fail("read"))
    answer = desk.of(village.host).post(IMPORT, {"import-file": table(GOOD)})
    assert answer.status_code == 422 and "文件超过 60 MB" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_what_is_no_spreadsheet_is_refused_with_what_to_do(village: Village, desk) -> None:
    client = desk.of(village.host)
    before = row_counts()
    answer = client.post(IMPORT, {"import-file": SimpleUploadedFile("x.pdf", b"%PDF-1.7")})
    assert answer.status_code == 422 and "请另存为 .xlsx 或 .csv" in answer.content.decode()
    assert client.post(IMPORT, {}).status_code == 422
    assert row_counts() == before


def test_the_template_carries_the_columns_of_this_place(village: Village, desk) -> None:
    answer = desk.of(village.host).get(reverse("desk:import_template") + f"?place={COMMUNITY}")
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert any("希望解决什么" in str(cell) for cell in rows[0])


def test_others_neither_import_nor_read_reports(village: Village, desk) -> None:
    desk.of(village.host).post(IMPORT, {"import-file": table(GOOD)})
    report = reverse("desk:import_report", args=[ImportBatch.objects.get().pk])
    assert desk.of(village.cast.stranger).get(report).status_code == 404
    assert desk.of(village.cast.resident).get(report).status_code == 404
    above = desk.of(village.cast.civil)
    assert above.get(report).status_code == 200
    before = row_counts()
    assert above.post(IMPORT, {"import-file": table(BAD)}).status_code == 403
    assert row_counts() == before
