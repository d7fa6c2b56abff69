"""Three more real places with rules of their own. Everybody in office and every resident there is made up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from linli.demonstration.days import moment
from linli.demonstration.world import World
from linli.records.people.models import Account, Household, Person
from linli.records.people.services import appoint, enter_roll, register_household, register_person
from linli.records.places.models import Place
from linli.records.places.services.loading import TABLES, load_places
from linli.records.rulebook.services import adopt_pack

HOUSEHOLDS = 8


@dataclass(frozen=True)
class Region:
    """A pack in its own place. `offices`: place code -> the words its users begin with, and the offices filled there."""

    pack: str
    place: str
    since: date
    offices: Mapping[str, tuple[str, tuple[str, ...]]]


_JINJIANG_TOWN = ("office", "social_affairs", "finance")
_JINJIANG_VILLAGE = ("party_committee", "residents_committee", "party_member")
JINJIANG = Region(
    "jinjiang",
    "350582",
    date(2023, 1, 3),
    {
        "3505": ("quanzhou", ("civil_affairs",)),
        "350582": ("jinjiang", ("civil_affairs", "finance", "assessment_team")),
        "350582001": ("qingyang", _JINJIANG_TOWN),
        "350582002": ("meiling", _JINJIANG_TOWN),
        "350582101": ("anhai", _JINJIANG_TOWN),
        "350582001004": ("qingxin", _JINJIANG_VILLAGE),
        "350582001005": ("jinqing", _JINJIANG_VILLAGE),
        "350582002001": ("meishan", _JINJIANG_VILLAGE),
        "350582002002": ("guishan", _JINJIANG_VILLAGE),
        "350582101001": ("xingsheng", _JINJIANG_VILLAGE),
        "350582101002": ("haidong", _JINJIANG_VILLAGE),
    },
)

_NANCHONG_TOWN = ("working_committee", "office")
_NANCHONG_VILLAGE = (
    "party_committee",
    "residents_committee",
    "supervision_committee",
    "residents_assembly",
    "representatives_assembly",
    "council",
    "cadre",
    "resident_unit",
    "social_organisation",
)
NANCHONG = Region(
    "nanchong",
    "5113",
    date(2017, 11, 1),
    {
        "51": ("sichuan", ("civil_affairs",)),
        "5113": ("nanchong", ("party_committee", "government", "civil_affairs", "departments", "leading_group")),
        "511302": (
            "shunqing",
            (
                "party_committee",
                "government",
                "civil_affairs",
                "finance",
                "departments",
                "discipline",
                "organisation",
                "publicity",
                "land",
                "planning",
                "housing",
                "leading_group",
                "congress_committee",
                "comprehensive_governance",
                "judiciary",
                "mass_organisation",
            ),
        ),
        "511302001": ("zhongcheng", _NANCHONG_TOWN),
        "511302104": ("gongxing", _NANCHONG_TOWN),
        "511302001002": ("binjiang", _NANCHONG_VILLAGE),
        "511302001005": ("tiyuchang", _NANCHONG_VILLAGE),
        "511302104201": ("dayingba", _NANCHONG_VILLAGE),
    },
)

_JILIN_CITY = ("party_committee", "government", "civil_affairs")
_JILIN_COUNTY = ("party_committee", "government", "civil_affairs", "delegate")
_JILIN_COMMUNITY = ("party_committee", "residents_committee", "service_centre", "social_organisation", "resident_unit")
JILIN = Region(
    "jilin",
    "22",
    date(2019, 5, 16),
    {
        "22": ("jilin", ("party_committee", "government", "civil_affairs")),
        "2201": ("changchun", _JILIN_CITY),
        "2202": ("jilinshi", _JILIN_CITY),
        "220104": ("chaoyang", _JILIN_COUNTY),
        "220102": ("nanguan", _JILIN_COUNTY),
        "220204": ("chuanying", _JILIN_COUNTY),
        "220104001001": ("dongtian", _JILIN_COMMUNITY),
    },
)

REGIONS = (JINJIANG, NANCHONG, JILIN)


def load_places_of(world: World, _: str) -> str:
    """The real tree of each region, down to the communities."""
    at = moment(date(2016, 1, 4), 8)
    created = sum(load_places(rows=TABLES / f"{region.pack}.csv", source="统计用区划代码", at=at).created for region in REGIONS)
    for region in REGIONS:
        world.places.update(Place.objects.in_bulk({region.place, *region.offices}))
        first = moment(region.since, 9)
        adopt_pack(place=world.places[region.place], pack=region.pack, since=region.since, by="system", at=first)
    return f"{created} places, {', '.join(region.pack for region in REGIONS)}"


def fill_offices_of(world: World, password: str) -> str:
    """`world.officers["jinjiang.civil_affairs"]`, and so on for every office of every place named."""
    kept, before = make_password(password), len(world.officers)
    for region in REGIONS:
        for code, (user, offices) in region.offices.items():
            for office in offices:
                world.officers[f"{user}.{office}"] = _officer(world, region, world.places[code], f"{user}.{office}", office, kept)
    return f"{len(world.officers) - before} offices"


def settle_elsewhere(world: World, _: str) -> str:
    """A few households with a resident each, in every community with offices."""
    places = [world.places[code] for region in REGIONS for code in region.offices]
    communities = [place for place in places if place.level == "community"]
    for place in communities:
        world.households[place.pk] = [_household(world, place, number) for number in range(1, HOUSEHOLDS + 1)]
    return f"{len(communities) * HOUSEHOLDS} households"


def _officer(world: World, region: Region, place: Place, user: str, office: str, kept: str) -> Person:
    at = moment(region.since, 9)
    person = register_person(name=world.names.person(), kind="staff", by=None, at=at, demonstration=True)
    appoint(person=person, office=office, place=place, since=region.since, by=None, at=at)
    Account.objects.create(username=user, person=person, password=kept)
    return person


def _household(world: World, place: Place, number: int) -> Household:
    since = next(region.since for region in REGIONS if place.pk in region.offices)
    at, by = moment(since, 9), world.officers[_committee(place)]
    household = register_household(
        place=place,
        label=f"演示-{number:03d}",
        address=f"{place.short_name}演示路 {number} 号",
        since=since,
        by=by,
        at=at,
        demonstration=True,
    )
    phone = world.names.phone()
    name = world.names.person()
    person = register_person(name=name, kind="resident", home=place, phone=phone, by=by, at=at, demonstration=True)
    world.phones.append((name, place.short_name, phone))
    enter_roll(person=person, place=place, since=since, by=by, at=at, household=household)
    world.people.setdefault(place.pk, []).append(person)
    return household


def _committee(place: Place) -> str:
    user = next(region.offices[place.pk][0] for region in REGIONS if place.pk in region.offices)
    return f"{user}.residents_committee"
