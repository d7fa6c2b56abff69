"""Building the demonstration district, once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from time import perf_counter

from django.db import transaction

from linli.demonstration.days import Days
from linli.demonstration.laying import elsewhere, money, offices, roll, rules
from linli.demonstration.names import Names
from linli.demonstration.stories import (
    calendar,
    consultations,
    lists,
    needs,
    neighbours,
    oversight,
    rounds,
    sidelines,
    texts,
    years,
    zones,
)
from linli.demonstration.stories.briefs import BRIEFS, LAST_YEAR
from linli.demonstration.stories.drawn_call import drawn_call
from linli.demonstration.stories.old import OLD, old
from linli.demonstration.stories.pilots import asked_now, call
from linli.demonstration.stories.projects import life
from linli.demonstration.stories.running_call import monthly_reports, running_call
from linli.demonstration.stories.toolkit import self_government
from linli.demonstration.stories.urgent import URGENT, urgent
from linli.demonstration.timetable import Story, Timetable
from linli.demonstration.world import FULL, NANTOUCHENG, TIANXIA, Size, World
from linli.records.notifications.services import gather
from linli.records.people.models import Account
from linli.records.rulebook.selectors import library

Say = Callable[[str, str, float], None]  # what, how many, seconds

_EVERY = 100
FIRST_ACCOUNT = "shenzhen.organisation"


def standing() -> bool:
    """Whether the demonstration has been built in this database."""
    return Account.objects.filter(username=FIRST_ACCOUNT, person__demonstration=True).exists()


@transaction.atomic
def build(*, anchor: date, seed: int = 2018, size: Size = FULL, password: str, say: Say = lambda *_: None) -> World:
    """All of it or nothing. The same anchor and seed give the same district."""
    world = World(Days(anchor, library().calendar), seed, size, Names(seed))
    for title, laying in _LAYINGS:
        began = perf_counter()
        say(title, laying(world, password), perf_counter() - began)
    began = perf_counter()
    timetable = Timetable(world.days.end)
    for story in stories(world):
        timetable.add(story)

    def report(turn: int, at: datetime) -> None:
        if turn % _EVERY == 0:
            say("办理过程", f"{turn} turns, to {at:%Y-%m-%d}", perf_counter() - began)

    turns = timetable.run(report)
    say("办理过程", f"{turns} turns, {len(world.cases)} matters", perf_counter() - began)
    began = perf_counter()
    say("通知", f"{gather(at=world.days.end)} notifications", perf_counter() - began)
    return world


_LAYINGS: tuple[tuple[str, Callable[[World, str], str]], ...] = (
    ("地点", lambda world, _: rules.load_country(world)),
    ("办法", lambda world, _: rules.adopt(world)),
    ("岗位", offices.fill_offices),
    ("户与居民", lambda world, _: roll.settle(world)),
    ("重点家庭", lambda world, _: roll.list_priority(world)),
    ("承接单位", lambda world, _: roll.name_suppliers(world)),
    ("其他三地", elsewhere.load_places_of),
    ("其他三地的岗位", elsewhere.fill_offices_of),
    ("其他三地的居民", elsewhere.settle_elsewhere),
)


def stories(world: World) -> Iterator[Story]:
    """Every story; of two at the same moment the one named first here is told first."""
    this = world.days.anchor.year
    yield rules.set_values(world)
    for year in (2019, *range(world.days.year - 1, this + 1)):
        yield money.set_year(world, year)
    yield calendar.plan_year(world, this)
    yield calendar.hold_experience_days(world, this)
    for year in (this - 1, this):
        yield years.fund_year(world, year)
    for one in OLD:
        yield old(world, one)
    yield rounds.last_years(world)
    yield rounds.collect(world, NANTOUCHENG, reach=world.size.met, close=True)
    yield rounds.collect(world, TIANXIA, reach=world.size.short, close=False)
    for code, leave_out in ((NANTOUCHENG, 0), (TIANXIA, world.size.missed)):
        yield rounds.write(world, code)
        yield rounds.visit(world, code, leave_out=leave_out)
    for brief in LAST_YEAR:
        yield life(world, replace(brief, slack=world.days.since(date(world.days.year - 1, 10, 31))))
    for brief in BRIEFS:
        yield life(world, brief)
    yield sidelines.ask_for_change(world, "changing", "change_asked", 238_000, days_ago=3, approved=False)
    yield sidelines.ask_for_change(world, "changed", "change_approved", 205_000, days_ago=6, approved=True)
    yield sidelines.ask_for_exception(world, "over_cap", days_ago=2)
    yield call(world)
    yield asked_now(world)
    for story in (running_call, monthly_reports, drawn_call, neighbours.orders, neighbours.covenant):
        yield story(world)
    for case in URGENT:
        yield urgent(world, case)
    for story in (needs.answered, needs.taken_back, needs.alike, needs.on_behalf, texts.issued, texts.open_for_comment):
        yield story(world)
    for story in (consultations.covenant, consultations.asked, consultations.talked):
        yield story(world)
    for story in (zones.lay_out, zones.titled, zones.under_way, zones.on_national_list):
        yield story(world)
    for story in (lists.self_government, lists.three_lists, lists.lighter_burden):
        yield story(world)
    yield from self_government(world)
    for story in (oversight.rectified, oversight.dismissed, oversight.library, calendar.print_codes, calendar.seal_the_trail):
        yield story(world)
