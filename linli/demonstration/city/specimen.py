"""One community's years, lived through by the real services and taken back: only what they wrote is kept, as a template."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.demonstration.city.apart import numbered_apart
from linli.demonstration.city.capture import captured
from linli.demonstration.city.ground import ground_of, officer, supplier
from linli.demonstration.city.lives import lives
from linli.demonstration.city.scale import Scale
from linli.demonstration.city.template import Template
from linli.demonstration.days import Days, moment
from linli.demonstration.hands.team import Team
from linli.demonstration.laying import roll
from linli.demonstration.laying.offices import SINCE
from linli.demonstration.names import Names
from linli.demonstration.timetable import Timetable
from linli.demonstration.world import Size, World
from linli.records.people.models import Account
from linli.records.people.services import appoint, declare_interest, register_person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import library

_POSTS = (("secretary", "party_committee"), ("deputy", "party_committee"), ("committee", "residents_committee"))


def specimen(place: Place, scale: Scale, kind: int, *, anchor: date, seed: int, password: str) -> Template:
    """What the real services write for this community, told from its first office to the evening before the anchor."""
    with transaction.atomic():
        apart = numbered_apart()
        _live(place, scale, kind, anchor, seed, password)
        template = captured(place, apart)
        transaction.set_rollback(True)
    return template


def _live(place: Place, scale: Scale, kind: int, anchor: date, seed: int, password: str) -> None:
    world = World(Days(anchor, library().calendar), seed, Size(12, 0, 0, 0, 0), Names(seed + kind))
    world.suppliers.append(supplier())
    team = world.teams[place.pk] = _team(world, place, password)
    roll.settle(world)
    tied, at = team.members[2], moment(date(2018, 12, 28), 10)
    declare_interest(person=tied, kind="employer", other=supplier(), since=at.date(), by=tied, at=at, place=place)
    timetable = Timetable(world.days.end)
    for story in lives(world, place.pk, ground_of(place.ancestor_codes[2]), scale, kind):
        timetable.add(story)
    timetable.run()


def _team(world: World, place: Place, password: str) -> Team:
    above, district = place.ancestor_codes[3], place.ancestor_codes[2]
    kept = make_password(password)
    held = []
    for user, office in _POSTS:
        person = register_person(name=world.names.person(), kind="staff", by=None, at=moment(SINCE, 9), demonstration=True)
        appoint(person=person, office=office, place=place, since=SINCE, by=None, at=moment(SINCE, 9))
        Account.objects.create(username=f"{place.pk}.{user}", person=person, password=kept)
        held.append(person)
    upper = [officer(f"{code}.{user}") for code, user in _above(above, district)]
    return Team(place, *held, *upper)  # type: ignore[arg-type]


def _above(subdistrict: str, district: str) -> Sequence[tuple[str, str]]:
    return ((subdistrict, "working"), (subdistrict, "office"), (district, "civil"), (district, "finance"))
