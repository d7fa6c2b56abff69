"""Who sees a matter: everybody once it is public and begun, its own opener, and the offices on its line; nobody else."""

from datetime import date

import pytest

from linli.records.cases.models import Case
from linli.records.cases.permissions import may_see, require_seen
from linli.records.cases.selectors import seen_besides, visible_to
from linli.records.people.models import Person
from linli.records.rulebook.models import Passage
from linli.rules.plain.refusals import NotFound
from tests.records.cases.life import Life
from tests.records.people import world as people

ON = date(2021, 4, 1)
EVERYBODY = {"opener", "community", "subdistrict", "district", "next_door", "resident", "nobody"}
LINE = {"opener", "community", "subdistrict", "district"}


def stand(case: Case, *, public: bool, taken: int) -> Case:
    Case.objects.filter(pk=case.pk).update(public=public)
    Passage.objects.filter(pk=case.passage_id).update(taken=taken)
    return Case.objects.select_related("passage", "place", "opened_by").get(pk=case.pk)


def viewers(life: Life) -> dict[str, Person | None]:
    opener = people.person("演示·提出人")
    Case.objects.filter(pk=life.case.pk).update(opened_by=opener)
    cast = life.cast
    return {
        "opener": opener,
        "community": cast.secretary,
        "subdistrict": cast.working,
        "district": cast.civil,
        "next_door": cast.stranger,
        "resident": cast.resident,
        "nobody": None,
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("public", "taken", "seen"),
    [(True, 1, EVERYBODY), (True, 0, LINE), (False, 1, LINE), (False, 0, LINE)],
    ids=["public and begun", "a draft", "not public", "neither"],
)
def test_a_matter_is_seen_by_those_it_is_open_to_one_by_one_and_in_lists(
    life: Life, public: bool, taken: int, seen: set[str]
) -> None:
    who = viewers(life)
    case = stand(life.case, public=public, taken=taken)
    assert {name for name, person in who.items() if may_see(person, case, ON)} == seen
    assert {name for name, person in who.items() if visible_to(person, ON).exists()} == seen
    for name, person in who.items():
        if name not in seen:
            with pytest.raises(NotFound):
                require_seen(person, case, ON)


@pytest.mark.django_db
def test_besides_what_everybody_sees_one_sees_ones_own(life: Life) -> None:
    who = viewers(life)
    case = stand(life.case, public=False, taken=1)
    assert {name for name, person in who.items() if person and case in seen_besides(person, ON)} == LINE
    case = stand(case, public=True, taken=1)
    assert {name for name, person in who.items() if person and case in seen_besides(person, ON)} == set()


@pytest.mark.django_db
def test_an_office_that_is_over_sees_no_more(life: Life) -> None:
    case = stand(life.case, public=False, taken=1)
    gone = people.officer("party_committee", case.place_id, since=date(2015, 1, 1), until=date(2021, 3, 31))
    assert may_see(gone, case, date(2021, 3, 31)) and not may_see(gone, case, ON)
    assert visible_to(gone, date(2021, 3, 31)).exists() and not visible_to(gone, ON).exists()
