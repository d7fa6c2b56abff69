"""The province accepts a zone: its panel with and without a quorum, and what residents themselves say, secretly."""

import pytest

from linli.demonstration.hands import papers, zones
from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import pieces
from linli.records.people.models import Person
from linli.records.people.services import enter_roll
from linli.records.rulebook.models import Passage
from linli.records.scorecards.models import Scoring
from tests.journeys import zone_cast
from tests.journeys.steps import on, state_of, turned_down
from tests.journeys.test_pilots import take
from tests.journeys.zone_cast import COMMUNITY, Jilin
from tests.records.people import world as people
from tests.web.desk.cases.office import Clock, Desk
from tests.world import place, set_value

AGAINST_PLAN = dict.fromkeys(("goals", "tasks", "measures", "schedule", "guarantee", "truthful"), "yes")


@pytest.fixture
def time(db: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, on("2022-06-10"))


@pytest.fixture
def jilin(time: Clock, monkeypatch: pytest.MonkeyPatch) -> Jilin:
    """Nobody has set how many experts must be present."""
    without = tuple(each for each in zone_cast.SET_BY_THE_PROVINCE if each[0] != "expert_quorum")
    monkeypatch.setattr(zone_cast, "SET_BY_THE_PROVINCE", without)
    return Jilin()


@pytest.fixture
def zone(jilin: Jilin) -> Case:
    """A zone whose final report is in."""
    case = open_case(
        procedure="experimental_zone", place=jilin.county, title="演示·实验区", by=jilin.government, at=on("2019-07-08")
    )
    frozen = {stage: {"on": "2022-06-10", "roles": {}} for stage in ("application", "review", "experiment", "closing")}
    Passage.objects.filter(pk=case.passage_id).update(state="final", taken=6, stage="closing", frozen=frozen)
    papers.answer(case, "acceptance_against_plan", AGAINST_PLAN, by=jilin.provincial, at=on("2022-06-10"))
    return case


def review(jilin: Jilin, zone: Case, present: int, day: str) -> None:
    zones.review(
        session="acceptance_review",
        case=zone,
        slot="acceptance",
        host=jilin.provincial,
        province=jilin.province,
        experts=jilin.experts[:present],
        called=on(day, 8),
        held=on(day, 10),
    )


def in_the_way(jilin: Jilin, zone: Case, day: str) -> list[str]:
    return turned_down(zone, "accept", jilin.provincial, on(day))


@pytest.mark.requirement("S4-65", how="refuses")
def test_a_quorum_nobody_has_set_is_not_asked_for_and_one_that_is_set_counts(jilin: Jilin, zone: Case) -> None:
    assert in_the_way(jilin, zone, "2022-06-13")[:1] == ["acceptance.quorum_met"]
    review(jilin, zone, 2, "2022-06-14")
    assert pieces(zone.subject)["acceptance"].facts["quorum_met"] is True
    assert in_the_way(jilin, zone, "2022-06-15") == ["satisfaction_floor"]

    set_value(jilin.provincial, "expert_quorum", "3/5", since=on("2022-06-16").date(), code="22")
    review(jilin, zone, 2, "2022-06-17")
    assert pieces(zone.subject)["acceptance"].facts["quorum_met"] is False
    assert in_the_way(jilin, zone, "2022-06-20") == ["acceptance.quorum_met", "satisfaction_floor"]
    review(jilin, zone, 3, "2022-06-21")
    assert in_the_way(jilin, zone, "2022-06-22") == ["satisfaction_floor"]


def residents(jilin: Jilin) -> list[Person]:
    """Five of a community of the county, one of them a migrant worker: all on the roll alike."""
    clerk, found = jilin.settle(), [people.person(f"演示·居民{n}") for n in range(4)]
    found.append(people.person("演示·务工人员"))
    for person in found:
        enter_roll(person=person, place=place(COMMUNITY), since=on("2022-01-04").date(), by=clerk, at=on("2022-01-04"))
    return found


def asked(jilin: Jilin, zone: Case) -> Scoring:
    desk = Desk(jilin.provincial)
    desk.open(f"/desk/scorings/open/?case={zone.code}&slot=satisfaction").send("/desk/scorings/open/")
    return Scoring.objects.filter(subject_id=str(zone.pk)).latest("pk")


def appraise(scoring: Scoring, person: Person, grade: str) -> None:
    page = f"/scorings/{scoring.pk}/appraise/"
    Desk(person).open(page).send(**{"i-governance": grade, "i-service": grade})


@pytest.mark.requirement("S4-4", "S4-13", "S4-73", how="refuses")
@pytest.mark.requirement("S4-4", how="kept")
def test_residents_say_whether_they_are_satisfied_and_the_gate_reads_their_answers(jilin: Jilin, zone: Case, time: Clock) -> None:
    review(jilin, zone, 5, "2022-06-14")
    *four, migrant = residents(jilin)
    time.at = on("2022-06-20")
    first = asked(jilin, zone)
    for number, person in enumerate(four):
        appraise(first, person, "not_satisfied" if number == 0 else "satisfied")
    assert "satisfied_share" not in pieces(zone.subject)["satisfaction"].facts  # secret while it runs
    desk = Desk(jilin.provincial)
    desk.open(f"/desk/scorings/{first.pk}/").send(f"/desk/scorings/{first.pk}/close/")
    assert pieces(zone.subject)["satisfaction"].facts == {"respondents": 4, "satisfied_share": "3/4"}
    assert in_the_way(jilin, zone, "2022-06-21") == ["satisfaction_floor"]

    # Asked again, the fifth answers on paper and the province's clerk hands it in.
    time.at = on("2022-07-20")
    again = asked(jilin, zone)
    for number, person in enumerate(four):
        appraise(again, person, "not_satisfied" if number == 0 else "satisfied")
    page = f"/desk/scorings/{again.pk}/"
    sheet = {"p-i-governance": "satisfied", "p-i-service": "satisfied"}
    desk.open(page).send(page, do="paper", resident=migrant.name, **sheet)
    desk.open(page).send(f"{page}close/")
    assert pieces(zone.subject)["satisfaction"].facts == {"respondents": 5, "satisfied_share": "4/5"}
    take(desk, zone, "accept")
    assert state_of(zone) == "accepted"
