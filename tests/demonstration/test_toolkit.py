"""Self-government in three real places of the demonstration: finished and running matters, each told through the services."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client

from linli.demonstration.days import Days
from linli.demonstration.laying import elsewhere
from linli.demonstration.names import Names
from linli.demonstration.stories import lists, toolkit
from linli.demonstration.timetable import Timetable
from linli.demonstration.world import SMALL, World
from linli.records.cases.models import Case
from linli.records.meetings.models import Opinion
from linli.records.rulebook.models import Hold, Passage
from linli.records.rulebook.selectors import library
from linli.records.scorecards.models import Scoring
from linli.records.texts.models import Question, Signature
from linli.web.shared import clock
from tests.grounds import built_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def _built() -> World:
    world = World(Days(TODAY, library().calendar), 2018, SMALL, Names(2018))
    elsewhere.load_places_of(world, "")
    elsewhere.fill_offices_of(world, "demonstration")
    elsewhere.settle_elsewhere(world, "")
    timetable = Timetable(world.days.end)
    timetable.add(lists.self_government(world))
    for story in toolkit.self_government(world):
        timetable.add(story)
    timetable.run()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # a place by place answer is only quick where the database knows how much there is
    return world


standing = built_once(_built)


@pytest.fixture
def world(standing: World, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: standing.days.end)
    return standing


def test_every_matter_stands_where_its_story_says(world: World) -> None:
    assert {key: Passage.objects.get(pk=case.passage_id).state for key, case in world.cases.items()} == {
        "council_mandate": "granted",
        "council_decided": "reported",
        "outside_mandate": "handed_up",
        "council_running": "admitted",
        "hearing": "decided",
        "demonstration_meeting": "used",
        "consultation_done": "supervised",
        "consultation_again": "informed",
        "talk_round": "held",
        "covenant": "published",
        "access_refused": "refused",
        "task_refused": "refused",
        "task_paid": "paid",
        "duty_report": "appraised",
        "accountability": "published",
    }
    open_now = Case.objects.get(pk=world.cases["accountability"].pk)
    assert open_now.public and not Client().get(f"/projects/{open_now.code}/").content.decode().count("演示·村干部")
    assert all(case.demonstration and "演示" in case.title for case in world.cases.values())
    assert list(Hold.objects.order_by("placed_at").values_list("answered_at", flat=True))[1:] == [None]
    assert Opinion.objects.filter(meeting__session="talk_session", replied_at=None).count() == 2
    assert Signature.objects.count() == 7
    assert Question.objects.filter(pack="nanchong", answered_at=None).count() == 1
    graded = {one.slot: one.result["grade"] for one in Scoring.objects.all()}
    assert graded == {"appraisal": "excellent", "supervision_appraisal": "excellent"}


def test_their_pages_say_what_was_decided_stopped_and_agreed_in_the_words_of_their_own_regulation(world: World) -> None:
    def page(key: str) -> str:
        return Client().get(f"/projects/{world.cases[key].code}/").content.decode()

    assert "三家报价没有公开，先不要开工。" in page("council_decided") and "三家报价和比价记录已贴在公开栏。" in page(
        "council_decided"
    )
    waiting = page("demonstration_meeting")
    assert "叫停中" in waiting and "答复并解除以前" in waiting and "便民食堂" in waiting
    assert "授权清单里没有“集体门面出租”" in page("outside_mandate")
    assert "公约怎样定" in page("covenant") and "公约怎样定" not in page("council_decided")
    for code in ("511302001002", "511302001005", "511302104201"):
        here = Client().get(f"/c/{code}/").content.decode()
        assert "区财政" not in here and "需求经过评议" not in here
        figures = Client().get(f"/overview/{code}/").content.decode()
        assert (
            "居民需求" not in figures
            and "当年项目" in figures
            and "区财政" not in Client().get(f"/money/{code}/").content.decode()
        )
    village = Client().get("/c/511302104201/").content.decode()
    assert "大营坝村规民约" in village and "正在签名" in village
    for key in world.cases:
        if world.cases[key].place.level == "community":
            said = page(key)
            assert "来自这些需求" not in said and "从需求到归档" not in said, key
