"""The yearly collection of needs: wide and key, online and offline. One community has reached everybody, one has not."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from linli.demonstration.days import Clock, moment
from linli.demonstration.hands import papers, words
from linli.demonstration.hands.team import Team
from linli.demonstration.stories.wishes import wishes
from linli.demonstration.timetable import Story
from linli.demonstration.world import DAXIN, World
from linli.records.cases.models import Case
from linli.records.cases.services import ask_case_exception, open_case, take_act
from linli.records.needs.selectors import coverage
from linli.records.needs.services import import_needs, raise_need, record_visit
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.services import grant_exception

_HEADERS = ("需求", "地点", "姓名", "联系电话", "提出人", "收集途径", "征集方式")
_BEGAN, _PAPER = 45, 5  # working days ago


def collect(world: World, community: str, *, reach: int, close: bool) -> Story:
    """A round as it goes: opened, and after weeks of asking the paper forms come in, until `reach` sources are counted."""
    team, clock = world.teams[community], _clock(world, _BEGAN)
    yield clock.at(9)
    case = _open(world, team, clock, world.days.year)
    clock = _clock(world, _PAPER)
    yield clock.at(16)
    _hand_in_paper(world, team, clock, reach)
    if close:
        yield clock.after(2)
        take_act(case=case, act="close_collection", by=team.secretary, at=clock.now)


def write(world: World, community: str) -> Story:
    """Residents write from their phones; one does not sign in and leaves a number."""
    team, asked = world.teams[community], wishes()
    askers: list[Person | None] = [*team.residents[:8], None]
    for person, day in zip(askers, _spread(world, len(askers)), strict=True):
        yield (at := moment(day, 20))
        what, where = next(asked)
        contact = {} if person else {"contact": world.names.phone()}
        raise_need(place=team.place, data=words.need(what, where, mode="centralised", **contact), by=person, at=at)


def visit(world: World, community: str, *, leave_out: int) -> Story:
    """Door to door to those who must be asked; the last few were not at home."""
    team, listed = world.teams[community], world.priority[community]
    reached = listed[: len(listed) - leave_out]
    for household, day in zip(reached, _spread(world, len(reached)), strict=True):
        yield (at := moment(day, 15))
        record_visit(place=team.place, household=household, by=team.committee, at=at, note="演示：走访，暂无需求")


def last_years(world: World) -> Story:
    """A small community: fewer than 500 households, excused in principle by the subdistrict office, money arranged."""
    team, year = world.teams[DAXIN], world.days.year - 1
    clock = Clock(world.days, date(year, 3, 4))
    yield clock.at(9)
    case = _open(world, team, clock, year)
    yield clock.after(20)
    raise_need(
        place=team.place, data=words.need("希望开一个社区食堂", "大新村", mode="centralised"), by=team.residents[3], at=clock.now
    )
    _hand_in_paper(world, team, clock, 118)
    yield clock.after(3)
    reason = "全社区仅 430 户，已逐户征集。"
    asked = ask_case_exception(case=case, excuses="coverage_wide", by=team.secretary, at=clock.now, reason=reason, up_to=118)
    yield clock.after(2)
    grant_exception(asked=asked, by=team.office, at=clock.now, reason="情况属实，同意。")
    yield clock.after(1)
    take_act(case=case, act="close_collection", by=team.secretary, at=clock.now)
    yield clock.after(10)
    take_act(case=case, act="balance", by=team.working, at=clock.now)
    yield clock.after(4)
    papers.put(case, "allocation", "document", by=team.office, at=clock.now, summary="资金安排方案（演示）")
    take_act(case=case, act="allocate", by=team.working, at=clock.now)


def _clock(world: World, working_days: int) -> Clock:
    """So many working days ago, but in the year of the round."""
    year = world.days.year
    end = min(world.days.anchor, date(year + 1, 1, 1))
    return Clock(world.days, max(world.days.ago(working_days, before=end), date(year, 1, 3)))


def _open(world: World, team: Team, clock: Clock, year: int) -> Case:
    case = open_case(
        procedure="collection_round",
        place=team.place,
        title=f"{year} 年度{team.place.short_name}需求征集",
        by=team.secretary,
        at=clock.now,
        year=year,
        demonstration=True,
    )
    world.cases[f"round_{team.place.pk}_{year}"] = case
    take_act(case=case, act="open_collection", by=team.secretary, at=clock.now)
    return case


def _spread(world: World, count: int) -> list[date]:
    """So many days from the opening of the round until the paper comes in, evenly."""
    first, last = _clock(world, _BEGAN).day, _clock(world, _PAPER + 1).day
    return [first + (last - first) * number // max(1, count) for number in range(count)]


def _hand_in_paper(world: World, team: Team, clock: Clock, reach: int) -> None:
    """The paper forms come in as one spreadsheet, with three rows that cannot be taken and one that came twice."""
    short = max(0, reach - coverage(team.place, clock.day.year).sources)
    rows = list(_rows(world, team.place, short))
    rows += [
        rows[0],
        ("", "东巷", *rows[0][2:]),
        ("希望修路", "", *rows[0][2:]),
        ("希望修路", "村口", "无名", "不详", *rows[0][4:]),
    ]
    out = StringIO()
    csv.writer(out).writerows([_HEADERS, *rows])
    name = f"演示-{team.place.short_name}-纸质表.csv"
    import_needs(place=team.place, file_name=name, content=out.getvalue().encode("utf-8-sig"), by=team.committee, at=clock.now)


def _rows(world: World, place: Place, count: int) -> Iterator[tuple[str, ...]]:
    asked = wishes()
    for _ in range(count):
        what, where = next(asked)
        yield what, f"{place.short_name}{where}", world.names.person(), world.names.phone(), "居民个人", "线下", "集中征集"
