"""How words are cut: pairs of signs, letters as they are, pinyin initials."""

import pytest

from linli.records.reports.search.marking import marked, snippet
from linli.records.reports.search.tokens import grams, initials, words


def test_chinese_is_cut_in_pairs_and_the_last_sign_stands_alone() -> None:
    assert grams("路灯坏了") == "路灯 灯坏 坏了 了"


def test_letters_and_figures_stay_whole_and_full_width_is_made_ordinary() -> None:
    assert grams("项目 ＮＳ-2021-0001，Ａ座") == "项目 目 ns 2021 0001 a 座"


def test_pinyin_initials_are_cut_in_pairs_too() -> None:
    assert initials("路灯坏了（3栋）") == "ld dh hl l d"


def test_a_word_is_a_phrase_of_pairs_and_a_single_sign_is_only_begun() -> None:
    (lamp,) = words("路灯坏")
    assert (lamp.tokens, lamp.begun, lamp.initials) == (("路灯", "灯坏"), False, ())
    (one,) = words("灯")
    assert (one.tokens, one.begun) == (("灯",), True)


def test_letters_may_be_a_code_or_initials() -> None:
    (asked,) = words("LDH")
    assert (asked.tokens, asked.begun, asked.initials) == (("ldh",), True, ("ld", "dh"))
    (code,) = words("NS-2021-00")
    assert (code.tokens, code.initials) == (("ns", "2021", "00"), ())


@pytest.mark.parametrize("rubbish", ["", "   ", "，。！", "🙂", "\"'*():&|!<->", "\x00"])
def test_what_holds_no_word_asks_for_nothing(rubbish: str) -> None:
    assert words(rubbish) == []


def test_what_was_found_is_marked_sign_by_sign() -> None:
    assert marked("楼道的灯坏了", words("灯坏 楼道")) == [("楼道", True), ("的", False), ("灯坏", True), ("了", False)]
    assert marked("路灯坏了", words("ldh")) == [("路灯坏", True), ("了", False)]
    assert marked("Ａ座 <b>", words("a座")) == [("Ａ座", True), (" <b>", False)]


def test_a_long_text_is_shown_around_the_first_word_found() -> None:
    parts = snippet("很长的话" * 30 + "路灯坏了" + "还有话" * 30, words("路灯"))
    assert parts[0] == ("…", False) and parts[-1] == ("…", False) and ("路灯", True) in parts
