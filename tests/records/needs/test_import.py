"""A spreadsheet comes in: every row is accounted for, nothing is lost, nothing comes in twice."""

import io
import zipfile
from datetime import date, datetime, timedelta

import pytest
import python_calamine
from django.core.files.storage import default_storage
from django.db import connection

from linli.records.duties.models import Reply
from linli.records.needs import selectors, services
from linli.records.needs.models import ImportBatch, ImportRow, Need
from linli.records.needs.services import importing
from linli.records.rulebook.models import Passage
from linli.records.trail.models import Event
from linli.rules.plain.refusals import Invalid, NotAllowed
from tests.records.needs.sheets import GOOD, HEAD, csv_of, many, plain_xlsx, row, xlsx_of
from tests.records.needs.world import LATER, NOW, TODAY, WISH, Village, place, row_counts


def take(village: Village, content: bytes, name: str = "需求.csv", when=NOW) -> ImportBatch:
    return services.import_needs(place=place(), file_name=name, content=content, by=village.host, at=when)


def counts(batch: ImportBatch) -> tuple[int, int, int, int]:
    return batch.rows_in, batch.accepted, batch.rejected, batch.duplicates


def reasons(batch: ImportBatch) -> list[str]:
    return [fault.reason.zh for one in selectors.rejected_rows(batch) for fault in one.faults]


@pytest.mark.requirement("S0-53", how="kept")
@pytest.mark.requirement("S1-23", how="kept")
def test_a_clean_file_becomes_needs_with_a_passage_and_an_owed_answer_each(village: Village) -> None:
    batch = take(village, csv_of(many(3)))
    assert counts(batch) == (3, 3, 0, 0)
    assert (batch.state, batch.cursor, batch.path) == ("done", 3, "")
    need = Need.objects.earliest("pk")
    assert (need.what, need.where, need.channel, need.mode, need.asker) == (
        "第0号路灯坏了",
        "南头古城三栋",
        "offline",
        "centralised",
        "resident",
    )
    assert (need.contact.open(), need.asker_name.open(), need.collected_on) == ("13800000000", "演示·陈", date(2021, 4, 6))
    assert need.entered_by == village.host
    assert (Passage.objects.filter(subject_kind="need", state="raised").count(), Reply.objects.filter(kind="need").count()) == (
        3,
        3,
    )
    assert selectors.coverage(place(), 2021).sources == 3


def test_a_need_from_a_sheet_is_kept_as_one_raised_by_hand_is(village: Village) -> None:
    """Every column a row can set is written for every row, not only for the first of its chunk."""
    household, resident = village.household(), village.resident(phone="13800000041")
    head = (*HEAD, "征集方式", "提出人类别", "希望的项目类型", "紧急程度", "受益人数", "重点人群", "纸质表编号")
    plain = (*row(household="A-101", phone=""), *[""] * 7)
    full = (
        *row(what="加装扶手", phone="13800000041", day="2020-12-31", channel="线上"),
        "日常征集",
        "居民户",
        "工程类",
        "",
        "１２０",
        "残疾人、低保户",
        "W-7",
    )
    batch = take(village, csv_of([plain, full], head=head))
    assert (counts(batch), reasons(batch)) == ((2, 2, 0, 0), [])
    first, second = Need.objects.order_by("pk")
    assert (first.household, first.person, first.asker, first.beneficiaries, first.sealed.open()) == (
        household,
        None,
        "resident",
        None,
        "",
    )
    assert (second.household, second.person, second.source) == (None, resident, resident.ref)
    assert (second.year, second.collected_on, second.channel, second.mode) == (2020, date(2020, 12, 31), "online", "daily")
    assert (second.asker, second.wish, second.beneficiaries, second.paper_ref) == ("household", "works", 120, "W-7")
    assert second.sealed.open() == '{"groups": ["disabled", "subsistence_allowance"]}'
    assert {first.place, second.place} == {place()}
    assert (first.batch, second.batch_row, first.raised_at) == (batch, 2, NOW)
    second.full_clean()


