"""Whose money a case speaks of: its own, or that of the project it would change."""

from datetime import date

from linli.records.cases.models import Case
from linli.records.cases.money import amends_its_parent, asks_for_money, holder_of
from linli.rules.policy.models import Procedure
from tests.real_packs import real_packs

ON = date(2024, 6, 3)
PROJECT, CHANGE = (real_packs().rules("nanshan").procedure(id, ON) for id in ("micro_project", "project_change"))


def child_of(parent: Case) -> Case:
    return Case(pk=2, parent=parent)


def test_a_change_request_speaks_for_the_project_it_would_change() -> None:
    project = Case(pk=1)
    assert amends_its_parent(CHANGE) and not amends_its_parent(PROJECT)
    assert holder_of(child_of(project), CHANGE) is project
    assert holder_of(project, CHANGE) is project


def test_a_matter_inside_another_that_changes_nothing_of_it_holds_its_own_money() -> None:
    child = child_of(Case(pk=1))
    assert holder_of(child, PROJECT) is child


def test_the_act_that_looks_at_the_years_money_is_the_one_that_takes_it() -> None:
    def takes(procedure: Procedure) -> list[str]:
        return [act.id for act in procedure.acts.values() if asks_for_money(act)]

    assert "determine" in takes(PROJECT)
    assert "archive" not in takes(PROJECT)
