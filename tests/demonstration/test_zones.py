"""The zones of the demonstration alone, without the rest of the district: each stands where its story says."""

from collections.abc import Iterator
from datetime import date

import pytest

from linli.demonstration.days import Days
from linli.demonstration.laying import elsewhere
from linli.demonstration.names import Names
from linli.demonstration.stories import zones
from linli.demonstration.timetable import Timetable
from linli.demonstration.world import SMALL, World
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import deadline_of, library, standing

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 21)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    made = World(Days(ANCHOR, library().calendar), 7, SMALL, Names(7))
    elsewhere.load_places_of(made, "")
    elsewhere.fill_offices_of(made, "linli-yanshi-test")
    timetable = Timetable(made.days.end)
    for story in (zones.lay_out, zones.titled, zones.under_way, zones.on_national_list):
        timetable.add(story(made))
    timetable.run()
    return made


def test_one_has_its_title_one_is_under_way_one_was_turned_down(world: World) -> None:
    states = {key: Passage.objects.get(pk=case.passage_id).state for key, case in world.cases.items()}
    assert states == {
        "zone_titled": "put_forward",
        "zone_running": "running",
        "zone_refused": "refused",
        "zone_change": "asked",
    }
    deadline = deadline_of(standing(world.cases["zone_running"].subject))
    assert deadline is not None and deadline.on == date(2027, 11, 15)
    assert all(case.demonstration for case in world.cases.values())
