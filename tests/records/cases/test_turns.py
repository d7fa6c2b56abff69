"""Whose turn it is where no day is set: told from where matters stand, and gone once the step is taken."""

from datetime import date

import pytest

from linli.records.cases.models import Message
from linli.records.cases.selectors import first_turns, messages_for, turns_at, turns_in
from linli.records.people.models import Person
from linli.records.people.selectors import offices_of
from tests.records.cases.life import FILING, Life

ON = date(2021, 6, 1)


def turns(person: Person) -> list[tuple[str, list[str]]]:
    """Codes with the names of what is to be done; the first page and the whole list say the same."""
    held = offices_of(person, ON)
    first = turns_in(first_turns(held, ON, 10), held)
    assert [turn.case.pk for turn in first] == [turn.case.pk for turn in turns_in(turns_at(held, ON), held)]
    return [(turn.case.code, [act.title.zh for act in turn.acts]) for turn in first]


@pytest.fixture
def handed_in(life: Life) -> Life:
    life.determined()
    life.fill("filing_form", FILING)
    life.notice("determination")
    life.act("submit_filing")
    return life


def test_the_next_step_stands_with_the_office_that_takes_it_until_it_is_taken(handed_in: Life) -> None:
    life = handed_in
    assert turns(life.cast.office) == [("NS-2021-0001", ["备案"])]
    assert turns(life.cast.secretary) == []
    life.act("accept_filing", life.cast.office)
    assert turns(life.cast.office) == []
    assert turns(life.cast.secretary) == [("NS-2021-0001", ["签约实施"])]


def test_a_draft_is_nobodys_turn_and_what_is_a_duty_is_said_once(life: Life) -> None:
    assert turns(life.cast.secretary) == turns(life.cast.office) == []


def test_word_of_a_matter_is_known_to_an_office_that_has_since_acted_in_it(handed_in: Life) -> None:
    life = handed_in
    assert list(messages_for(life.cast.office, ON)) == [Message.objects.get()]
    life.act("accept_filing", life.cast.office)
    told = Message.objects.get(act="submit_filing")
    assert list(messages_for(life.cast.office, ON)) == []
    assert told in messages_for(life.cast.office, ON, unread=False)
