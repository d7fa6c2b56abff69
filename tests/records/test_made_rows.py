"""Rows read for showing are the rows the QuerySet would give."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, Exists, OuterRef

from linli.records.made_rows import shown_rows
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place

pytestmark = pytest.mark.django_db


def place(code: str) -> Place:
    return Place.objects.create(code=code, name=f"演示社区 {code}", level="community", path=f"/{code}/")


def everything_in(row: object) -> dict[str, object]:
    return {name: str(value) for name, value in vars(row).items() if name != "_state"}


def test_columns_dates_and_what_is_read_beside_are_the_same() -> None:
    here, person = (
        place("P0"),
        Person.objects.create(name="演示", kind="staff", erased_at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)),
    )
    for office in ("party_committee", "residents_committee"):
        OfficeHeld.objects.create(person=person, office=office, place=here, since=date(2021, 1, 1))
    asked = OfficeHeld.objects.select_related("person__home", "place").order_by("pk")
    shown, plain = shown_rows(asked), list(asked)
    assert [everything_in(row) for row in shown] == [everything_in(row) for row in plain]
    assert [everything_in(row.person) for row in shown] == [everything_in(row.person) for row in plain]
    assert [(row.place.name, row.person.home) for row in shown] == [("演示社区 P0", None)] * 2
    assert shown[0].person is shown[1].person
    assert shown[0]._state.adding is False and shown[0]._state.db == "default"


def test_figures_read_with_the_rows_are_the_same() -> None:
    above = place("P0")
    Place.objects.create(code="P1", name="演示社区 P1", level="community", path="/P0/P1/", parent=above)
    beneath = Place.objects.filter(parent=OuterRef("pk"))
    asked = Place.objects.annotate(n=Count("children"), some=Exists(beneath)).filter(code__in=["P0", "P1"]).order_by("code")
    assert [(row.code, row.n, row.some) for row in shown_rows(asked)] == [("P0", 1, True), ("P1", 0, False)]


def test_what_can_find_nothing_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert shown_rows(Place.objects.filter(pk__in=[])) == []


def test_values_and_what_is_read_beside_are_left_to_the_queryset() -> None:
    place("P0")
    assert shown_rows(Place.objects.filter(code="P0").values_list("code", flat=True)) == ["P0"]
    (row,) = shown_rows(Place.objects.filter(code="P0").prefetch_related("children"))
    assert list(row._prefetched_objects_cache) == ["children"]


def test_a_column_left_out_is_read_when_it_is_asked_for(django_assert_num_queries) -> None:
    place("P0")
    (row,) = shown_rows(Place.objects.filter(code="P0").only("code"))
    with django_assert_num_queries(1):
        assert row.name == "演示社区 P0"
