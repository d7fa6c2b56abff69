"""A small Nanshan with a few synthetic people (演示)."""

from datetime import UTC, date, datetime

from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.records.places.services import load_places

AT = datetime(2021, 4, 8, 2, tzinfo=UTC)
TODAY = date(2021, 4, 8)
COMMUNITY, OTHER = "440305001001", "440305001002"
ROWS = (
    ("44", "广东省", "province", ""),
    ("4403", "深圳市", "city", "44"),
    ("440305", "南山区", "district", "4403"),
    ("440305001", "南头街道", "subdistrict", "440305"),
    (COMMUNITY, "南头城社区居委会", "community", "440305001"),
    (OTHER, "田厦社区居委会", "community", "440305001"),
)


def nanshan() -> None:
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in ROWS],
        source="统计用区划代码 2023",
        at=datetime(2021, 1, 1, tzinfo=UTC),
    )


def place(code: str = COMMUNITY) -> Place:
    return Place.objects.get(pk=code)


def person(name: str = "演示·居民", kind: str = "resident") -> Person:
    return Person.objects.create(name=name, kind=kind, demonstration=True)


def officer(office: str, code: str = COMMUNITY, *, since: date = date(2020, 1, 1), until: date | None = None) -> Person:
    holder = person(f"演示·{office}", "staff")
    OfficeHeld.objects.create(person=holder, office=office, place_id=code, since=since, until=until)
    return holder
