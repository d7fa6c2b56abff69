"""A small Nanchong under its real rules, one person per office. The people, and the values set locally, are made up (演示)."""

from datetime import UTC, date, datetime

from linli.records.people.models import Person
from linli.records.people.services import enter_roll
from linli.records.places.models import Place
from linli.records.places.services import load_places
from linli.records.rulebook.services import adopt_pack, set_local
from tests.records.people import world as people
from tests.remembered import remembered

CITY, COUNTY, TOWN, COMMUNITY, NEXT_DOOR = "5113", "511302", "511302001", "511302001002", "511302001003"
ROWS = (
    ("51", "四川省", "province", ""),
    (CITY, "南充市", "city", "51"),
    (COUNTY, "顺庆区", "district", CITY),
    (TOWN, "中城街道", "subdistrict", COUNTY),
    (COMMUNITY, "滨江社区居民委员会", "community", TOWN),
    (NEXT_DOOR, "合众街社区居民委员会", "community", TOWN),
)
SET = (
    ("civil_affairs", "approval_share", "1/2"),
    ("civil_affairs", "quorum_share", "1/2"),
    ("government", "reply_within", "5 working_days"),
    ("government", "feedback_within", "5 working_days"),
    ("government", "hold_answer_within", "5 working_days"),
)


def at(text: str, hour: int = 10) -> datetime:
    """`at("2026-03-02", 19)`: an hour of a day in China."""
    day = date.fromisoformat(text)
    return datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC)


def place(code: str = COMMUNITY) -> Place:
    return Place.objects.get(pk=code)


def officer(office: str, code: str) -> Person:
    return people.officer(office, code, since=date(2018, 1, 1))


class Cast:
    """One person per office."""

    def __init__(self) -> None:
        self.party = officer("party_committee", COMMUNITY)
        self.committee = officer("residents_committee", COMMUNITY)
        self.council = officer("council", COMMUNITY)
        self.supervision = officer("supervision_committee", COMMUNITY)
        self.cadre = officer("cadre", COMMUNITY)
        self.assembly = officer("representatives_assembly", COMMUNITY)
        self.town = officer("office", TOWN)
        self.working = officer("working_committee", TOWN)
        self.civil = officer("civil_affairs", COUNTY)
        self.government = officer("government", COUNTY)
        self.next_door = officer("residents_committee", NEXT_DOOR)
        self.resident = people.person("演示·村民")
        self.place = place()


@remembered
def build(*, local: bool = True) -> Cast:
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in ROWS],
        source="统计用区划代码 2023",
        at=at("2018-01-01"),
    )
    cast = Cast()
    adopt_pack(place=place(CITY), pack="nanchong", since=date(2018, 1, 1), by="system", at=at("2018-01-01"))
    enter_roll(person=cast.resident, place=cast.place, since=date(2018, 1, 1), by=cast.party, at=at("2018-01-02"))
    for office, parameter, value in SET if local else ():
        set_value(getattr(cast, "civil" if office == "civil_affairs" else office), parameter, value)
    return cast


def set_value(by: Person, parameter: str, value: str, *, key: str = "") -> None:
    set_local(
        place=place(COUNTY),
        parameter=parameter,
        key=key,
        value=value,
        since=date(2018, 1, 1),
        document="演示·设定",
        by=by,
        at=at("2018-01-03"),
        demonstration=True,
    )
