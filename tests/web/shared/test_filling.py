"""Pack forms on a page: read exactly, nothing typed is lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from linli.records.evidence.forms.reading import FormRules, read_form
from linli.rules.plain.refusals import Invalid
from linli.web.shared.filling import BoundForm, as_plain, posted
from linli.web.shared.samples import Samples

SAMPLES = Samples(date(2026, 11, 21))


def test_what_was_posted_becomes_plain_data() -> None:
    post = QueryDict(
        "title=楼道灯&type=works&amount=48.65万&share=66.7%25&until=2026-12-20&urgent=no&groups=goods&groups=works"
        "&budget-rows=2&budget-0-item=灯&budget-0-quantity=1,200&budget-0-sum=3.5&budget-1-item="
    )
    found = posted(SAMPLES.form, post)
    assert found.errors == {}
    assert found.data == {
        "title": "楼道灯",
        "type": "works",
        "amount": "486500.00",
        "share": "667/1000",
        "until": "2026-12-20",
        "urgent": False,
        "groups": ["goods", "works"],
        "budget": [{"item": "灯", "quantity": 1200, "sum": "3.50"}],
    }


def test_what_was_posted_is_what_the_services_read() -> None:
    """One amount is one amount: typed in ten thousands, handed over in yuan, kept in fen."""
    found = posted(SAMPLES.form, QueryDict("title=楼道灯&amount=48.65万&budget-rows=1&budget-0-sum=3.5"))
    kept = read_form(SAMPLES.form, found.data, FormRules(), draft=True).data
    assert (kept["amount"], kept["budget"]) == (48_650_000, [{"sum": 350}])


def test_everything_unreadable_is_named_at_once_and_all_that_was_typed_stays() -> None:
    found = SAMPLES.typed()
    assert sorted(found.errors) == ["amount", "budget-1-quantity"]
    with pytest.raises(Invalid) as turned:
        found.check()
    assert turned.value.fields["amount"].zh == "请写成金额，如 48.65万 或 486500.00"
    views = {view.name: view for view in BoundForm(SAMPLES.form, rules=SAMPLES.rules, posted=found).fields}
    assert views["amount"].value == "五十万左右"
    assert views["budget"].rows[1][1].value == "一批"
    assert views["budget"].rows[1][1].error.zh == "请写成整数"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("money", "五十万左右"), ("money", "1.234"), ("number", "1.5"), ("share", "1/0"), ("share", "一半"), ("date", "2026-02-30")],
)
def test_what_cannot_be_read_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(ValueError):
        as_plain(kind, typed)


@pytest.mark.parametrize(
    ("kind", "typed", "plain"),
    [
        ("money", "¥1,000.50", 100_050),
        ("share", "2/3", "2/3"),
        ("share", "５０％", "1/2"),
        ("number", "１２", 12),
        ("flag", "yes", True),
        ("flag", "", None),
        ("text", "", ""),
    ],
)
def test_people_write_figures_in_many_ways(kind: str, typed: str, plain: Any) -> None:
    assert as_plain(kind, typed) == plain


def test_one_more_row_and_one_less_without_any_script() -> None:
    rows = "budget-rows=2&budget-0-item=甲&budget-1-item=乙"
    more = posted(SAMPLES.form, QueryDict(f"{rows}&_add_row=budget"))
    assert more.only_rows
    assert [row["item"] for row in more.typed["budget"]] == ["甲", "乙", ""]
    less = posted(SAMPLES.form, QueryDict(f"{rows}&_drop_row=budget-0"))
    assert [row["item"] for row in less.typed["budget"]] == ["乙"]


@pytest.mark.parametrize("rows", ["99999999", "-3", "abc", "²", ""])
def test_a_forged_number_of_rows_does_no_harm(rows: str) -> None:
    found = posted(SAMPLES.form, QueryDict(f"budget-rows={rows}&budget-0-item=x"))
    assert len(found.typed["budget"]) <= 200


def test_stored_data_comes_back_as_it_would_be_typed() -> None:
    bound = BoundForm(
        SAMPLES.form, rules=SAMPLES.rules, stored={"amount": 48_650_000, "budget": [{"item": "灯", "sum": 350}], "urgent": True}
    )
    views = {view.name: view for view in bound.fields}
    assert Decimal(views["amount"].value) == Decimal("486500.00")
    assert [cell.value for cell in views["budget"].rows[0]] == ["灯", "", "3.50"]
    assert views["urgent"].value == "yes"
