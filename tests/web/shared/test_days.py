"""Days as people type them, and as addresses name them."""

from datetime import date

import pytest

from linli.rules.plain.refusals import Invalid
from linli.web.shared import clock
from linli.web.shared.days import day_in_address, day_typed


def test_a_day_is_typed_left_out_or_asked_for_again_at_its_field() -> None:
    assert (day_typed(" 2026-03-31 ", "since"), day_typed(" ", "since")) == (date(2026, 3, 31), None)
    with pytest.raises(Invalid) as wrong:
        day_typed("31.3.2026", "since")
    assert {field: text.en for field, text in wrong.value.fields.items()} == {"since": "Write a date such as 2026-03-31."}


def test_an_address_that_names_no_day_means_today() -> None:
    assert day_in_address("2021-04-08") == date(2021, 4, 8)
    assert day_in_address("") == day_in_address("yesterday") == clock.today()
