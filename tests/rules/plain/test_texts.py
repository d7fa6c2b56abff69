"""Words in quotes."""

from linli.rules.plain.texts import quoted


def test_quotes_within_quotes_are_of_the_other_kind() -> None:
    assert quoted("三巷路灯") == "“三巷路灯”"
    assert quoted("锦青“四点半”课堂") == "“锦青‘四点半’课堂”"
    assert quoted("说‘好’") == "“说“好””"


def test_an_apostrophe_is_no_quote() -> None:
    assert quoted("Residents’ council: “Half past four”") == "“Residents’ council: ‘Half past four’”"
