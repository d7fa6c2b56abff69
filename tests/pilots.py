"""Jinjiang in 2023 for tests: its towns and villages under their real rules, one made-up person (演示) per office."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.people.models import OfficeHeld, Organisation, Person
from linli.records.people.services import declare_interest, enter_roll, register_organisation
from linli.records.places.models import Place
from linli.records.places.services import load_places
from linli.records.rulebook.services import adopt_pack, set_local
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.rules.plain.subjects import place_year
from tests.remembered import remembered_class

CITY, DISTRICT = "3505", "350582"
TOWNS = (("350582101", "安海镇"), ("350582103", "陈埭镇"), ("350582105", "深沪镇"))
# Villages here carry made-up names: the test needs thirteen of them.
VILLAGES = tuple((f"{TOWNS[n % 3][0]}2{n:02d}", f"演示{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[n]}村") for n in range(14))
WEIGHTS = {"infrastructure": "30", "party_work": "20", "service_capacity": "25", "participation": "25"}
FINAL_WEIGHTS = {"plan_done": "40", "results": "30", "money": "20", "demonstration": "10"}


def on(text: str, hour: int = 10) -> datetime:
    """An hour of a day in China."""
    return datetime.fromisoformat(f"{text}T{hour:02d}:00:00").replace(tzinfo=UTC) - timedelta(hours=8)


def place(code: str) -> Place:
    return Place.objects.get(pk=code)


def somebody(name: str, kind: str = "staff") -> Person:
    return Person.objects.create(name=f"演示·{name}", kind=kind, demonstration=True)


def officer(office: str, code: str, name: str = "", person: Person | None = None) -> Person:
    holder = person or somebody(name or office)
    OfficeHeld.objects.create(person=holder, office=office, place_id=code, since=date(2020, 1, 1))
    return holder


@remembered_class
class Jinjiang:
    """The people of the call: `civil` three of civil affairs, `finance`, `team` two assessors; per town and village one each."""

    def __init__(self, villages: int = 14) -> None:
        rows = [("35", "福建省", "province", ""), (CITY, "泉州市", "city", "35"), (DISTRICT, "晋江市", "district", CITY)]
        rows += [(code, name, "subdistrict", DISTRICT) for code, name in TOWNS]
        rows += [(code, name, "community", code[:9]) for code, name in VILLAGES[:villages]]
        load_places(
            rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows],
            source="演示",
            at=on("2023-01-01"),
        )
        self.place = place(DISTRICT)
        self.civil = [officer("civil_affairs", DISTRICT, f"民政{n}") for n in "甲乙丙"]
        self.finance = officer("finance", DISTRICT, "财政")
        self.team = [officer("assessment_team", DISTRICT, f"评估{n}") for n in "甲乙"]
        self.upper = officer("civil_affairs", CITY, "泉州民政")
        self.town = {code: officer("social_affairs", code, f"{name}社会事务办") for code, name in TOWNS}
        self.town_office = {code: officer("office", code, f"{name}政府") for code, name in TOWNS}
        self.villages = [place(code) for code, _ in VILLAGES[:villages]]
        self.committee = {each.pk: officer("residents_committee", each.pk, f"{each.name}村委会") for each in self.villages}
        self.party = {each.pk: officer("party_committee", each.pk, f"{each.name}党支部") for each in self.villages}
        adopt_pack(place=self.place, pack="jinjiang", since=date(2023, 3, 10), by="system", at=on("2023-03-10", 0))

    def set(
        self, parameter: str, value: str, key: str = "", since: str = "2023-03-10", at: str = "2023-03-10", code: str = DISTRICT
    ) -> None:
        set_local(
            place=place(code),
            parameter=parameter,
            key=key,
            value=value,
            since=date.fromisoformat(since),
            document="演示·设定",
            by=self.civil[0],
            at=on(at),
            demonstration=True,
        )

    def weigh(self) -> None:
        for key, value in WEIGHTS.items():
            self.set("selection_weights", value, key)
        for key, value in FINAL_WEIGHTS.items():
            self.set("assessment_weights", value, key)

    def pilot(self) -> Case:
        """The first village applies in a call."""
        call = open_case(procedure="pilot_call", place=self.place, title="演示·申报", by=self.civil[0], at=on("2023-03-10"))
        village = self.villages[0]
        by = self.committee[village.pk]
        return open_case(procedure="pilot", place=village, title="演示·试点", by=by, at=on("2023-03-12"), parent=call)

    def grade_town(self, code: str, grade: str, *, raters: Sequence[Person], at: datetime) -> None:
        """How the pilots of a town turned out."""
        scored = open_scoring(
            subject=place_year(code, 2023),
            slot="town_results",
            card="town_results",
            place=place(code),
            title="演示·成效",
            by=self.civil[0],
            at=at,
            raters=raters,
        )
        for person in raters:
            give_scores(scoring=scored, by=person, answers={"results": grade}, at=at)
        close_scoring(scoring=scored, by=self.civil[0], at=at)

    def rate_services(self, village: Place, day: str) -> Scoring:
        """Its residents are asked about the services of a village."""
        return open_scoring(
            subject=place_year(village.pk, 2023),
            slot="service_score",
            card="service_score",
            place=village,
            title="演示·服务评价",
            by=self.committee[village.pk],
            at=on(day),
        )

    def resident(self, village: Place, name: str = "村民") -> Person:
        person = somebody(name, "resident")
        keeper = self.committee[village.pk]
        enter_roll(person=person, place=village, since=date(2022, 1, 1), by=keeper, at=on("2022-01-02"))
        return person

    def organisation(self, name: str = "演示·社工服务中心") -> Organisation:
        return register_organisation(name=name, kind="social_org", by=None, at=on("2023-01-02"), demonstration=True)

    def works_for(self, person: Person, organisation: Organisation, where: Place) -> None:
        declare_interest(
            person=person,
            kind="employer",
            other=organisation,
            since=date(2022, 1, 1),
            by=person,
            at=on("2023-01-03"),
            place=where,
        )