def test_one_sealed_event_covers_a_chunk(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    batch = take(village, csv_of(many(5)))
    sealed = [event for event in Event.objects.order_by("pk") if event.subject_kind == "import"]
    assert [event.kind for event in sealed] == ["needs.import_began", *["needs.rows_imported"] * 3, "needs.import_done"]
    assert [(event.data["first"], event.data["last"]) for event in sealed[1:4]] == [(1, 2), (3, 4), (5, 5)]
    assert sealed[4].data == {"rows_in": 5, "accepted": 5, "rejected": 0, "duplicates": 0}
    assert counts(batch) == (5, 5, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(village: Village, encoding: str) -> None:
    assert counts(take(village, csv_of([GOOD], encoding))) == (1, 1, 0, 0)
    assert Need.objects.get().what == "三栋楼道的灯坏了"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_usual_delimiter_is_read(village: Village, delimiter: str) -> None:
    assert counts(take(village, csv_of([GOOD], delimiter=delimiter))) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("changed", "column", "reason"),
    [
        ({"what": ""}, "需求内容", "希望解决什么"),
        ({"what": "   　 "}, "需求内容", "希望解决什么"),
        ({"where": ""}, "具体位置", "在什么地方"),
        ({"phone": "1.38E+10"}, "联系电话", "科学计数法"),
        ({"phone": "2600123"}, "", ""),
        ({"phone": "1380000"}, "联系电话", "这里写了 7 位"),
        ({"phone": "打座机"}, "联系电话", "数字"),
        ({"day": "去年"}, "征集日期", "请写日期"),
        ({"day": "2021-02-30"}, "征集日期", "请写日期"),
        ({"day": "2021-04-09"}, "征集日期", "还没有到"),
        ({"channel": "飞鸽传书"}, "途径", "不在收集途径里"),
        ({"household": "Z-999"}, "", "名册里没有"),
        ({"what": "=HYPERLINK(1)"}, "需求内容", "公式"),
        ({"name": "", "phone": ""}, "姓名", "姓名、电话、户号或纸质表编号"),
        ({"what": "坏" * 20_001}, "需求内容", "最多 20000 字"),
        ({"name": "名" * 61}, "", "最多 60 字"),
    ],
)
def test_a_row_that_cannot_be_taken_says_which_column_and_why(village: Village, changed: dict, column: str, reason: str) -> None:
    batch = take(village, csv_of([row(**changed), *many(2)]))
    if not reason:  # seven digits may be a line in the district
        assert counts(batch) == (3, 3, 0, 0)
        return
    assert counts(batch) == (3, 2, 1, 0)
    rejected = list(selectors.rejected_rows(batch))
    assert [(one.line, one.sheet) for one in rejected] == [(2, "")]
    assert any(reason in fault.reason.zh and (not column or fault.column == column) for fault in rejected[0].faults)
    assert rejected[0].original == {title: cell for title, cell in zip(HEAD, row(**changed), strict=True) if cell}
    assert all(fault.reason.en for fault in rejected[0].faults)


@pytest.mark.parametrize(
    ("changed", "kept"),
    [
        ({"phone": "１３８００００００１１"}, {"contact": "13800000011"}),
        ({"phone": " +86 138-0000-0011 "}, {"contact": "13800000011"}),
        ({"phone": "13800000011.0"}, {"contact": "13800000011"}),
        ({"day": "２０２１年４月６日"}, {"day": date(2021, 4, 6)}),
        ({"day": "2021/4/6"}, {"day": date(2021, 4, 6)}),
        ({"day": "20210406"}, {"day": date(2021, 4, 6)}),
        ({"day": "44292"}, {"day": date(2021, 4, 6)}),
        ({"day": "44292.0"}, {"day": date(2021, 4, 6)}),
        ({"day": "2021-04-06 09:30:00"}, {"day": date(2021, 4, 6)}),
        ({"day": ""}, {"day": TODAY}),
        ({"channel": "线上 "}, {"channel": "online"}),
        ({"channel": ""}, {"channel": "offline"}),
        ({"what": "  三栋楼道的灯坏了\u200b　"}, {"what": "三栋楼道的灯坏了"}),
    ],
)
def test_dirt_that_hides_nothing_is_washed_off(village: Village, changed: dict, kept: dict) -> None:
    assert counts(take(village, csv_of([row(**changed)]))) == (1, 1, 0, 0)
    need = Need.objects.get()
    found = {"contact": need.contact.open(), "day": need.collected_on, "channel": need.channel, "what": need.what}
    assert {key: found[key] for key in kept} == kept


def test_rows_that_are_there_already_are_duplicates_and_not_taken_twice(village: Village) -> None:
    batch = take(village, csv_of([GOOD, GOOD, row(phone="+86 13800000011"), row(what="修路")]))
    assert counts(batch) == (4, 2, 0, 2)
    again = take(village, csv_of([GOOD, row(what="加装长椅")]), when=LATER)
    assert counts(again) == (2, 1, 0, 1)
    assert Need.objects.count() == 3
    duplicate = ImportRow.objects.get(batch=again, outcome="duplicate")
    assert duplicate.need == Need.objects.earliest("pk")


def test_what_was_raised_online_is_a_duplicate_on_paper(village: Village) -> None:
    services.raise_need(place=place(), data={**WISH, "what": GOOD[0], "where": GOOD[1], "contact": GOOD[3]}, by=None, at=NOW)
    assert counts(take(village, csv_of([GOOD]))) == (1, 0, 0, 1)


def test_the_same_file_again_is_the_same_batch(village: Village) -> None:
    first = take(village, csv_of(many(3)))
    before = row_counts()
    assert take(village, csv_of(many(3)), name="另一个名字.csv", when=LATER) == first
    assert row_counts() == before


@pytest.mark.parametrize("crash_in_chunk", [1, 2, 3])
def test_after_a_crash_the_next_call_goes_on_where_it_stopped(
    village: Village, monkeypatch: pytest.MonkeyPatch, crash_in_chunk: int
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    taken = 0
    take_chunk = importing._take_chunk

    def crash(*args, **kwargs):
        nonlocal taken
        taken += 1
        if taken == crash_in_chunk:
            monkeypatch.setattr(importing.Chunk, "take", lambda self, rows: 1 / 0)
        return take_chunk(*args, **kwargs)

    whole = importing.Chunk.take
    monkeypatch.setattr(importing, "_take_chunk", crash)
    with pytest.raises(ZeroDivisionError):
        take(village, csv_of(many(5)))
    monkeypatch.setattr(importing.Chunk, "take", whole)
    monkeypatch.setattr(importing, "_take_chunk", take_chunk)
    batch = ImportBatch.objects.get()
    done = 2 * (crash_in_chunk - 1)
    assert (batch.state, batch.cursor, Need.objects.count()) == ("running", done, done)
    assert counts(services.resume_import(batch=batch, by=village.host, at=LATER)) == (5, 5, 0, 0)
    assert [one.what for one in Need.objects.order_by("pk")] == [one[0] for one in many(5)]
    assert list(Need.objects.order_by("pk").values_list("batch_row", flat=True)) == [1, 2, 3, 4, 5]


def test_a_few_chunks_at_a_time_for_a_worker(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    batch = services.begin_import(place=place(), file_name="a.csv", content=csv_of(many(5)), by=village.host, at=NOW)
    seen = []
    while batch.state == "running":
        batch = services.resume_import(batch=batch, by=village.host, at=NOW, chunks=1)
        seen.append(batch.cursor)
    assert seen[:3] == [2, 4, 5]
    assert counts(batch) == (5, 5, 0, 0)


def test_the_kept_file_goes_when_the_work_is_done(village: Village, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        batch = services.begin_import(place=place(), file_name="a.csv", content=csv_of([GOOD]), by=village.host, at=NOW)
        assert default_storage.exists(batch.path)
        path = batch.path
        services.resume_import(batch=batch, by=village.host, at=NOW)
    assert not default_storage.exists(path)


def test_inch_marks_do_not_stop_an_import(village: Village) -> None:
    batch = take(village, csv_of(many(2)) + '水管4"漏水,一楼,演示,13900000001\r\n阀门6"生锈,二楼,演示,13900000002\r\n'.encode())
    assert (batch.state, counts(batch)) == ("done", (4, 4, 0, 0))
    assert list(Need.objects.order_by("pk").values_list("what", flat=True))[2:] == ['水管4"漏水', '阀门6"生锈']


def test_the_file_of_an_import_nobody_goes_on_with_is_deleted_and_may_come_again(
    village: Village, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    content = csv_of(many(5))
    batch = services.begin_import(place=place(), file_name="a.csv", content=content, by=village.host, at=NOW)
    services.resume_import(batch=batch, by=village.host, at=NOW + timedelta(days=3), chunks=1)
    path, days = batch.path, importing.LEFT_AFTER

    def closed(at: datetime) -> tuple[int, str, bool]:
        with django_capture_on_commit_callbacks(execute=True):
            number = services.close_left_imports(at=at)
        batch.refresh_from_db()
        return number, batch.state, default_storage.exists(path)

    assert closed(NOW + days + timedelta(days=1)) == (0, "running", True)
    assert closed(NOW + days + timedelta(days=4)) == (1, "left", False)
    assert closed(NOW + days + timedelta(days=5)) == (0, "left", False)
    assert (batch.path, counts(batch), Need.objects.count()) == ("", (2, 2, 0, 0), 2)
    last = Event.objects.filter(subject_kind="import").latest("pk")
    assert (last.kind, last.by, last.data) == ("needs.import_left", "system", {"rows_in": 2})
    again = take(village, content, when=NOW + days + timedelta(days=6))
    assert (again.pk, again.state, counts(again), Need.objects.count()) == (batch.pk, "done", (5, 5, 0, 0), 5)


def test_the_correction_file_holds_the_rejected_rows_and_comes_back_idempotently(village: Village) -> None:
    bad = [row(phone="1.38E+10", what="修路"), row(where="", what="修灯", phone="13800000012")]
    batch = take(village, csv_of([GOOD, *bad]))
    assert counts(batch) == (3, 1, 2, 0)
    content = selectors.correction_file(batch)
    lines = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert lines[0] == ["原文件行", "请更正", *HEAD]
    assert [line[0] for line in lines[1:]] == ["3", "4"]
    assert "联系电话：电话成了科学计数法" in lines[1][1]
    untouched = take(village, content, "更正.xlsx", LATER)
    assert counts(untouched) == (2, 0, 2, 0)
    assert take(village, content, "更正.xlsx", LATER) == untouched
    mended = [list(line) for line in lines]
    mended[1][5], mended[2][3] = "13800000013", "南头古城四栋"
    corrected = plain_xlsx(mended[1:], mended[0])
    assert counts(take(village, corrected, "更正.xlsx", LATER)) == (2, 2, 0, 0)
    again = plain_xlsx([*mended[1:], ["", "", *row(what="再加一条")]], mended[0])
    assert counts(take(village, again, "更正2.xlsx", LATER)) == (3, 1, 0, 2)


def test_the_template_comes_back_filled_in(village: Village) -> None:
    content = selectors.template_file(place(), TODAY)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["需求", "填写说明"]
    head, guidance = book.get_sheet_by_index(0).to_python()
    assert head[:5] == ["希望解决什么（必填）", "在什么地方（必填）", "姓名", "联系电话", "户号"]
    assert guidance[0].startswith("※")
    assert "途径" in "".join(head)
    with pytest.raises(Invalid):
        take(village, b"", "空.xlsx")
    assert counts(take(village, content, "模板.xlsx")) == (0, 0, 0, 0)
    filled = plain_xlsx([guidance, ["修路", "北门", "演示·陈", "13800000014"]], head)
    assert counts(take(village, filled, "模板.xlsx")) == (1, 1, 0, 0)


def test_drop_downs_come_from_the_catalogues_of_the_pack(village: Village) -> None:
    with zipfile.ZipFile(io.BytesIO(selectors.template_file(place(), TODAY))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert "线上,线下" in sheet
    assert "集中征集,日常征集" in sheet


def test_excel_cells_of_every_kind(village: Village) -> None:
    def write(book) -> None:
        sheet = book.add_worksheet("需求")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.merge_range(0, 0, 0, 6, "南头城社区2021年需求征集表")
        sheet.write_row(1, 0, HEAD)
        sheet.write_row(2, 0, ["灯坏了", "一栋", "演示", 13800000021.0])
        sheet.write_datetime(2, 5, datetime(2021, 4, 1), day)
        sheet.write_row(3, 0, ["灯坏了", "二栋", "演示", 13800000022.0, "", 44287.0])
        sheet.write_row(5, 0, ["灯坏了", "三栋", "演示", 1.38e17])
        sheet.write_formula(6, 0, '="灯"&"坏"', None, "灯坏")
        sheet.write_row(6, 1, ["四栋", "演示", "13800000023"])
        sheet.write_formula(7, 0, "=A1", None, "")
        sheet.write_row(7, 1, ["五栋", "演示", "13800000024"])
        sheet.merge_range(8, 1, 9, 1, "六栋")
        sheet.write(8, 0, "漏水"), sheet.write(9, 0, "掉漆")
        sheet.write_row(8, 2, ["演示", "13800000025"]), sheet.write_row(9, 2, ["演示", "13800000026"])
        sheet.write_row(20, 0, [" ", ""])

    batch = take(village, xlsx_of(write), "需求.xlsx")
    assert counts(batch) == (7, 5, 2, 0)
    assert [(one.sheet, one.line) for one in selectors.rejected_rows(batch)] == [("需求", 6), ("需求", 8)]
    assert any("科学计数法" in reason for reason in reasons(batch))
    needs = {need.where: need for need in Need.objects.all() if need.what != "掉漆"}
    assert needs["一栋"].collected_on == date(2021, 4, 1)
    assert needs["二栋"].collected_on == date(2021, 4, 1)
    assert needs["二栋"].contact.open() == "13800000022"
    assert [need.where for need in Need.objects.filter(what__in=["漏水", "掉漆"])] == ["六栋", "六栋"]


def test_hidden_sheets_and_sheets_without_headers_are_named(village: Village) -> None:
    def write(book) -> None:
        for name in ("需求", "旧表", "备注"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD if name != "备注" else ["随便写写", ""])
            sheet.write_row(1, 0, GOOD)
        book.get_worksheet_by_name("旧表").hide()

    batch = take(village, xlsx_of(write), "需求.xlsx")
    assert counts(batch) == (1, 1, 0, 0)
    assert any("旧表" in note["zh"] for note in batch.notes)
    assert any("备注" in note["zh"] and "2 行" in note["zh"] for note in batch.notes)


def test_two_sheets_with_needs_are_both_read(village: Village) -> None:
    def write(book) -> None:
        for name, what in (("一组", "修灯"), ("二组", "修路")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, row(what=what))

    assert counts(take(village, xlsx_of(write), "需求.xlsx")) == (2, 2, 0, 0)
    assert list(Need.objects.order_by("pk").values_list("what", "batch_row")) == [("修灯", 1), ("修路", 2)]


def test_a_column_nobody_knows_is_named_and_handed_back(village: Village) -> None:
    batch = take(village, csv_of([(*row(where=""), "备用")], head=(*HEAD, "网格长意见")))
    assert any("网格长意见" in note["zh"] for note in batch.notes)
    assert next(selectors.rejected_rows(batch)).original["网格长意见"] == "备用"


def test_an_open_quotation_mark_spoils_its_own_line_only(village: Village) -> None:
    text = (
        csv_of(many(2)).decode() + '"没有收尾的引号,三栋,演示,13800000099\r\n' + csv_of(many(4)[2:]).decode().split("\r\n", 1)[1]
    )
    batch = take(village, text.encode())
    assert counts(batch) == (5, 4, 1, 0)
    assert reasons(batch) == ["这一行的引号不成对，分不清各列。"]


def test_a_cell_of_several_lines_is_one_cell(village: Village) -> None:
    assert counts(take(village, csv_of([row(what="灯坏了\n也没有扶手")]))) == (1, 1, 0, 0)
    assert Need.objects.get().what == "灯坏了\n也没有扶手"


def test_a_garbled_line_is_rejected_alone(village: Village) -> None:
    content = csv_of(many(1)) + b"\xff\xfe\xfd,\xd6 ,x\r\n" + csv_of(many(2)[1:]).split(b"\r\n", 1)[1]
    batch = take(village, content)
    assert counts(batch) == (3, 2, 1, 0)
    assert "乱码" in reasons(batch)[0]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "空的"),
        (csv_of([GOOD], head=("甲", "乙", "丙", "丁", "戊", "己", "庚")), "a.csv", "没有找到表头"),
        (csv_of([GOOD], head=("需求内容", "备注", "姓名", "丁", "戊", "己", "庚")), "a.csv", "缺少列：在什么地方"),
        (b"PK\x03\x04broken", "a.xlsx", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "另存为"),
        (b"%PDF-1.4", "a.pdf", "另存为"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.png", "不是表格"),
    ],
)
def test_what_is_no_spreadsheet_of_needs_is_refused_and_nothing_kept(
    village: Village, content: bytes, name: str, said: str
) -> None:
    before = row_counts()
    with pytest.raises(Invalid, match=said) as refused:
        take(village, content, name)
    assert "file" in refused.value.fields
    assert row_counts() == before


def test_a_package_that_unpacks_to_too_much_is_not_opened(village: Village) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for n in range(3):
            package.writestr(f"xl/{n}.xml", b"0" * (230 * 1024 * 1024 // 3 * 3))
    with pytest.raises(Invalid, match="太大"):
        take(village, out.getvalue(), "a.xlsx")


def test_only_the_offices_import(village: Village) -> None:
    for nobody in (village.cast.stranger, village.resident(), village.cast.civil):
        with pytest.raises(NotAllowed):
            services.import_needs(place=place(), file_name="a.csv", content=csv_of([GOOD]), by=nobody, at=NOW)
    assert not ImportBatch.objects.exists()


def test_names_and_phones_of_rejected_rows_are_not_readable_at_rest(village: Village) -> None:
    batch = take(village, csv_of([row(where="")]))
    with connection.cursor() as cursor:
        cursor.execute("select original, faults from needs_importrow")
        stored = str(cursor.fetchall())
    assert "13800000011" not in stored
    assert "演示" not in stored
    assert batch.rejected == 1


def test_household_numbers_and_phones_lead_to_the_roll(village: Village) -> None:
    household = village.priority("P-001")
    resident = village.resident(household, phone="13800000031")
    batch = take(village, csv_of([row(phone="13800000031"), row(what="修路", name="", phone="", household="P-001")]))
    assert counts(batch) == (2, 2, 0, 0)
    assert list(Need.objects.order_by("pk").values_list("person", "household")) == [
        (resident.pk, household.pk),
        (None, household.pk),
    ]
    coverage = selectors.coverage(place(), 2021, TODAY)
    assert (coverage.sources, coverage.priority_missing) == (1, 0)
