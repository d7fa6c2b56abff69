"""Numbers of people in free text: found however they are written, and nothing else taken for one."""

import pytest

from linli.rules.plain.private import Number, numbers_in, warning


@pytest.mark.parametrize(
    ("words", "kind", "written"),
    [
        ("请联系13800138000谢谢", "mobile", "13800138000"),
        ("电话 138 0013 8000", "mobile", "138 0013 8000"),
        ("１３８００１３８０００", "mobile", "13800138000"),
        ("+86-13912345678", "mobile", "+86-13912345678"),
        ("座机0755-26561234。", "landline", "0755-26561234"),
        ("(010)62345678", "landline", "(010)62345678"),
        ("身份证11010519491231002X", "identity", "11010519491231002X"),
    ],
)
def test_finds_numbers_however_they_are_written(words: str, kind: str, written: str) -> None:
    assert numbers_in(words) == (Number(kind, written),)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2021年3月1日到3月22日",
        "深民〔2018〕138号",
        "预算 1380013 元",
        "项目编号 NS-2021-0001380013800099",
        "身份证110105194912310021",  # its check digit is wrong
        "第138条 共0013款 8000字",
        "12380013800",
    ],
)
def test_takes_nothing_else_for_a_number(words: str) -> None:
    assert numbers_in(words) == ()
    assert warning(words) is None


def test_the_warning_names_what_it_found_in_both_languages() -> None:
    found = warning("三栋王阿姨 13800138000，座机 0755-26561234")
    assert found is not None
    assert "手机号 13800138000、座机号 0755-26561234" in found.zh
    assert "a mobile number 13800138000, a telephone number 0755-26561234" in found.en
