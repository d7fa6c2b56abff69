"""Printed pages carry Chinese on a machine that has no Chinese font."""

import io

from pypdf import PdfReader

from linli.records.reports.printing import press as p


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def _sheet() -> p.Sheet:
    return p.Sheet(
        "关于修缮南头城社区健身步道的公示",
        [
            p.pairs([("项目金额", "486,500.00 元"), ("公示期限", "5 个工作日")]),
            p.heading("内容"),
            p.paragraph("拟对步道破损处进行修缮。\n欢迎提出意见。"),
            p.table(["项目", "金额"], [["铺装", "300,000.00"], ["照明", "186,500.00"]], [2, 1]),
            p.qr("https://example.invalid/n/7F3K", "扫码查看全文、提出异议"),
            p.signatures(["经办人", "负责人"]),
            p.slips([("1 栋 101", "7F3K-92MQ", "登录用")]),
        ],
        subtitle="南头城社区党委",
        footer="邻里 · 演示",
        mark="演示",
    )


def test_a_printed_notice_can_be_read_back_in_chinese() -> None:
    text = _text(p.press(_sheet()))
    assert "关于修缮南头城社区健身步道的公示" in text
    assert "486,500.00 元" in text
    assert "7F3K-92MQ" in text


def test_its_type_is_inside_the_file() -> None:
    reader = PdfReader(io.BytesIO(p.press(_sheet())))
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(fonts[key].get_object()["/BaseFont"]) for key in fonts}
    assert names and all("NotoSansCJK" in name for name in names)


def test_the_same_record_prints_the_same_file() -> None:
    assert p.press(_sheet()) == p.press(_sheet())
