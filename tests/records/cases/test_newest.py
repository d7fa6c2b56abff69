"""By which index the newest of a place are read."""

from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.cases.models import Case
from linli.records.cases.selectors import visible_to
from linli.records.cases.selectors.kinds import Kinds, kinds_of
from linli.records.cases.selectors.newest import Way, first_newest, newest, way_to
from linli.records.cases.services import open_case
from linli.records.places.models import Place
from linli.records.rulebook.models import Passage
from tests.records.cases.life import Life

# procedure, state, stage, type, category, year
CITY = Kinds(
    {
        ("micro_project", "archived", "closing", "works", "public_facility", 2024): 5_000,
        ("micro_project", "archived", "closing", "service", "mass_activity", 2026): 4_000,
        ("micro_project", "withdrawn", "closing", "", "", 2026): 60_000,
        ("covenant", "in_force", "agreed", "", "", 2026): 3,
    }
)


def lead(level: str = "", **chosen: str | int) -> str | None:
    place = Place(level=level, code="x", path="/x/") if level else None
    return way_to(place, {column.replace("state", "passage__state"): value for column, value in chosen.items()}, CITY).lead


def test_where_nothing_is_asked_for_all_are_walked_and_a_small_place_is_read_whole() -> None:
    assert lead() == lead("city") == lead("district") == ""
    assert lead("subdistrict") is None
    assert lead("community") is None


def test_what_is_asked_for_is_found_by_the_index_that_passes_the_fewest() -> None:
    assert lead(type="works") == "type"
    assert lead(state="archived") == "passage__state"
    assert lead(procedure="covenant") == lead(procedure="covenant", state="in_force") == "procedure"
    assert lead(type="works", category="mass_activity") == "category"  # none have both: the fewer are passed


def test_what_nearly_all_are_is_read_from_the_newest_on() -> None:
    assert lead(procedure="micro_project") == ""


def test_an_older_year_is_found_by_the_year() -> None:
    assert lead(year=2024, procedure="micro_project") == "year"
    assert lead(year=2024, state="archived") == "year"


def test_what_is_rare_in_a_district_is_sought_in_the_district_alone() -> None:
    assert lead("district", type="works") == "type"
    assert lead("district", type="works", category="mass_activity") is None
    assert lead("", type="works", category="mass_activity") == "category"


def test_the_order_depends_on_what_is_asked_for_and_never_on_the_counts() -> None:
    for led in (None, "", "passage__state"):
        assert Way("", ("procedure", "passage__state"), led).order == ("-passage__opened_at", "-passage__pk")
        assert Way("", ("passage__state", "type"), led).order == ("-opened_at", "-pk")
        assert Way("", (), led).order == ("-opened_at", "-pk")


@pytest.mark.django_db
def test_a_matter_and_where_it_stands_begin_at_one_moment(life: Life) -> None:
    assert life.case.passage is not None
    assert life.case.opened_at == life.case.passage.opened_at


@pytest.mark.django_db
def test_each_combination_is_counted_once_and_found_as_often(life: Life) -> None:
    known, stands = life.case, life.case.passage
    assert stands is not None
    stands.taken = 1
    stands.save()
    kinds = kinds_of(visible_to(None, date.min))
    chosen: dict[str, str | int] = {"procedure": "micro_project", "passage__state": stands.state, "year": known.year}
    assert kinds.all == kinds.how_many({}) == kinds.how_many(chosen) == 1
    assert kinds.how_many({**chosen, "type": "nothing"}) == 0
    assert kinds.by("year") == {known.year: 1}
    other: tuple[dict[str, str | int], ...] = ({"passage__stage": stands.stage}, {"year": known.year})
    for asked in (chosen, *other):
        way = way_to(None, asked, kinds)
        assert first_newest(way, procedures=["micro_project"], place=None, chosen=asked, kinds=kinds, most=21) == [
            Case.objects.get()
        ]
        assert first_newest(way, procedures=["covenant"], place=None, chosen=asked, kinds=kinds, most=21) == []


@pytest.mark.django_db
def test_what_is_newer_and_of_other_kinds_is_not_looked_at(life: Life) -> None:
    """A thousand matters opened since, none of them closed: the list of closed ones begins where the newest closed one lies."""
    ours = life.case
    Passage.objects.filter(pk=ours.passage_id).update(taken=1, state="archived")
    Case.objects.filter(pk=ours.pk).update(type="works")
    for n in range(3):
        later = open_case(procedure="micro_project", place=ours.place, title=f"演示{n}", by=life.cast.secretary, at=life.later())
        Passage.objects.filter(pk=later.passage_id).update(taken=1)
        Case.objects.filter(pk=later.pk).update(type="works")
    kinds = kinds_of(visible_to(None, date.min))
    chosen: dict[str, str | int] = {"passage__state": "archived", "type": "works"}
    assert kinds.until(chosen) == ours.opened_at < (kinds.until({"type": "works"}) or ours.opened_at)
    way = replace(way_to(None, chosen, kinds), lead="type", until=True)
    those: Any = {"procedures": ["micro_project"], "place": None, "chosen": chosen}
    with CaptureQueriesContext(connection) as queries:
        assert first_newest(way, **those, kinds=kinds, most=21) == [ours]
    assert '"opened_at" <= ' in queries[0]["sql"]
    assert list(newest(visible_to(None, date.min), way, **those)) == [ours]


def test_nothing_is_passed_over_where_it_is_not_known_when_the_newest_was_opened() -> None:
    assert way_to(None, {"type": "works"}, CITY).until is False
    known = replace(CITY, newest=dict.fromkeys(CITY.counts, datetime(2026, 1, 1, tzinfo=UTC)))
    assert way_to(None, {"type": "works"}, known).until is True
    assert way_to(None, {"passage__state": "archived"}, known).until is False  # in the order of passages
    assert way_to(Place(level="community", code="x", path="/x/"), {"type": "works"}, known).until is False


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, Case._meta.db_table))


@pytest.mark.django_db
@pytest.mark.parametrize("left_over", [True, False])
def test_the_index_of_kinds_that_led_questions_astray_goes_where_a_database_still_has_it(left_over: bool) -> None:
    before = _indexes()
    assert "case_newest_of_kind" not in before
    if left_over:
        with connection.cursor() as cursor:
            cursor.execute("CREATE INDEX case_newest_of_kind ON cases_case (procedure, opened_at DESC, id DESC)")
        assert _indexes() - before == {"case_newest_of_kind"}
    (drop,) = import_module("linli.records.cases.migrations.0006_no_index_of_kinds").Migration.operations
    with connection.cursor() as cursor:
        cursor.execute(drop.sql)
    assert _indexes() == before
