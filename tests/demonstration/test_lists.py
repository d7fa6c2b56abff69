"""The lists of three more places in the demonstration: believable, some answered, some late, some cut; all marked 演示."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.demonstration.days import Days
from linli.demonstration.laying import elsewhere
from linli.demonstration.names import Names
from linli.demonstration.stories import lists
from linli.demonstration.timetable import Timetable
from linli.demonstration.world import SMALL, World
from linli.records.places.models import Place
from linli.records.registers.models import Row
from linli.records.registers.selectors import carrying_out, joined_lists, matches_of, totals
from linli.records.rulebook.selectors import library
from linli.web.shared import clock
from tests.grounds import built_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _built() -> World:
    world = World(Days(TODAY, library().calendar), 2018, SMALL, Names(2018))
    elsewhere.load_places_of(world, "")
    elsewhere.fill_offices_of(world, "demonstration")
    timetable = Timetable(world.days.end)
    for story in (lists.self_government, lists.three_lists, lists.lighter_burden):
        timetable.add(story(world))
    timetable.run()
    return world


standing = built_once(_built)


@pytest.fixture
def world(standing: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: standing.days.end)
    return standing


@pytest.mark.requirement("S3-45", "S3-63", how="shown")
@pytest.mark.requirement("S2-11", "S2-34", "S2-81", "S2-82", how="shown")
@pytest.mark.requirement("S4-27", "S4-28", "S4-29", "S4-30", how="shown")
def test_three_places_keep_their_lists(world: World) -> None:
    assert not Row.objects.filter(demonstration=False).exists()
    ours = Place.objects.get(pk="511302001002")
    opinions = totals(ours, TODAY)["opinions"]
    assert (opinions.rows, opinions.unanswered, opinions.overdue) == (4, 2, 2)
    (round_,) = carrying_out(ours, TODAY)
    assert [item.row.key for item in round_.items][:4] == ["集体资金收支", "公益金使用", "公益金使用", "村（居）干部误工补贴"]
    assert round_.overdue > 0 and round_.done > 0

    need = Row.objects.get(register="needs_list", words__contains="送餐")
    found = {register: [match.row.data["what"] for match in matches] for register, matches in matches_of(need, TODAY).items()}
    assert found == {"resource_list": ["社区食堂空闲场地，可供老人用餐"], "service_list": ["为独居老人上门送餐"]}

    burden = totals(Place.objects.get(pk="220104001001"), TODAY)
    assert {name: (each.rows, each.removed) for name, each in burden.items()} == {
        "work_items": (1, 2),
        "assessments": (2, 1),
        "plates": (1, 2),
        "meetings_and_ledgers": (2, 1),
        "seal_log": (2, 0),
        "information_systems": (2, 1),
        "service_functions": (2, 0),
    }


@pytest.mark.requirement("S4-26", "S4-34", how="shown")
def test_the_seven_lists_of_burden_stand_on_one_page_with_what_was_cut(world: World) -> None:
    place = Place.objects.get(pk="220104001001")
    (burden,) = joined_lists(place, TODAY)
    assert [part.register.id for part in burden.parts] == [
        "work_items",
        "assessments",
        "plates",
        "meetings_and_ledgers",
        "seal_log",
        "information_systems",
        "service_functions",
    ]
    assert {key: burden.sum_of(key) for key in ("kept", "merged", "cut")} == {"kept": 5, "merged": 3, "cut": 7}
    with CaptureQueriesContext(connection) as asked:
        joined_lists(place, TODAY)
    assert len(asked) <= 4

    page = Client().get("/c/220104001001/lists/").content.decode()
    assert "减负增效七个方面" in page
    assert "<b>7</b> 取消" in page
    assert "内部登记，不公开" in page  # the log of the seal
    assert "/c/220104001001/lists/seal_log/" not in page
    county = Client().get("/c/220104/lists/").content.decode()
    assert "<b>7</b> 取消" in county
    assert "减负增效七个方面" not in Client().get("/c/350582001004/lists/").content.decode()

    desk = Client()
    desk.force_login(world.officers["dongtian.residents_committee"].account, backend=_BACKEND)
    mine = desk.get("/desk/registers/").content.decode()
    assert "<b>7</b> 取消" in mine
    assert "/desk/registers/220104001001/seal_log/" in mine


def test_their_pages_say_what_was_cut_and_never_words_of_another_place(world: World) -> None:
    page = Client().get("/c/220104001001/lists/work_items/").content.decode()
    assert '已移出 <span class="count">2</span>' in page and "招商引资统计" not in page
    shelf = Client().get("/c/220104001001/lists/").content.decode()
    assert "另移出 2" in shelf and shelf.index("社区工作事项清单") < shelf.index("还没有登记的")
    gifts = Client().get("/c/350582001004/lists/contributions/").content.decode()
    assert "2.36 万元" in gifts and "爱心人士" in gifts
    shelf = Client().get("/c/511302001002/lists/").content.decode()
    assert "意见台账" in shelf and "社会投入台账" not in shelf and "社区工作事项清单" not in shelf
