"""Whoever reads a form reads the names of places, not their codes."""

from datetime import date

import pytest

from linli.records.evidence.places_named import places_named
from linli.records.places.models import Place
from linli.records.rulebook.selectors import library
from linli.rules.policy.models import Form

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Form:
    """Next year's expenditure plan: subdistrict, community, amount (S0 §10.5)."""
    return library().rules("shenzhen").forms(date(2026, 1, 1))["expenditure_plan"]


def test_places_in_the_lines_of_a_form_are_found_in_one_query(plan: Form, django_assert_num_queries) -> None:
    for code, name in (("S1", "演示街道办事处"), ("C1", "演示甲社区居民委员会"), ("C2", "演示乙社区居民委员会")):
        Place.objects.create(code=code, name=name, level="community", path=f"/{code}/")
    rows = [{"subdistrict": "S1", "community": code, "amount": 1} for code in ("C1", "C2", "gone")]
    with django_assert_num_queries(1):
        found = places_named([(plan, {"communities": rows}), (plan, {"communities": rows[:1]})])
    assert found == {each.pk: each.short_name for each in Place.objects.all()}


def test_forms_that_name_no_place_ask_nothing(plan: Form, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert places_named([(plan, {"year": 2026}), (plan, {"communities": [{"community": ""}, "rubbish"]})]) == {}
