"""What lies above every community: the country, the rules, the values set by each district, and who works in city, districts
and subdistricts. Laid once, through the real services."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.demonstration.city.lives import Ground
from linli.demonstration.city.scale import FIRST_YEAR
from linli.demonstration.days import Days, moment
from linli.demonstration.laying.offices import SINCE
from linli.demonstration.laying.rules import FIRST, MEASURE, SET_BY_CIVIL_AFFAIRS, adopt
from linli.demonstration.names import Names
from linli.demonstration.pictures import picture
from linli.demonstration.world import CITY, DISTRICT
from linli.records.evidence.models import File
from linli.records.evidence.services import store_file
from linli.records.funds.services import set_envelope
from linli.records.people.models import Account, Organisation, Person
from linli.records.people.services import appoint, register_organisation, register_person
from linli.records.places.models import Place
from linli.records.places.services.loading import TABLES, load_places
from linli.records.rulebook.services import set_local

Act = Callable[[], object]

_DAY = timedelta(days=1)
_DISTRICT_FEN = 30_000_000_000  # for up to 150 communities
_OFFICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "city": (("organisation", "organisation"), ("civil", "civil_affairs"), ("finance", "finance")),
    "district": (("civil", "civil_affairs"), ("finance", "finance"), ("auditor", "auditor")),
    "subdistrict": (("working", "working_committee"), ("office", "office"), ("finance", "finance")),
}
SUPPLIER = "演示照明工程有限公司"
MARK = "city.organisation"  # the first account of a city
EXAMPLE = "440305001001.secretary"


def laid() -> bool:
    return Account.objects.filter(username=MARK, person__demonstration=True).exists()


@transaction.atomic
def lay(days: Days, names: Names, password: str) -> str:
    """All of it or nothing."""
    load_places(rows=TABLES / "shenzhen.csv", source="统计用区划代码", at=moment(SINCE, 8))
    kept = make_password(password)
    posts = [post for level in _OFFICES for post in _posts(level)]
    for user, office, place in posts:
        person = register_person(name=names.person(), kind="staff", by=None, at=moment(SINCE, 9), demonstration=True)
        appoint(person=person, office=office, place=place, since=SINCE, by=None, at=moment(SINCE, 9))
        Account.objects.create(username=user, person=person, password=kept)
    register_organisation(name=SUPPLIER, kind="supplier", by=None, at=moment(SINCE, 9), demonstration=True)
    city = Place.objects.get(pk=CITY)
    for number in (1, 2):
        store_file(upload=picture("演示", number), by=None, at=moment(SINCE, 11), place=city)
    _adopt()
    districts = list(Place.objects.filter(level="district", parent=CITY).order_by("code"))
    acts = [act for district in districts for act in (*_values(district), *_money(district, days.anchor.year))]
    for _, act in sorted(acts, key=lambda one: one[0]):
        act()
    return f"{len(districts)} districts, {len(posts)} offices"


def _adopt() -> None:
    class Places:
        places = Place.objects.in_bulk((CITY, DISTRICT))

    adopt(Places)  # type: ignore[arg-type]


def _posts(level: str) -> list[tuple[str, str, Place]]:
    places = Place.objects.filter(level=level, path__contains=f"/{CITY}/").order_by("code")
    return [
        (f"{'city' if level == 'city' else place.pk}.{user}", office, place)
        for place in places
        for user, office in _OFFICES[level]
    ]


def _values(district: Place) -> Iterator[tuple[datetime, Act]]:
    """What the regulations leave open, set by each district's civil affairs bureau on the strength of documents marked 演示."""
    own, civil = district.pk == DISTRICT, officer(f"{district.pk}.civil")
    collected = ("notice_days", "collection", "5 working_days", FIRST, "公示期限的通知")
    for parameter, key, value, since, document in (collected, *SET_BY_CIVIL_AFFAIRS):
        if since == MEASURE and not own:
            continue
        at = moment(since + _DAY, 9)
        told: dict[str, Any] = {"parameter": parameter, "key": key, "value": value, "since": since}
        told |= {"document": f"演示：{document}", "by": civil, "at": at, "demonstration": True}
        yield at, partial(set_local, place=district, **told)


def _money(district: Place, last: int) -> Iterator[tuple[datetime, Act]]:
    """The district's own line in the budget, year by year."""
    for year in range(FIRST_YEAR, last + 1):
        at = moment(date(year, 1, 2), 8)
        told: dict[str, Any] = {"year": year, "amount_fen": _DISTRICT_FEN, "source": "区财政民生微实事年度专项（演示）"}
        told |= {"document": f"演示：{year} 年度部门预算批复", "dedicated": True, "approved": True, "demonstration": True}
        yield at, partial(set_envelope, place=district, by=officer(f"{district.pk}.finance"), at=at, **told)


def officer(user: str) -> Person:
    return Account.objects.select_related("person").get(username=user).person  # type: ignore[return-value]


def ground_of(district: str) -> Ground:
    first, second = File.objects.filter(place=CITY).order_by("pk")[:2]
    return Ground((first, second), officer(f"{district}.finance"), MEASURE if district == DISTRICT else None)


def supplier() -> Organisation:
    return Organisation.objects.get(name=SUPPLIER)
