"""Building the demonstration district, once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from time import perf_counter

from django.db import transaction

from linli.demonstration.days import Days
from linli.demonstration.laying import money, offices, roll, rules
from linli.demonstration.names import Names
from linli.demonstration.stories.briefs import BRIEFS
from linli.demonstration.stories.projects import life
from linli.demonstration.timetable import Story, Timetable
from linli.demonstration.world import FULL, Size, World
from linli.records.people.models import Account
from linli.records.rulebook.selectors import library

Say = Callable[[str, str, float], None]  # what, how many, seconds

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
    turns = timetable.run()
    say("办理过程", f"{turns} turns, {len(world.cases)} matters", perf_counter() - began)
    return world


_LAYINGS: tuple[tuple[str, Callable[[World, str], str]], ...] = (
    ("地点", lambda world, _: rules.load_country(world)),
    ("办法", lambda world, _: rules.adopt(world)),
    ("岗位", offices.fill_offices),
    ("户与居民", lambda world, _: roll.settle(world)),
    ("重点家庭", lambda world, _: roll.list_priority(world)),
    ("承接单位", lambda world, _: roll.name_suppliers(world)),
)


def stories(world: World) -> Iterator[Story]:
    """Every story, in the order in which those of one moment are told."""
    yield rules.set_values(world)
    for year in (2019, *range(world.days.anchor.year - 1, world.days.anchor.year + 1)):
        yield money.set_year(world, year)
    for brief in BRIEFS:
        yield life(world, brief)
