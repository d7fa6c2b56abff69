"""Spreadsheets that would bring the house down are refused from their bytes; a line that cannot be split spoils only itself."""

import io
import zipfile
from unittest import mock

import pytest
import python_calamine

from linli.records.needs.intake import package
from linli.records.needs.intake.package import check_package
from linli.records.needs.intake.sheets import SheetRow, heads_of, rows_of
from linli.rules.plain.refusals import Invalid
from tests.records.needs.sheets import xlsx_of

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def related(**targets: str) -> str:
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{_RELATED}/{kind}" Target="{target}"/>' for kind, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def book(rows: str, before: str = "", after: str = "", shared: str = "") -> io.BytesIO:
    """A workbook of one sheet, written by hand."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": related(officeDocument="xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="worksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": related(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out


def cell(name: str, text: str = "字") -> str:
    return f'<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "希望解决什么")}{cell("B1", "在什么地方")}</row>'


def read(file: io.BytesIO, kind: str = "xlsx") -> list[SheetRow]:
    if kind == "xlsx":
        check_package(file)
    return [row for row in rows_of(file, kind) if isinstance(row, SheetRow)]


@pytest.mark.parametrize(
    ("rows", "reaches"),
    [
        (f'<row r="1048576">{cell("XFD1048576")}</row>', ("1,048,576", "16,384")),
        ("<row r='9'><c  s='1' r = 'GS9' ><v>1</v></c></row>", ("9", "201")),
        (f'<x:row r="1048576" xmlns:x="{_MAIN}"><x:c r="F1048576"><x:v>1</x:v></x:c></x:row>', ("1,048,576", "6")),
        ("<row>" + "<c><v>1</v></c>" * 201 + "</row>", ("", "")),
        ('<row r="1048576"><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>', ("", "")),
        ('<row r="2"><c r="AAAAAAAA2"><v>1</v></c></row>', ("2", "456,976")),
        (f'<row r="2">{cell("A2", "字" * 400_000)}</row><row r="3">{cell("ZZ3")}</row>', ("3", "702")),
    ],
)
def test_a_cell_far_out_is_refused_before_the_grid_is_laid_out(rows: str, reaches: tuple[str, str]) -> None:
    with mock.patch.object(python_calamine.CalamineWorkbook, "from_filelike") as opened, pytest.raises(Invalid) as refused:
        read(book(HEAD + rows))
    assert not opened.called
    said = refused.value.fields["file"]
    assert all(part in said.zh and part in said.en for part in reaches)
    assert "最多 200 列，行数乘列数最多 500 万格" in said.zh


def test_formats_without_words_and_a_size_merely_declared_are_no_reach() -> None:
    styled = '<row r="1048576" s="3" customFormat="1"><c r="XFD1048576" s="3"/><c r="IV1048576" s="3" /></row>'
    found = read(book(HEAD + styled, before='<dimension ref="A1:XFD1048576"/>'))
    assert [row.cells for row in found] == [("希望解决什么", "在什么地方")]


def test_a_text_kept_once_and_shown_in_many_cells_is_counted_in_each() -> None:
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 10 + "</row>"
    with pytest.raises(Invalid, match="太大"):
        read(book(rows * 500, shared=f"<si><t>{'路' * 30_000}</t></si>"))
    assert len(read(book(rows * 500, shared="<si><t>路</t></si>"))) == 500


def test_what_a_package_declares_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_UNPACKED", 200_000)
    monkeypatch.setattr(package, "_check_declared", lambda parts: None)
    with pytest.raises(Invalid, match="太大"):
        check_package(book(HEAD, after="<x/>" * 60_000))


@pytest.mark.parametrize("ref", ["A3:Z1048576", "A1:A1048576", "C9:A1"])
def test_a_merge_beyond_the_page_ends_with_the_page(ref: str) -> None:
    found = read(book(HEAD + f'<row r="3">{cell("A3")}</row>', after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))
    assert [row.line for row in found] == [1, 2, 3]


def test_merged_cells_say_the_same_in_every_row_also_where_the_first_column_is_empty() -> None:
    def write(made) -> None:
        sheet = made.add_worksheet()
        sheet.write_row(0, 1, ["在什么地方", "希望解决什么"])
        sheet.merge_range(1, 1, 3, 1, "三栋")
        for line in (1, 2, 3, 4):
            sheet.write(line, 2, f"第{line}件")

    found = read(io.BytesIO(xlsx_of(write)))
    assert [row.cells for row in found[1:]] == [("三栋", "第1件"), ("三栋", "第2件"), ("三栋", "第3件"), ("", "第4件")]


@pytest.mark.parametrize("rows", ['<row r="0"><c r="A0"><v>1</v></c></row>', '<row><c r="A1"><v>'])
def test_a_sheet_that_cannot_be_read_is_refused_in_words(rows: str) -> None:
    file = book(rows)
    check_package(file)
    with pytest.raises(Invalid, match="打不开"):
        list(heads_of(file, "xlsx", 15))


def csv(text: str) -> list[SheetRow]:
    return read(io.BytesIO(("希望解决什么,在什么地方\n" + text).encode()), "csv")[1:]


def test_inch_marks_are_part_of_a_cell() -> None:
    found = csv('水管4"漏水,一楼\n阀门6"生锈,二楼\n路灯坏了,三楼\n')
    assert [row.cells for row in found] == [('水管4"漏水', "一楼"), ('阀门6"生锈', "二楼"), ("路灯坏了", "三楼")]
    assert [row.broken for row in found] == [None] * 3


def test_a_cell_of_several_lines_may_hold_inch_marks_too() -> None:
    found = csv('4"管,"多行\n内容"\n"带""引号""的\n两行",二楼\n')
    assert [row.cells for row in found] == [('4"管', "多行\n内容"), ('带"引号"的\n两行', "二楼")]


def test_lines_that_do_not_join_to_a_record_spoil_only_the_first_of_them() -> None:
    found = csv('"没有收尾,一楼\n"阀门"6"生锈,二楼\n路灯坏了,三楼\n')
    assert [(row.cells[0], row.broken is not None) for row in found] == [
        ('"没有收尾,一楼', True),
        ('"阀门"6"生锈,二楼', True),
        ("路灯坏了", False),
    ]


def test_a_cell_without_end_spoils_its_line_and_comes_back_short() -> None:
    found = csv("路" * 140_000 + ",一楼\n路灯坏了,三楼\n")
    assert (found[0].broken and found[0].broken.zh, len(str(found[0].cells[0]))) == ("这一行有一格太长，没有读取。", 30_000)
    assert found[1].cells == ("路灯坏了", "三楼")
