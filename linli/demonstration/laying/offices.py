"""Who holds which office, and how they sign in. One account per office and place; all share one password."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from linli.demonstration.days import moment
from linli.demonstration.hands.team import Team
from linli.demonstration.world import CITY, COMMUNITIES, DISTRICT, SUBDISTRICTS, World
from linli.records.people.models import Account
from linli.records.people.services import appoint, register_person
from linli.records.places.models import Place
from linli.records.places.services import set_reached

SINCE = date(2018, 11, 1)


@dataclass(frozen=True)
class Post:
    """An office to fill: `user` signs in, `office` is a word of the vocabulary."""

    user: str
    office: str
    place: str


_CITY = (("organisation", "organisation"), ("civil", "civil_affairs"), ("finance", "finance"))
_DISTRICT = (
    *_CITY,
    ("drafting", "drafting_department"),
    ("departments", "departments"),
    ("discipline", "discipline"),
    ("auditor", "auditor"),
)
_SUBDISTRICT = (("working", "working_committee"), ("office", "office"), ("finance", "finance"))
_COMMUNITY = (("secretary", "party_committee"), ("deputy", "party_committee"), ("committee", "residents_committee"))


def posts() -> list[Post]:
    """Every office of the demonstration, from the city down."""
    found = [Post(f"shenzhen.{user}", office, CITY) for user, office in _CITY]
    found += [Post(f"nanshan.{user}", office, DISTRICT) for user, office in _DISTRICT]
    for code, name in SUBDISTRICTS.items():
        found += [Post(f"{name}.{user}", office, code) for user, office in _SUBDISTRICT]
    for code, name in COMMUNITIES.items():
        found += [Post(f"{name}.{user}", office, code) for user, office in _COMMUNITY]
    return found


def fill_offices(world: World, password: str) -> str:
    """People of the staff in their offices, and an account for each."""
    world.places.update(Place.objects.in_bulk(COMMUNITIES))
    at, kept = moment(SINCE, 9), make_password(password)
    for post in posts():
        person = register_person(name=world.names.person(), kind="staff", by=None, at=at, demonstration=True)
        appoint(person=person, office=post.office, place=world.places[post.place], since=SINCE, by=None, at=at)
        # One password for all: hashing it once for each account would only take time.
        Account.objects.create(username=post.user, person=person, password=kept)
        world.officers[post.user] = person
    for number, (code, name) in enumerate(COMMUNITIES.items(), start=1):
        world.places[code] = _reached(world.places[code], number, world.officers[f"{name}.secretary"].ref, at)
        world.teams[code] = _team(world, world.places[code], name)
    return f"{len(world.officers)} offices"


def _reached(place: Place, number: int, by: str, at: datetime) -> Place:
    """No telephone in China has a number like this."""
    counter = "党群服务中心一楼，周一至周五 9:00–18:00（演示）"
    return set_reached(place=place, phone=f"0755-0000 {number:04}", counter=counter, by=by, at=at)


def _team(world: World, place: Place, here: str) -> Team:
    above = SUBDISTRICTS[place.ancestor_codes[-2]]
    held = world.officers
    return Team(
        place=place,
        secretary=held[f"{here}.secretary"],
        deputy=held[f"{here}.deputy"],
        committee=held[f"{here}.committee"],
        working=held[f"{above}.working"],
        office=held[f"{above}.office"],
        civil=held["nanshan.civil"],
        finance=held["nanshan.finance"],
    )
