"""A remembered ground is the ground that was built: every row of every table, to the last column, and whoever stands on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model

from linli.records.needs.models import Need
from linli.records.people.models import Person
from tests.journeys.steps import District
from tests.records.meetings.world import Council
from tests.records.people import world as people
from tests.records.registers import world as nanchong
from tests.remembered import _known
from tests.web.portal.world import Street
from tests.world import build

pytestmark = pytest.mark.django_db
GROUNDS: list[Callable[[], Any]] = [
    build,
    lambda: build(local=False),
    nanchong.build,
    Council,
    District,
    lambda: District(years=()),
]


def everything() -> dict[str, list[Any]]:
    """Tables of no model as well: what a ground would leave in one of them would be missing later."""
    with connection.cursor() as cursor:
        names = [one.name for one in connection.introspection.get_table_list(cursor) if one.type in ("t", "p")]
        found = {}
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found[name] = sorted(map(repr, cursor.fetchall()))
    return {name: rows for name, rows in found.items() if rows and name != "sqlite_sequence"}


def people_of(made: Any) -> dict[str, Any]:
    made = made.team if hasattr(made, "team") else made
    return {name: value.pk for name, value in vars(made).items() if isinstance(value, Model)}


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_comes_back_is_what_was_built(monkeypatch: pytest.MonkeyPatch, ground: Callable[[], Any]) -> None:
    monkeypatch.setattr("tests.remembered._known", {})
    with transaction.atomic():
        built, as_built = ground(), everything()
        transaction.set_rollback(True)
    assert len(as_built) > 10
    again = ground()
    assert everything() == as_built
    assert people_of(again) == people_of(built) != {}
    assert again is not built


@pytest.mark.parametrize("step", ["asked", "on_notice", "hung", "archived"])
def test_what_a_step_left_comes_back_with_it(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr("tests.remembered._known", {})
    monkeypatch.setattr("tests.remembered._steps", {})
    with transaction.atomic():
        built = Street()
        returned, as_built = getattr(built, step)(), everything()
        transaction.set_rollback(True)
    again = Street()
    assert getattr(again, step)() == returned
    assert everything() == as_built
    assert {name: value for name, value in vars(again.life).items() if isinstance(value, Model)} == {
        name: value for name, value in vars(built.life).items() if isinstance(value, Model)
    }


def test_a_step_is_taken_anew_where_something_else_happened_before() -> None:
    with transaction.atomic():
        Street().asked()
        transaction.set_rollback(True)
    other = Street()
    other.team.resident("演示·新居民")
    other.asked()
    assert Need.objects.count() == 1
    assert Person.objects.filter(name="演示·新居民").count() == 1


def test_what_one_test_does_to_a_person_the_next_does_not_see() -> None:
    with transaction.atomic():
        build().secretary.name = "演示·改名"
        transaction.set_rollback(True)
    assert build().secretary.name != "演示·改名"


def test_where_something_stands_already_the_ground_is_built() -> None:
    with transaction.atomic():
        first = build().secretary.pk
        transaction.set_rollback(True)
    assert _known
    people.person()
    assert build().secretary.pk != first
