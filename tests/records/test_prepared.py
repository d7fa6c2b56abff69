"""A prepared question answers as the QuerySet it is made of, and never from yesterday."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from linli.records.people.models import OfficeHeld, Person
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.prepared import Prepared, PreparedCount, PreparedValues
from linli.records.reading import one_reading, reading

pytestmark = pytest.mark.django_db

BY_CODE = Prepared(lambda codes: Place.objects.filter(code__in=codes).order_by("code"))
ERASED_BY = Prepared(lambda moment: Person.objects.filter(erased_at__lte=moment))
IN_OFFICE = Prepared(lambda person, on: OfficeHeld.objects.filter(holding(on), person=person).select_related("place"))


def place(code: str, name: str = "演示社区") -> Place:
    return Place.objects.create(code=code, name=name, level="community", path=f"/{code}/")


def test_lists_of_any_length_find_each_row_once() -> None:
    for number in range(5):
        place(f"P{number}")
    for asked in (["P0"], ["P3", "P1", "P1"], ["P0", "P1", "P2", "P3", "P4"], ["P2", "nobody"]):
        assert [each.code for each in BY_CODE(asked)] == [
            each.code for each in Place.objects.filter(code__in=asked).order_by("code")
        ]


def test_an_empty_list_asks_nothing(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert BY_CODE([]) == []


def test_days_and_persons_are_asked_for_as_they_are() -> None:
    person, here = Person.objects.create(name="演示", kind="staff"), place("P0")
    OfficeHeld.objects.create(
        person=person, office="party_committee", place=here, since=date(2021, 1, 1), until=date(2021, 6, 30)
    )
    held = IN_OFFICE(person.pk, date(2021, 6, 30))
    assert [(each.office, each.place.name) for each in held] == [("party_committee", "演示社区")]
    assert IN_OFFICE(person.pk, date(2021, 7, 1)) == []


def test_moments_are_told_apart_to_the_microsecond_wherever_their_clock_hangs() -> None:
    erased = datetime(2026, 1, 2, 16, 0, 0, 5, tzinfo=UTC)
    Person.objects.create(name="演示", kind="staff", erased_at=erased)
    in_china = erased.astimezone(timezone(timedelta(hours=8)))
    assert [each.erased_at for each in ERASED_BY(erased)] == [erased]
    assert [each.erased_at for each in ERASED_BY(in_china)] == [erased]
    assert ERASED_BY(in_china - timedelta(microseconds=1)) == []


def test_what_was_written_a_moment_ago_is_read() -> None:
    place("P0")
    assert BY_CODE(["P0"])[0].name == "演示社区"
    Place.objects.update(name="改了名的社区")
    assert BY_CODE(["P0"])[0].name == "改了名的社区"


def test_while_a_page_is_read_the_same_is_asked_once(django_assert_num_queries) -> None:
    place("P0")
    BY_CODE(["P0"])
    with one_reading(), django_assert_num_queries(2):
        assert reading()
        for code in ("P0", "P0", "P1", "P0"):
            BY_CODE([code])
    assert not reading()
    with django_assert_num_queries(2):
        BY_CODE(["P0"])
        BY_CODE(["P0"])


def test_values_and_counts_are_those_of_the_queryset(django_assert_num_queries) -> None:
    for number in range(3):
        place(f"P{number}")
    person = Person.objects.create(name="演示", kind="staff", erased_at=datetime(2026, 1, 2, tzinfo=UTC))
    with django_assert_num_queries(3):
        assert NAMES(["P0", "P2"]) == [("P0", "演示社区"), ("P2", "演示社区")]
        assert WHEN("演示") == [(person.pk, datetime(2026, 1, 2, tzinfo=UTC))]
        assert HOW_MANY(["P0", "P1", "nobody"]) == 2
    assert HOW_MANY(["nobody"]) == 0
    Place.objects.filter(code="P1").delete()
    assert HOW_MANY(["P0", "P1"]) == 1


NAMES = PreparedValues(lambda codes: Place.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
WHEN = PreparedValues(lambda name: Person.objects.filter(name=name).values_list("pk", "erased_at"))
HOW_MANY = PreparedCount(lambda codes: Place.objects.filter(code__in=codes))
