"""What is read as far as it is shown is the same as everything read and sorted out."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

import pytest

from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import Desk, Todo, todo_of
from linli.records.duties.standing_first import Group, standing_first
from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from tests.records.evidence.makers import AT, a_place

ON = date(2021, 4, 20)
OFFICES = ("community.party_committee", "community.residents_committee")
DAYS = (None, *(ON + timedelta(days) for days in (-9, -1, 0, 1, 40)))


def laid(places: Sequence[Place], times: int = 1, first: int = 0) -> None:
    """Everything there may be, `times` over: late, of today, coming, without a day, done, not begun, as needed, said twice."""
    number = iter(range(first, 10_000))
    for _, place, office, due, clause in product(range(times), places, OFFICES, DAYS, ("S0 §5", "open")):
        about = {"subject_kind": "case", "subject_id": str(next(number)), "office": office, "place": place, "clause": clause}
        kept = {**about, "due_on": due, "opened_at": AT, "title_zh": "公示", "title_en": "Notice", "source": "state"}
        for key, more in (
            ("one", {}),
            ("two", {}),  # what two rules ask for in the same words
            ("three", {"title_zh": "会议"}),
            ("done", {"done_at": AT, "outcome": "done"}),
            ("later", {"begins_on": due and max(ON + timedelta(1), due - timedelta(1)), "title_zh": "以后"}),
        ):
            if key == "later" and (due is None or due <= ON):
                continue
            Duty.objects.create(**{**kept, "source_key": key, **more})
        Reply.objects.create(**{**about, "subject_kind": "need"}, kind="need", due_on=due, opened_at=AT, asked_at=AT)
    Duty.objects.create(**{**kept, "due_on": None, "cadence": "as_needed", "source_key": "standing"})


def sorted_out(desks: Sequence[Desk], most: int) -> tuple[list[Group], bool]:
    """The long way: all of it, what is said twice once, and the first of each kind."""
    said: dict[object, Todo] = {}
    for todo in todo_of(desks, ON):
        owed = todo.owed
        words = (owed.office, owed.place_id, owed.subject_kind, owed.subject_id, getattr(owed, "title_zh", ""), owed.due_on)
        said.setdefault(words if isinstance(owed, Duty) and owed.due_on else id(todo), todo)
    everything = list(said.values())
    late = [todo for todo in everything if todo.late]
    dated = [todo for todo in everything if not todo.late and todo.owed.due_on]
    undated = [todo for todo in everything if todo.owed.due_on is None]
    return [Group(each[:most], len(each)) for each in (late, dated, undated)], any(
        todo.owed.clause == "open" for todo in everything
    )


@pytest.fixture
def places(db: None) -> list[Place]:
    return [a_place(), a_place("440305007002", "南山村社区居委会")]


@pytest.mark.parametrize("most", [0, 1, 5, 200])
def test_it_is_the_first_of_everything_owed(places: list[Place], most: int) -> None:
    laid(places, 2)
    first, second = OFFICES
    here, there = (place.pk for place in places)
    for desks in ([], [(first, here)], [(first, here), (second, here)], [(second, there), (first, here)], [("x.y", here)]):
        found, (groups, left_open) = standing_first(desks, ON, most), sorted_out(desks, most)
        assert [found.late, found.dated, found.undated] == groups
        assert (found.many, found.left_open) == (sum(group.many for group in groups), left_open)


def test_what_is_said_twice_is_counted_once_and_still_stands_when_the_first_is_done(places: list[Place]) -> None:
    laid(places[:1])
    desks = [(OFFICES[0], places[0].pk)]
    before = standing_first(desks, ON, 200)
    assert before.late.many == 2 * 2 * 3  # two days, two clauses; a duty, another in other words, an answer
    Duty.objects.filter(source_key="one").update(done_at=AT, outcome="done")
    after = standing_first(desks, ON, 200)
    assert (after.late.many, after.dated.many) == (before.late.many, before.dated.many)
    assert after.undated.many == before.undated.many - 2  # without a day nothing is taken for the same


def test_three_and_thirty_cost_the_same_questions(places: list[Place], django_assert_num_queries) -> None:
    desks = [(OFFICES[0], places[0].pk)]
    with django_assert_num_queries(2):
        assert standing_first(desks, ON, 200).many == 0
    for times, first in ((1, 0), (9, 1000)):
        laid(places, times, first)
        with django_assert_num_queries(8):
            assert standing_first(desks, ON, 200).many
    with django_assert_num_queries(2):
        assert standing_first(desks, ON, 0).many


def test_titles_are_said_in_both_languages(places: list[Place]) -> None:
    laid(places)
    [late, *_] = standing_first([(OFFICES[0], places[0].pk)], ON, 1).late.todos
    assert isinstance(late.owed, Duty) and late.owed.title == Text("公示", "Notice") and late.owed.place == places[0]
