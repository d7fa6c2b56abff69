"""How a person stands to a case: each relation from what was named, opened or filed, and from nothing else."""

import pytest

from linli.records.cases.readings.relations import relations_to
from linli.records.cases.selectors import readings_of
from linli.records.cases.services import name_party, open_case
from linli.records.people.models import Person
from linli.records.rulebook.selectors import standing
from tests.records.cases.life import YUAN, Life
from tests.records.people import world as people
from tests.records.rulebook.world import place

pytestmark = pytest.mark.django_db


def relations(life: Life, person: Person | None) -> frozenset[str]:
    return relations_to(life.fresh(), standing(life.case.subject).procedure, person, life.day.date())


def test_who_drew_up_the_plan_designed_it_and_who_is_named_stands_as_named(life: Life) -> None:
    life.draft()
    tied, nobody = people.person("演示·有关系的人"), people.person("演示·路人")
    name_party(case=life.case, relation="recused", party=tied, by=life.cast.secretary, at=life.day)
    assert "designer" in relations(life, life.cast.secretary)
    assert "designer" not in relations(life, life.cast.deputy)
    assert relations(life, tied) == {"recused"}
    assert relations(life, nobody) == relations(life, None) == frozenset()


def test_who_opened_a_matter_inside_another_proposed_it(life: Life) -> None:
    life.running()
    child = open_case(
        procedure="project_change",
        place=place(),
        title="演示·增加两张",
        by=life.cast.deputy,
        at=life.later(),
        parent=life.case,
    )
    procedure = standing(child.subject).procedure
    assert "proposer" in relations_to(child, procedure, life.cast.deputy, life.day.date())
    assert "proposer" not in relations_to(child, procedure, life.cast.secretary, life.day.date())


def test_what_the_sources_do_not_cover_is_what_the_plan_names_less_until_money_is_entered(life: Life) -> None:
    life.draft()
    life.fill("project_plan", {**life.plan, "funding_sources": [{"source": "专项", "amount": "150000"}]})
    facts = readings_of(life.fresh(), life.cast.secretary, life.day).facts
    assert facts["money.sources_gap"] == 30_000 * YUAN
