"""Words in quotes."""

from linli.rules.plain.texts import Text, both, listed, quoted


def test_quotes_within_quotes_are_of_the_other_kind() -> None:
    assert quoted("三巷路灯") == "“三巷路灯”"
    assert quoted("锦青“四点半”课堂") == "“锦青‘四点半’课堂”"
    assert quoted("说‘好’") == "“说“好””"


def test_an_apostrophe_is_no_quote() -> None:
    assert quoted("Residents’ council: “Half past four”") == "“Residents’ council: ‘Half past four’”"


def test_several_words_stand_in_one_line_as_each_language_joins_them() -> None:
    assert listed([Text("区", "district"), "南头城"]) == Text("区、南头城", "district, 南头城")
    assert not listed([])


def test_what_people_wrote_reads_the_same_in_both_languages() -> None:
    assert both("入户问卷") == Text("入户问卷", "入户问卷")
    assert both(Text("是", "yes")) == Text("是", "yes")
