"""A Nanshan community that asks what its residents need. Everybody is made up (演示)."""

from datetime import date, datetime

from linli.records.needs import services
from linli.records.needs.models import Need
from linli.records.people.models import Household, Person, PriorityHousehold, Residency
from linli.records.people.phones import phone_index
from linli.rules.plain.subjects import Subject
from tests.records.people import world as people
from tests.records.rulebook.world import COMMUNITY, OTHER, Cast, at, build, place, row_counts, set_value

NOW, LATER = at(2021, 4, 8), at(2021, 4, 20)
TODAY = date(2021, 4, 8)
CASE = Subject("case", "7")
WISH = {"what": "三栋楼道的灯坏了", "where": "南头古城三栋", "mode": "daily", "asker": "resident", "channel": "online"}

__all__ = ["CASE", "COMMUNITY", "LATER", "NOW", "OTHER", "TODAY", "WISH", "Village", "at", "place", "row_counts", "set_value"]


class Village:
    """The cast of the rulebook and whatever households a test needs."""

    def __init__(self) -> None:
        self.cast: Cast = build()
        self.host = self.cast.secretary

    def household(self, label: str = "A-101", code: str = COMMUNITY) -> Household:
        return Household.objects.create(
            place=place(code), label=label, address="演示路1号", since=date(2020, 1, 1), demonstration=True
        )

    def resident(self, household: Household | None = None, phone: str = "") -> Person:
        person = people.person()
        if phone:
            person.phone, person.phone_index = phone, phone_index(phone)
            person.save()
        Residency.objects.create(person=person, place=place(), household=household, since=date(2020, 1, 1))
        return person

    def priority(self, label: str) -> Household:
        household = self.household(label)
        PriorityHousehold.objects.create(household=household, group="disabled", since=date(2020, 1, 1))
        return household

    def asks(
        self, by: Person | None = None, when: datetime = NOW, details: services.Details | None = None, **data: object
    ) -> Need:
        """Somebody raises a need; a resident of the village unless said otherwise."""
        who = by if by is not None else self.resident()
        return services.raise_need(place=place(), data={**WISH, **data}, by=who, at=when, details=details)

    def verified(self, **data: object) -> Need:
        need = self.asks(**data)
        return services.verify_need(need=need, findings="到现场看过，灯确实不亮", real=True, by=self.host, at=NOW)
