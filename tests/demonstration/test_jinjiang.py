"""This year in Jinjiang, in the demonstration: a call under way, orders, a covenant revised; each stands where its story says."""

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.test import Client

from linli.demonstration.days import Days
from linli.demonstration.laying import elsewhere
from linli.demonstration.names import Names
from linli.demonstration.stories import calendar, drawn_call, neighbours, pilots, running_call
from linli.demonstration.timetable import Timetable
from linli.demonstration.world import SMALL, World
from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.evidence.selectors import fillings, pieces
from linli.records.notices.models import Notice
from linli.records.registers.selectors import rows_in_force
from linli.records.rounds.models import Draw, Ranked
from linli.records.rounds.next_places import next_places_set
from linli.records.rounds.selectors import chosen_in
from linli.records.rulebook.models import Passage
from linli.records.rulebook.selectors import library, rules_at
from linli.records.texts.selectors import being_signed, text_of
from linli.records.trail.models import Checkpoint, Event
from linli.rules.plain.days import day_in_china

pytestmark = pytest.mark.django_db
ANCHOR = date(2026, 11, 21)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Built once for all tests of this module, and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = World(Days(ANCHOR, library().calendar), 7, SMALL, Names(7))
        for laying in (elsewhere.load_places_of, elsewhere.fill_offices_of, elsewhere.settle_elsewhere):
            laying(made, "linli-yanshi-test")
        timetable = Timetable(made.days.end)
        for story in (
            pilots.call,
            running_call.running_call,
            running_call.monthly_reports,
            drawn_call.drawn_call,
            calendar.seal_the_trail,
            neighbours.orders,
            neighbours.covenant,
        ):
            timetable.add(story(made))
        timetable.run()
        yield made
        transaction.set_rollback(True)


def state(world: World, key: str) -> str:
    return Passage.objects.get(pk=world.cases[key].passage_id).state


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("pilot_call", "concluded"),
        ("running_call", "answered"),
        ("running_jinqing", "midterm_done"),
        ("running_haidong", "midterm_done"),
        ("running_meishan", "running"),
        ("running_qingxin", "not_chosen"),
        ("running_change", "agreed"),
        ("drawn_call", "chosen"),
        ("order_waiting", "ordered"),
        ("order_dispatched", "dispatched"),
        ("order_accepted", "accepted"),
        ("order_served", "served"),
        ("order_rated", "rated"),
        ("covenant_before", "replaced"),
        ("covenant_village", "in_force"),
    ],
)
def test_every_situation_of_this_year_is_there(world: World, key: str, expected: str) -> None:
    assert state(world, key) == expected


def test_a_finished_year_stands_beside_the_running_one_and_everything_is_marked(world: World) -> None:
    finished, running = world.cases["pilot_call"], world.cases["running_call"]
    assert (finished.year, running.year) == (2023, 2026)
    assert all(Case.objects.get(pk=case.pk).demonstration for case in world.cases.values())


@pytest.mark.requirement("S2-54", "S2-57", how="shown")
def test_the_plans_of_those_chosen_are_locked_and_the_fourth_reads_why_not(world: World) -> None:
    assert all(fillings(world.cases[f"running_{user}"].subject)["pilot_plan"].locked_at for user in ("jinqing", "meishan"))
    ranked = Ranked.objects.filter(case=world.cases["running_qingxin"]).last()
    assert ranked is not None
    assert ranked.reason_zh == "得分 84，第 4 名；3 个名额已满，最后入选的得分是 88。"


def test_an_announced_draw_decided_between_two_that_stood_equal_whichever_it_took(world: World) -> None:
    call, draw = world.cases["drawn_call"], Draw.objects.get()
    seed = Checkpoint.objects.filter(at__gte=draw.held_from).order_by("number").first()
    assert seed is not None
    assert (draw.checkpoint, draw.seed) == (seed.number, seed.root_sha256)
    assert draw.announced_at < draw.held_from <= seed.at < draw.held_at
    codes = {world.cases[f"drawn_{user}"].code: user for user in ("guishan", "xingsheng")}
    lots = sorted((sha256(f"{draw.seed}\n{code}".encode()).hexdigest(), code) for code in codes)
    assert draw.numbers == [[code, number] for number, code in lots]
    (_, first), (_, second) = lots
    assert [case.code for case in chosen_in(call)] == [first]
    assert (state(world, f"drawn_{codes[first]}"), state(world, f"drawn_{codes[second]}")) == ("confirmed", "not_chosen")
    told = Ranked.objects.filter(case=world.cases[f"drawn_{codes[second]}"]).order_by("pk").last()
    assert told is not None
    assert f"种子是存证第 {seed.number} 号检查点" in told.reason_zh


