"""Verbs for the journeys: who is there, what they do at their desks, and how a journey looks at what came of it.

The cast is made up (演示); the places, the rules and every service are the real ones.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from linli.demonstration.hands.team import Team
from linli.records.bodies.services import form_body, seat_person
from linli.records.cases.models import Case
from linli.records.cases.services import open_case, take_act
from linli.records.evidence.selectors import pieces
from linli.records.funds.services import set_envelope
from linli.records.needs import gate
from linli.records.needs.models import Need
from linli.records.people.models import Organisation, Person
from linli.records.people.services import declare_interest, enter_roll, register_organisation
from linli.records.places.models import Place
from linli.records.rulebook.models import Passage
from linli.records.rulebook.services import Moved
from linli.rules.plain.refusals import Refused
from tests.records.people import world as people
from tests.remembered import remembered_class
from tests.world import COMMUNITY, DISTRICT, SUBDISTRICT, officer, place, row_counts, set_value
from tests.world import build as build_places_and_rules

# What the regulation leaves to the place, as this made-up Nanshan has set it.
SET_BY_THE_DISTRICT = (
    *(("notice_days", each, "5 working_days") for each in ("evaluation", "determination", "implementation", "acceptance")),
    ("notice_days", "fund_use", "5 working_days"),
    ("approval_share", "", "2/3"),
    ("council_quorum", "", "2/3"),
    ("council_notice", "", "3 days"),
    ("large_amount", "", "800000"),
    ("acceptance_residents", "", "2"),
)
SINCE_THE_NEW_MEASURE = (("notice_days", "urgent", "3 working_days"), ("assess_after", "", "30 days"))


def on(text: str, hour: int = 10) -> datetime:
    """`on("2021-03-01", 19)`: an hour of a day in China."""
    return datetime.combine(date.fromisoformat(text), time(hour), UTC) - timedelta(hours=8)


@remembered_class
class District(Team):
    """Nanshan with one community at work: its offices, its residents' council of twelve, its money."""

    def __init__(self, *, money: int = 2_000_000, years: Sequence[int] = (2019, 2020, 2021)) -> None:
        cast = build_places_and_rules(local=False)
        super().__init__(
            place=place(),
            secretary=cast.secretary,
            deputy=cast.deputy,
            committee=cast.residents,
            working=cast.working,
            office=cast.office,
            civil=cast.civil,
            finance=cast.finance,
        )
        self.stranger = cast.stranger
        self.organisation = officer("organisation", DISTRICT)
        self._set_local_values()
        self._seat_the_council()
        for year in years:
            self.give_money(year, money)

    def _set_local_values(self) -> None:
        for parameter, key, value in SET_BY_THE_DISTRICT:
            set_value(self.civil, parameter, value, key=key, since=date(2018, 11, 20))
        for parameter, key, value in SINCE_THE_NEW_MEASURE:
            set_value(self.civil, parameter, value, key=key, since=date(2020, 11, 5))

    def _seat_the_council(self) -> None:
        began = on("2018-12-01")
        self.residents = [self.resident(f"演示·居民{number}") for number in range(1, 13)]
        self.council = form_body(
            place=self.place, kind="residents_council", name="演示议事会", since=date(2018, 12, 1), by=self.secretary, at=began
        )
        for person in self.residents:
            seat_person(body=self.council, person=person, seat="member", since=date(2018, 12, 1), by=self.secretary, at=began)
        self.members = self.residents

    def resident(self, name: str) -> Person:
        """Somebody on the community's roll."""
        person = people.person(name)
        enter_roll(person=person, place=self.place, since=date(2018, 12, 1), by=self.secretary, at=on("2018-12-01"))
        return person

    def give_money(self, year: int, yuan: int) -> None:
        set_envelope(
            place=self.place,
            year=year,
            amount_fen=yuan * 100,
            source="区财政年度专项",
            dedicated=True,
            approved=True,
            by=self.finance,
            at=on(f"{year}-01-08"),
        )

    def supplier(self, name: str = "演示·照明公司") -> Organisation:
        return register_organisation(name=name, kind="supplier", by=None, at=on("2019-01-02"), demonstration=True)

    def works_for(self, person: Person, supplier: Organisation) -> None:
        """A tie that was declared and is on record."""
        declare_interest(
            person=person,
            kind="employer",
            other=supplier,
            since=date(2019, 1, 1),
            by=person,
            at=on("2019-01-03"),
            place=self.place,
        )

    def project(self, title: str, at: datetime, **more) -> Case:
        return open_case(procedure="micro_project", place=self.place, title=title, by=self.secretary, at=at, **more)


# --- taking a step, or being turned down -------------------------------------------------------------------------------
def step(case: Case, act: str, by: Person | None, at: datetime, note: str = "") -> Moved:
    """Take an act; the case as it stands afterwards."""
    moved = take_act(case=case, act=act, by=by, at=at, note=note)
    case.refresh_from_db()
    return moved


def state_of(case: Case) -> str:
    return Passage.objects.get(pk=case.passage_id).state


def need_state(need: Need) -> str:
    return gate.state_of(need)


def turned_down(case: Case, act: str, by: Person | None, at: datetime) -> list[str]:
    """Try an act that the rules do not allow: what stands in the way, by key. Nothing at all has changed."""
    before, stood = row_counts(), state_of(case)
    with pytest.raises(Refused) as refusal:
        take_act(case=case, act=act, by=by, at=at)
    assert (row_counts(), state_of(case)) == (before, stood)
    return [reason.key for reason in refusal.value.reasons]


def reasons(case: Case, act: str, by: Person | None, at: datetime) -> list[tuple[str, str]]:
    """As `turned_down`, each key with its clause."""
    with pytest.raises(Refused) as refusal:
        take_act(case=case, act=act, by=by, at=at)
    return [(reason.key, reason.clause) for reason in refusal.value.reasons]


def evidence(case: Case, slot: str) -> dict[str, object]:
    """The facts a gate reads from a slot now."""
    return pieces(case.subject)[slot].facts


__all__ = [
    "COMMUNITY",
    "DISTRICT",
    "SUBDISTRICT",
    "District",
    "Place",
    "evidence",
    "need_state",
    "officer",
    "on",
    "place",
    "reasons",
    "row_counts",
    "set_value",
    "state_of",
    "step",
    "turned_down",
]
