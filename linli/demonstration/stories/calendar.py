"""What the calendar brings: the duties of a year, monthly experience days, checkpoints of the trail, household codes."""

from datetime import date, timedelta

from linli.demonstration.days import moment
from linli.demonstration.timetable import Story
from linli.demonstration.world import CITY, COMMUNITIES, DACHONG, DISTRICT, NANTOUCHENG, SUBDISTRICTS, World
from linli.records.duties.models import Duty
from linli.records.duties.services.calendar import plan_obligations
from linli.records.duties.services.duties import discharge_duty
from linli.records.people.services import issue_household_codes
from linli.records.rulebook.selectors import rules_at
from linli.records.trail.services import take_checkpoint

_WEEK = timedelta(days=7)


def plan_year(world: World, year: int) -> Story:
    """Every duty of the packs that falls in this year, for the places at work here."""
    yield (at := moment(date(year, 1, 2), 8))
    for code in (CITY, DISTRICT, *SUBDISTRICTS, *COMMUNITIES):
        place = world.places[code]
        plan_obligations(place=place, year=year, rules=rules_at(place), at=at)


def hold_experience_days(world: World, year: int) -> Story:
    """On the 15th of each month; one community has let its last one pass, and it shows on its list."""
    for month in range(1, 13):
        yield (at := moment(date(year, month, 15), 17))
        for code, team in world.teams.items():
            late = code == DACHONG and at > world.days.end - timedelta(days=40)
            duty = Duty.objects.filter(place=team.place, source_key=f"experience_day:{year}-{month:02d}", done_at=None).first()
            if duty is not None and not late:
                discharge_duty(duty=duty, note="公众体验日已举办（演示）", by=team.secretary, at=at)


def seal_the_trail(world: World) -> Story:
    """A checkpoint at the end of each year, and every week of the last ten."""
    last, first = world.days.end, 2018
    moments = [moment(date(year, 12, 31), 22) for year in range(first, last.year)]
    moments += [last - _WEEK * weeks - timedelta(hours=1) for weeks in range(10, 0, -1)]
    for at in sorted((*moments, last - timedelta(minutes=30))):
        yield at
        take_checkpoint(at=at)


def print_codes(world: World) -> Story:
    """Three households get a code on paper; it can be read only now."""
    clock, team = world.clock(6), world.teams[NANTOUCHENG]
    yield clock.at(9)
    households = world.households[NANTOUCHENG][:3]
    for printed in issue_household_codes(place=team.place, households=households, by=team.committee, at=clock.now):
        world.codes.append((printed.household.label, team.place.short_name, printed.code))
