"""The code on a receipt can be read out, typed badly, and still found; a wrong one is known to be wrong."""

from linli.records.needs.codes import SIGNS, new_code, read_code


def test_a_code_is_read_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == 11
    assert read_code(f" {code.lower().replace('-', ' ')} ") == code


def test_every_single_wrong_sign_is_noticed() -> None:
    code = new_code().replace("-", "")
    for position, sign in enumerate(code):
        for other in SIGNS.replace(sign, ""):
            assert read_code(code[:position] + other + code[position + 1 :]) is None


def test_every_two_neighbours_that_changed_places_are_noticed() -> None:
    for _ in range(200):
        code = new_code().replace("-", "")
        for n in range(8):
            if code[n] != code[n + 1]:
                assert read_code(code[:n] + code[n + 1] + code[n] + code[n + 2 :]) is None


def test_signs_that_look_alike_are_not_used() -> None:
    assert not set("01ILO") & set(SIGNS)
    assert read_code("0000000000") is None
    assert read_code("22222") is None
