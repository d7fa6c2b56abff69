"""Nanshan with its real rules, and the offices of one community. The people, and the values set locally, are made up (演示)."""

from datetime import UTC, date, datetime

from django.apps import apps
from django.db import connection

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.services import adopt_pack, set_local
from tests.records.people import world as people
from tests.records.people.world import COMMUNITY, OTHER
from tests.remembered import remembered

DISTRICT, SUBDISTRICT = "440305", "440305001"
LOCAL = (
    ("large_amount", "", "400000"),
    ("approval_share", "", "2/3"),
    ("acceptance_residents", "", "2"),
    *(("notice_days", point, "5 days") for point in ("evaluation", "determination", "implementation", "acceptance", "fund_use")),
    ("notice_days", "urgent", "3 days"),
)


def at(year: int, month: int, day: int, hour: int = 10) -> datetime:
    """An hour in China."""
    return datetime(year, month, day, hour - 8, tzinfo=UTC)


def place(code: str = COMMUNITY) -> Place:
    return Place.objects.get(pk=code)


def officer(office: str, code: str = COMMUNITY, name: str = "") -> Person:
    holder = people.officer(office, code, since=date(2015, 1, 1))
    if name:
        Person.objects.filter(pk=holder.pk).update(name=name)
    return holder


class Cast:
    """One person per office."""

    def __init__(self) -> None:
        self.secretary = officer("party_committee")
        self.deputy = officer("party_committee")
        self.residents = officer("residents_committee")
        self.working = officer("working_committee", SUBDISTRICT)
        self.office = officer("office", SUBDISTRICT)
        self.civil = officer("civil_affairs", DISTRICT)
        self.finance = officer("finance", DISTRICT)
        self.stranger = officer("party_committee", OTHER)
        self.resident = people.person()

    def everybody(self) -> list[Person | None]:
        return [*vars(self).values(), None]


@remembered
def build(*, local: bool = True) -> Cast:
    people.nanshan()
    cast = Cast()
    adopt_pack(place=place(DISTRICT), pack="nanshan", since=date(2017, 1, 1), by="system", at=at(2017, 1, 1))
    for parameter, key, value in LOCAL if local else ():
        since = date(2020, 11, 5) if key == "urgent" else date(2018, 11, 20)
        set_value(cast.civil, parameter, value, key=key, since=since)
    return cast


def set_value(by: Person, parameter: str, value: str, *, since: date, key: str = "", code: str = DISTRICT) -> None:
    set_local(
        place=place(code),
        parameter=parameter,
        key=key,
        value=value,
        since=since,
        document="演示·设定",
        by=by,
        at=at(2021, 1, 4),
        demonstration=True,
    )


def row_counts() -> dict[str, int]:
    """How many rows every table holds: on a refusal the two counts are the same. What was typed is kept as a draft; that is
    no record, nor is where the search index stands. Asked at once: a hundred questions would make refusals slow to test."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label != "workbench"]
    kept = [model for model in models if not model.__name__.startswith("Search")]
    counts = ", ".join(f"(SELECT count(*) FROM {connection.ops.quote_name(model._meta.db_table)})" for model in kept)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip((model._meta.label for model in kept), cursor.fetchone(), strict=True))
