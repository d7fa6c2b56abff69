"""Residents, households, the residents' councils, and suppliers. All made up."""

from datetime import date, datetime

from linli.demonstration.days import moment
from linli.demonstration.hands.team import Team
from linli.demonstration.world import NANTOUCHENG, TIANXIA, World
from linli.records.bodies.services import form_body, seat_person
from linli.records.people.models import Household, Person
from linli.records.people.services import (
    declare_interest,
    enter_roll,
    mark_priority,
    register_household,
    register_organisation,
    register_person,
)

SINCE = date(2018, 12, 3)
COUNCIL = 9
_GROUPS = ("elderly_advanced", "disabled", "subsistence_allowance", "child_in_difficulty")
_SUPPLIERS = ("演示照明工程有限公司", "演示社工服务中心", "演示园林绿化有限公司")


def settle(world: World) -> str:
    """A roll of households in each community, with one resident each; the first residents sit in the council."""
    for code, team in world.teams.items():
        world.households[code] = [_household(world, team, number) for number in range(1, world.size.households + 1)]
        _seat_council(team)
    return f"{sum(map(len, world.households.values()))} households"


def list_priority(world: World) -> str:
    """The households to be asked first, where a collection round is under way. What they need is kept sealed."""
    for code in (NANTOUCHENG, TIANXIA):
        team = world.teams[code]
        listed = [_priority(world, team, number) for number in range(1, world.size.priority + 1)]
        world.priority[code] = listed
    return f"{sum(map(len, world.priority.values()))} priority households"


def name_suppliers(world: World) -> str:
    """Whom projects may buy from; one council member works for the first."""
    at = moment(date(2018, 12, 28), 10)
    for name in _SUPPLIERS:
        world.suppliers.append(register_organisation(name=name, kind="supplier", by=None, at=at, demonstration=True))
    for team in world.teams.values():
        tied = team.members[2]
        declare_interest(
            person=tied, kind="employer", other=world.suppliers[0], since=at.date(), by=tied, at=at, place=team.place
        )
    return f"{len(world.suppliers)} suppliers"


def _household(world: World, team: Team, number: int) -> Household:
    at = moment(SINCE, 9)
    household = _home(team, f"演示-{number:03d}", f"演示路 {number} 号", at)
    person = register_resident(world, team)
    enter_roll(person=person, place=team.place, since=SINCE, by=team.committee, at=at, household=household)
    team.residents.append(person)
    return household


def _home(team: Team, label: str, address: str, at: datetime) -> Household:
    return register_household(
        place=team.place,
        label=label,
        address=f"{team.place.short_name}{address}",
        since=SINCE,
        by=team.committee,
        at=at,
        demonstration=True,
    )


def register_resident(world: World, team: Team) -> Person:
    name, phone = world.names.person(), world.names.phone()
    person = register_person(
        name=name,
        kind="resident",
        home=team.place,
        phone=phone,
        by=team.committee,
        at=moment(SINCE, 9),
        demonstration=True,
    )
    world.phones.append((name, team.place.short_name, phone))
    return person


def _seat_council(team: Team) -> None:
    at = moment(SINCE, 9)
    team.council = form_body(
        place=team.place,
        kind="residents_council",
        name=f"{team.place.short_name}居民议事会（演示）",
        since=SINCE,
        by=team.secretary,
        at=at,
        demonstration=True,
    )
    for person in team.residents[:COUNCIL]:
        seat_person(body=team.council, person=person, seat="member", since=SINCE, by=team.secretary, at=at)
    team.members = team.residents[:COUNCIL]


def _priority(world: World, team: Team, number: int) -> Household:
    at = moment(SINCE, 9)
    household = _home(team, f"演示-重点-{number:03d}", f"演示里 {number} 号", at)
    group = _GROUPS[number % len(_GROUPS)]
    mark_priority(household=household, group=group, since=SINCE, by=team.committee, at=at, detail="演示：无真实信息")
    return household
