"""Receipt codes survive the telephone: one wrong digit or a swap is noticed."""

import pytest

from linli.records.trail.codes import check_digit, new_code, read_code


def test_the_known_example_of_the_check_digit() -> None:
    assert check_digit("572") == "4"


@pytest.mark.parametrize("written", ["{a}-{b}-{c}", "{a}{b}{c}", " {a} {b} {c} "])
def test_a_code_is_read_however_it_is_written(written: str) -> None:
    code = new_code()
    assert read_code(written.format(a=code[:3], b=code[3:6], c=code[6:])) == code


def test_full_width_digits_are_digits() -> None:
    code = new_code()
    assert read_code("".join(chr(ord(digit) + 0xFEE0) for digit in code)) == code


@pytest.mark.parametrize("typed", ["", "123", "12345678901", "abc-def-ghij", "1234567890x", "-" * 10])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_every_single_wrong_digit_is_noticed() -> None:
    code = new_code()
    for place in range(10):
        for digit in "0123456789":
            wrong = code[:place] + digit + code[place + 1 :]
            assert (read_code(wrong) is None) == (wrong != code)


def test_every_swap_of_neighbours_is_noticed() -> None:
    code = new_code()
    for place in range(9):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert (read_code(swapped) is None) == (swapped != code)
