"""Money is whole fen, read and written without losing one."""

import pytest

from linli.rules.plain.money import fen_from_yuan, in_words, wan, yuan


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("486,500.00", 48_650_000),
        ("48.65万", 48_650_000),
        ("４８．６５ 万元", 48_650_000),
        ("1亿", 10_000_000_000),
        ("0.01", 1),
        (-3, -300),
    ],
)
def test_an_amount_is_read_however_it_is_written(written: str | int, fen: int) -> None:
    assert fen_from_yuan(written) == fen


@pytest.mark.parametrize("written", ["", "abc", "0.001", "0.0000001万", "Infinity", "NaN"])
def test_what_is_no_amount_or_less_than_a_fen_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        fen_from_yuan(written)


def test_in_running_text_ten_thousand_yuan_and_more_are_counted_in_wan() -> None:
    assert [wan(fen) for fen in (999_999, 1_000_000, 48_650_000, 0, -1_000_000)] == [
        "9,999.99 元",
        "1 万元",
        "48.65 万元",
        "0 元",
        "-1 万元",
    ]
    assert (yuan(-5), in_words(48_650_000, "en")) == ("-0.05", "486,500 yuan")
