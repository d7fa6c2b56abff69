"""Figures of a wide place are counted again only where something was done since."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.records.cases.models import Case
from linli.records.cases.selectors import tally
from linli.records.cases.selectors.kinds import kinds_of
from linli.records.cases.selectors.tally import public_kinds
from linli.records.cases.services import open_case, take_act
from linli.records.reading import one_reading, what_was_read
from tests.records.cases.life import Life
from tests.records.rulebook.world import OTHER, place

pytestmark = pytest.mark.django_db
PROJECTS = frozenset(["micro_project"])
DISTRICT, HERE = "440305", "440305001001"


@pytest.fixture(autouse=True)
def figures_are_kept(settings) -> Iterator[None]:
    settings.HOLD_FIGURES = True
    tally.forget()
    yield
    tally.forget()


def withdraw(life: Life, case: Case, by: object) -> None:
    take_act(case=case, act="withdraw", by=by, at=life.later(), note="演示·以后再议")  # type: ignore[arg-type]


def asked(code: str) -> list[str]:
    """What is asked of the database for the figures of a place."""
    there = place(code)
    with CaptureQueriesContext(connection) as queries:
        public_kinds(there, PROJECTS)
    return [query["sql"] for query in queries]


def test_an_act_is_counted_at_once_in_its_place_and_in_every_place_around_it(life: Life) -> None:
    assert [public_kinds(place(code) if code else None, PROJECTS).all for code in ("", DISTRICT, HERE)] == [0, 0, 0]
    withdraw(life, life.case, life.cast.secretary)
    for code in ("", DISTRICT, HERE):
        found = public_kinds(place(code) if code else None, PROJECTS)
        assert (found.all, found.by("passage__state")) == (1, {"withdrawn": 1})
    assert public_kinds(place(OTHER), PROJECTS).all == 0


def test_while_nothing_happens_only_the_trail_is_looked_at(life: Life) -> None:
    withdraw(life, life.case, life.cast.secretary)
    first, again = asked(DISTRICT), asked(DISTRICT)
    assert len(first) == 3
    assert len(again) == 1 and "trail_stream" in again[0]


def test_only_the_place_of_an_act_is_counted_again(life: Life) -> None:
    withdraw(life, life.case, life.cast.secretary)
    asked(DISTRICT)
    open_case(procedure="micro_project", place=place(HERE), title="演示·花箱", by=life.cast.secretary, at=life.later())
    counted = asked(DISTRICT)
    assert len(counted) == 3
    assert f"'{HERE}'" in counted[2] and OTHER not in counted[2]


def test_a_place_is_not_counted_again_for_the_places_around_it(life: Life) -> None:
    withdraw(life, life.case, life.cast.secretary)
    asked(DISTRICT)
    assert [len(asked(code)) for code in (HERE, "4403")] == [2, 2]


def test_another_place_with_acts_of_its_own_changes_nothing_here(life: Life) -> None:
    withdraw(life, life.case, life.cast.secretary)
    before = public_kinds(place(HERE), PROJECTS)
    other = open_case(procedure="micro_project", place=place(OTHER), title="演示·邻社区", by=life.cast.stranger, at=life.later())
    withdraw(life, other, life.cast.stranger)
    assert public_kinds(place(HERE), PROJECTS) is before
    assert public_kinds(None, PROJECTS).all == 2


def test_kept_or_counted_the_figures_are_the_same(life: Life, settings) -> None:
    public_kinds(None, PROJECTS)
    for title in ("演示·一", "演示·二"):
        case = open_case(procedure="micro_project", place=place(HERE), title=title, by=life.cast.secretary, at=life.later())
        withdraw(life, case, life.cast.secretary)
        kept = public_kinds(place(DISTRICT), PROJECTS)
        settings.HOLD_FIGURES = False
        assert kept == public_kinds(place(DISTRICT), PROJECTS) != kinds_of(Case.objects.none())
        settings.HOLD_FIGURES = True


def test_a_page_that_rests_on_them_knows_when_they_changed(life: Life) -> None:
    def read(code: str) -> bytes | None:
        there = place(code)
        with one_reading():
            public_kinds(there, PROJECTS)
            return what_was_read()

    before = {code: read(code) for code in (HERE, DISTRICT, OTHER)}
    assert None not in before.values()
    assert {code: read(code) for code in before} == before
    open_case(procedure="micro_project", place=place(HERE), title="演示·花箱", by=life.cast.secretary, at=life.later())
    assert {code: read(code) for code in before} == before, "a draft is not public"
    withdraw(life, life.case, life.cast.secretary)
    assert [code for code in before if read(code) != before[code]] == [HERE, DISTRICT]