@pytest.mark.requirement("S2-47", how="shown")
def test_the_results_of_2023_are_the_places_this_years_choice_reads(world: World) -> None:
    kept = {one.place.short_name: (one.value, one.since) for one in next_places_set(world.cases["pilot_call"])}
    assert kept == {"青阳街道": ("2", date(2024, 1, 1)), "安海镇": ("3", date(2024, 1, 1))}
    rules = rules_at(world.places["350582001"], ANCHOR)
    assert rules.read("town_quota", on=ANCHOR).value == 2


@pytest.mark.requirement("S2-84", "S2-86", how="shown")
def test_the_months_were_reported_in_time_and_one_town_owes_the_last(world: World) -> None:
    duties = Duty.objects.filter(source_key__startswith="monthly_report:", due_on__lt=ANCHOR).order_by("due_on", "place")
    assert len(duties) == 18
    (owed,) = [duty for duty in duties if duty.done_at is None]
    assert (owed.place.short_name, owed.due_on) == ("梅岭街道", date(2026, 11, 20))
    assert all(duty.done_at is None or day_in_china(duty.done_at) < duty.due_on for duty in duties)


@pytest.mark.requirement("S2-26", "S2-27", "S2-28", how="shown")
def test_the_covenant_of_the_village_was_revised_and_the_one_before_left_the_list(world: World) -> None:
    place, subject = world.places["350582001004"], world.cases["covenant_village"].subject
    (row,) = rows_in_force(place, "covenants", ANCHOR)
    assert "电动车不进楼道" in row.data["body"]
    found = pieces(subject)
    assert found["vote"].facts["approve_share"] == "6/7"
    assert found["signatures"].facts["signers"] == 6
    assert found["keeping"].facts == {"respondents": 5, "satisfied_share": "9/10"}
    before = text_of(world.cases["covenant_before"].subject)
    assert before is not None and [one.title for one in before.successors.all()] == ["青新社区居民公约（修订）（演示）"]
    # What was replaced is signed no longer, and no longer what the residents hold to.
    assert [one.title for one in being_signed().filter(place=place)] == ["青新社区居民公约（修订）（演示）"]
    village = Client().get(f"/c/{place.code}/").content.decode()
    assert "青新社区居民公约（修订）（演示）" in village and "青新社区居民公约（演示）" not in village
    # A sentence with a blank for one pilot is no sentence for the whole village.
    assert "{" not in village and "体现民愿" not in village and "我来发起" in village
    listed = Client().get(f"/consultations/?place={place.code}").content.decode()
    assert f'href="/texts/{before.successors.get().pk}/sign/">我来签名</a>' in listed
    # What was hung up in 2023 does not hang for ever.
    assert not Notice.objects.filter(taken_down_at__isnull=True, published_at__year=2023).exists()
    old = Client().get(f"/texts/{before.pk}/").content.decode()
    assert "已由新的公约代替，不再签名。" in old and "我来签名" not in old


def test_nothing_lies_in_the_future_and_the_trail_is_in_order(world: World) -> None:
    for stream in ("350582", "350582001004", "350582002"):
        moments = list(Event.objects.filter(stream=stream).order_by("seq").values_list("at", flat=True))
        assert moments == sorted(moments)
        assert all(day_in_china(at) < ANCHOR for at in moments)


def test_what_was_set_for_one_round_ends_with_it(world: World) -> None:
    jinjiang, days = world.places["350582"], world.days
    held, today = days.before(drawn_call.DRAWN).date(), days.anchor

    def places(on: date) -> object:
        return rules_at(jinjiang, on).read("pilot_places", on=on).value

    assert (places(held), places(held + timedelta(days=1)), places(today)) == (1, 3, 3)
