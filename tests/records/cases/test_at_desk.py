"""However the matters of a wide desk are counted and found, they are those an office sees, in the same order."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from linli.records.cases.models import Case
from linli.records.cases.selectors import at_desk, project_list, seen_besides, tally, visible_to
from linli.records.cases.selectors.at_desk import Wanted, areas, hidden, kinds_at, matters_at
from linli.records.cases.selectors.kinds import Kinds, kinds_of
from linli.records.cases.services import open_case, take_act
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.models import Passage
from tests.records.cases.life import Life
from tests.records.rulebook.world import OTHER, officer, place

pytestmark = pytest.mark.django_db
CITY, DISTRICT, HERE = "4403", "440305", "440305001001"
STATES = ("source", "archived", "running", "-running", "-ended", "all")


@pytest.fixture(autouse=True)
def figures_are_kept(settings) -> Iterator[None]:
    settings.HOLD_FIGURES = True
    tally.forget()
    yield
    tally.forget()


@pytest.fixture
def city(life: Life) -> Life:
    """In two communities: drafts, running ones, ended ones, of two years and two kinds, some not for everybody."""
    for number, (code, taken, state, shown) in enumerate(
        product((HERE, OTHER), (0, 2), (("running", ""), ("archived", "done")), (True, False))
    ):
        by = life.cast.secretary if code == HERE else life.cast.stranger
        case = open_case(procedure="micro_project", place=place(code), title=f"演示·{number}", by=by, at=life.later())
        where, end = state
        now = life.later() if end else None
        Passage.objects.filter(pk=case.passage_id).update(taken=taken, state=where, end=end, ended_at=now)
        kind = "micro_project" if number % 3 else "covenant"
        Passage.objects.filter(pk=case.passage_id).update(procedure=kind)
        Case.objects.filter(pk=case.pk).update(public=shown, year=2020 + number % 2, procedure=kind)
    return life


def wanted(state: str = "all", **more: object) -> Wanted:
    running = {"-running": True, "-ended": False}.get(state)
    return Wanted(state="" if state in ("all", "-running", "-ended") else state, running=running, **more)  # type: ignore[arg-type]


def the_plain_way(viewer: Person, life: Life, places: Sequence[Place], asked: Wanted, within: Place | None) -> "QuerySet[Case]":
    here = beneath(places[0], "place")
    for each in places[1:]:
        here |= beneath(each, "place")
    told = {"procedure": asked.procedure, "year": asked.year, "words": asked.words, "running": asked.running}
    found = project_list(viewer=viewer, on=life.day.date(), place=within, state=asked.state, **told)  # type: ignore[arg-type]
    return found.filter(here)


def codes(found: "QuerySet[Case]") -> list[str]:
    return [case.code for case in found]


@pytest.mark.parametrize("held", [[CITY], [DISTRICT], [HERE, OTHER], [DISTRICT, HERE], [OTHER]])
@pytest.mark.parametrize("code", ["", CITY, DISTRICT, HERE, OTHER])
def test_counts_and_pages_are_those_of_the_plain_way(city: Life, held: list[str], code: str) -> None:
    viewer = officer("party_committee", held[0])
    for also in held[1:]:
        viewer.offices.create(office="party_committee", place=place(also), since=city.day.date() - timedelta(30))
    places, within = [place(each) for each in held], place(code) if code else None
    where = areas(places, within)
    for state, year, procedure in product(STATES, (None, 2020, 1999), ("", "covenant")):
        asked = wanted(state, year=year, procedure=procedure)
        plain = the_plain_way(viewer, city, places, asked, within)
        kinds = kinds_at(where, asked)
        assert kinds.counts == kinds_of(the_plain_way(viewer, city, places, asked.in_any_state, within)).counts
        assert codes(matters_at(where, asked, kinds)) == codes(plain)
        assert asked.how_many(kinds) == plain.count()


@pytest.mark.parametrize("way", ["", "place", "newest", "running", "state"])
@pytest.mark.parametrize("code", [CITY, DISTRICT])
def test_every_way_finds_the_same_in_the_same_order(city: Life, monkeypatch: pytest.MonkeyPatch, way: str, code: str) -> None:
    monkeypatch.setattr(at_desk, "_way", lambda *_: way)
    viewer, where = officer("party_committee", code), [place(code)]
    asked = {"running": ("-running",), "state": ("archived", "running")}.get(way, STATES)
    for state, year in product(asked, (None, 2021)):
        those = wanted(state, year=year)
        plain = codes(the_plain_way(viewer, city, where, those, None))
        assert plain or state in ("source",)
        assert codes(matters_at(where, those, kinds_at(where, those))) == plain


def test_words_are_looked_for_among_all_of_them(city: Life) -> None:
    those = wanted(words="演示·1")
    found = matters_at([place(CITY)], those, kinds_at([place(CITY)], those))
    assert [case.title for case in found] == [f"演示·{n}" for n in (15, 14, 13, 12, 11, 10, 1)]


def test_what_is_hidden_is_all_that_is_not_for_everybody(city: Life) -> None:
    everybodys = set(visible_to(None, city.day.date()))
    assert set(hidden()) == set(Case.objects.all()) - everybodys
    assert 0 < len(everybodys) < Case.objects.count() - len(everybodys)
    looks_over_all, looks_over_one = officer("organisation", CITY), officer("party_committee", OTHER)
    assert set(seen_besides(looks_over_all, city.day.date())) == set(hidden())
    assert set(seen_besides(looks_over_one, city.day.date())) == set(hidden().filter(place=OTHER))


def test_an_act_shows_at_once_and_an_office_given_up_shows_nothing(city: Life) -> None:
    where, those = [place(DISTRICT)], wanted("-running")
    before = those.how_many(kinds_at(where, those))
    case = open_case(procedure="micro_project", place=place(OTHER), title="演示·新", by=city.cast.stranger, at=city.later())
    assert those.how_many(kinds_at(where, those)) == before + 1
    take_act(case=case, act="withdraw", by=city.cast.stranger, at=city.later(), note="演示·以后再议")
    assert those.how_many(kinds_at(where, those)) == before
    assert matters_at([], those, kinds_at([], those)).count() == 0 and kinds_at([], those) == Kinds({})


def test_of_places_in_one_another_the_widest_counts_once(life: Life) -> None:
    everything = [place(CITY), place(HERE), place(DISTRICT)]
    assert areas(everything) == [place(CITY)]
    assert areas([place(HERE), place(OTHER)], place(DISTRICT)) == [place(HERE), place(OTHER)]
    assert areas([place(HERE)], place(OTHER)) == []
    assert areas(everything, place(HERE)) == [place(HERE)]


@pytest.mark.parametrize("code", [CITY, HERE])
def test_more_matters_take_no_more_questions(city: Life, code: str) -> None:
    def asked() -> int:
        where, those = [place(code)], wanted("-running")
        with CaptureQueriesContext(connection) as queries:
            list(matters_at(where, those, kinds_at(where, those)))
        return len(queries)

    asked()
    few = asked()
    for number in range(12):
        open_case(procedure="micro_project", place=place(HERE), title=f"演示·又{number}", by=city.cast.secretary, at=city.later())
    asked()
    assert asked() == few
