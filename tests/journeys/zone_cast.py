"""A small Jilin: province, prefecture, county, each with its offices. The places are real, the people made up (演示)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from linli.records.bodies.services import form_body, seat_person
from linli.records.people.models import Person
from linli.records.places.services import load_places
from linli.records.rulebook.services import adopt_pack
from tests.journeys.steps import on
from tests.records.people import world as people
from tests.world import officer, place, set_value

PROVINCE, PREFECTURE, COUNTY, COMMUNITY = "22", "2201", "220102", "220102001001"
ROWS = (
    (PROVINCE, "吉林省", "province", ""),
    (PREFECTURE, "长春市", "city", PROVINCE),
    (COUNTY, "南关区", "district", PREFECTURE),
    ("220104", "朝阳区", "district", PREFECTURE),
)
SET_BY_THE_PROVINCE = (
    ("expert_quorum", "3/5"),
    ("expert_pass_share", "2/3"),
    ("acceptance_pass_share", "2/3"),
    ("satisfaction_floor", "80%"),
    ("extension_months", "12"),
    ("yearly_plan_due", "03-31"),
    ("change_answer", "20 working_days"),
)


def _load(rows: Sequence[tuple[str, str, str, str]]) -> None:
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows],
        source="统计用区划代码 2023",
        at=datetime(2019, 1, 1, tzinfo=UTC),
    )


class Jilin:
    """One person per office, and a panel of five experts."""

    def __init__(self) -> None:
        _load(ROWS)
        adopt_pack(place=place(PROVINCE), pack="jilin", since=date(2019, 5, 16), by="system", at=on("2019-05-16"))
        self.province, self.prefecture, self.county = place(PROVINCE), place(PREFECTURE), place(COUNTY)
        self.provincial = officer("civil_affairs", PROVINCE)
        self.city_party, self.city_government = officer("party_committee", PREFECTURE), officer("government", PREFECTURE)
        self.city_civil = officer("civil_affairs", PREFECTURE)
        self.party, self.government = officer("party_committee", COUNTY), officer("government", COUNTY)
        self.civil = officer("civil_affairs", COUNTY)
        self.neighbour = officer("government", "220104")
        for parameter, value in SET_BY_THE_PROVINCE:
            set_value(self.provincial, parameter, value.replace("80%", "4/5"), since=date(2019, 5, 16), code=PROVINCE)
        self.experts = [people.person(f"演示·专家{number}", "staff") for number in range(1, 6)]
        self._seat_the_panel()

    def settle(self) -> Person:
        """A community of the county, with a subdistrict between them; its residents' committee."""
        _load((("220102001", "演示街道", "subdistrict", COUNTY), (COMMUNITY, "演示社区", "community", "220102001")))
        return officer("residents_committee", COMMUNITY)

    def _seat_the_panel(self) -> None:
        panel = form_body(
            place=self.province,
            kind="expert_panel",
            name="演示专家评审组",
            since=date(2019, 6, 1),
            by=self.provincial,
            at=on("2019-06-01"),
        )
        for expert in self.experts:
            seat_person(body=panel, person=expert, seat="expert", since=date(2019, 6, 1), by=self.provincial, at=on("2019-06-01"))

    def everybody(self) -> list[Person]:
        return [each for each in vars(self).values() if isinstance(each, Person)]
