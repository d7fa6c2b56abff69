"""What a page was told by the database is known to the last byte, or it is said not to be known."""

from datetime import date

import pytest

from linli.records.made_rows import shown_rows
from linli.records.places.models import Place
from linli.records.prepared import Prepared
from linli.records.reading import one_reading, what_was_read

pytestmark = pytest.mark.django_db
BY_CODE = Prepared(lambda codes: Place.objects.filter(code__in=codes).order_by("code"))
BY_NAME = Prepared(lambda name: Place.objects.filter(name=name))
SINCE = Prepared(lambda day: Place.objects.filter(since__lte=day))


@pytest.fixture(autouse=True)
def here() -> Place:
    return Place.objects.create(code="P0", name="演示社区", level="community", path="/P0/", since=date(2021, 1, 1))


def read(*asks) -> bytes | None:
    with one_reading():
        for ask in asks:
            ask()
        return what_was_read()


def test_the_same_questions_with_the_same_rows_are_the_same_reading() -> None:
    first = read(lambda: BY_CODE(["P0"]), lambda: SINCE(date(2021, 6, 1)))
    assert first is not None
    assert first == read(lambda: BY_CODE(["P0"]), lambda: SINCE(date(2021, 6, 1)))
    assert first == read(lambda: BY_CODE(["P0"]), lambda: BY_CODE(["P0"]), lambda: SINCE(date(2021, 6, 1)))


def test_what_is_equal_is_the_same_reading_whichever_object_it_is(here: Place) -> None:
    def by_what_was_found() -> None:
        BY_NAME(BY_CODE(["P0"])[0].name)

    def by_hand() -> None:
        BY_CODE(["P0"])
        BY_NAME("".join(["演示", "社区"]))

    assert read(by_what_was_found) == read(by_hand) is not None


def test_another_byte_in_a_column_nobody_looks_at_is_another_reading(here: Place) -> None:
    seen = {read(lambda: BY_CODE(["P0"]))}
    for change in ({"name": "演示社区 "}, {"since": None}, {"until": date(2030, 1, 1)}, {"path": "/P0/0"}):
        Place.objects.filter(pk="P0").update(**change)
        seen.add(read(lambda: BY_CODE(["P0"])))
    assert len(seen) == 5 and None not in seen


def test_other_values_are_another_reading_though_nothing_is_found() -> None:
    asked = [read(lambda codes=codes: BY_CODE(codes)) for codes in (["no"], ["on"], ["no", "on"])]
    assert len({*asked, read()}) == 4 and None not in asked


def test_what_was_asked_in_another_way_makes_the_reading_unknown() -> None:
    assert what_was_read() is None
    assert read(lambda: Place.objects.count()) is None
    assert read(lambda: BY_CODE(["P0"]), lambda: Place.objects.first()) is None
    assert read(lambda: shown_rows(Place.objects.filter(level="community"))) is not None


def test_a_deferred_column_that_is_looked_up_later_makes_it_unknown() -> None:
    without_names = Prepared(lambda code: Place.objects.filter(code=code).defer("name"))
    with one_reading():
        row = without_names.first("P0")
        assert row is not None and what_was_read() is not None
        assert row.name == "演示社区"
        assert what_was_read() is None
