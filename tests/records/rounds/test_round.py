"""Twelve places for thirteen: ranked by exact scores, a tie stops and is decided by people, each outcome with its reason."""

from datetime import date, datetime

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import pieces
from linli.records.rounds.grants import grants_for
from linli.records.rounds.models import Ranking
from linli.records.rounds.next_places import next_places_set, results_by_part
from linli.records.rounds.selectors import chosen_in, latest_ranking
from linli.records.rounds.services import decide_tie, file_results, rank_candidates, record_upper_answer, set_next_places
from linli.records.rulebook.models import Passage
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.pilots import TOWNS, Jinjiang, on
from tests.world import row_counts


class Round:
    """A call with scored applications; `scores` by village."""

    def __init__(self, jinjiang: Jinjiang, scores: list[int], year: int = 2023) -> None:
        self.jinjiang, self.year = jinjiang, year
        self.call = open_case(
            procedure="pilot_call", place=jinjiang.place, title="演示·申报", by=jinjiang.civil[0], at=self.on("03-10")
        )
        self.pilots = [self._pilot(n, score) for n, score in enumerate(scores)]

    def on(self, day: str) -> datetime:
        return on(f"{self.year}-{day}")

    def ranking(self) -> Ranking:
        return rank_candidates(round=self.call, by=self.jinjiang.civil[0], at=self.on("03-25"))

    def _pilot(self, n: int, score: int) -> Case:
        village = self.jinjiang.villages[n]
        by = self.jinjiang.committee[village.pk]
        pilot = open_case(
            procedure="pilot", place=village, title=f"演示·{village.name}", by=by, at=self.on("03-11"), parent=self.call
        )
        Passage.objects.filter(pk=pilot.passage_id).update(state="scored")
        civil = self.jinjiang.civil[0]
        scored = open_scoring(
            subject=pilot.subject, slot="score", place=village, title=pilot.title, by=civil, at=self.on("03-20"), raters=[civil]
        )
        marks = {"infrastructure": "30", "party_work": "0", "service_capacity": "25", "participation": "25"}
        give_scores(scoring=scored, by=civil, answers={**marks, "party_work": str(score - 80)}, at=self.on("03-21"))
        close_scoring(scoring=scored, by=civil, at=self.on("03-22"))
        return pilot

    def rank(self) -> dict[str, str]:
        return {row.case.title: row.outcome for row in self.ranking().rows.all()}


@pytest.fixture
def jinjiang(db: None) -> Jinjiang:
    made = Jinjiang(villages=14)
    made.weigh()
    return made


@pytest.mark.requirement("S2-4", "S2-54", how="kept")
def test_the_best_twelve_are_chosen_and_everybody_reads_why(jinjiang: Jinjiang) -> None:
    round_ = Round(jinjiang, [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88])
    outcomes = list(round_.rank().values())
    assert (outcomes.count("chosen"), outcomes.count("not_chosen")) == (12, 1)
    assert pieces(round_.call.subject)["selection"].facts == {"selected": 12, "ties_open": 0, "over_quota": 0}
    assert pieces(round_.pilots[0].subject)["selection"].facts == {"chosen": True}
    last = pieces(round_.pilots[12].subject)["selection"]
    assert last.facts == {"chosen": False}
    assert last.summary == "得分 88，第 13 名；12 个名额已满，最后入选的得分是 89。"


@pytest.mark.requirement("S2-54", how="refuses")
def test_a_tie_at_the_twelfth_place_is_decided_by_civil_affairs_with_a_reason_and_never_by_the_program(
    jinjiang: Jinjiang,
) -> None:
    round_ = Round(jinjiang, [100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 89])
    outcomes = list(round_.rank().values())
    assert (outcomes.count("chosen"), outcomes.count("tied")) == (11, 2)
    assert pieces(round_.call.subject)["selection"].facts["ties_open"] == 2
    twelfth, thirteenth = round_.pilots[11:]
    before = row_counts()
    with pytest.raises(Invalid) as wrong:
        decide_tie(round=round_.call, chosen=[twelfth, thirteenth], reason="", by=jinjiang.civil[0], at=on("2023-03-26"))
    assert set(wrong.value.fields) == {"chosen", "reason"}
    with pytest.raises(NotAllowed):
        decide_tie(round=round_.call, chosen=[thirteenth], reason="演示", by=jinjiang.finance, at=on("2023-03-26"))
    assert row_counts() == before
    decide_tie(round=round_.call, chosen=[thirteenth], reason="演示·群众参与分更高", by=jinjiang.civil[1], at=on("2023-03-26"))
    assert thirteenth in chosen_in(round_.call)
    assert pieces(round_.call.subject)["selection"].facts == {"selected": 12, "ties_open": 0, "over_quota": 0}
    assert "演示·群众参与分更高" in pieces(twelfth.subject)["selection"].summary
    assert [ranking.number for ranking in Ranking.objects.filter(round=round_.call)] == [1, 2]
    again = row_counts()
    with pytest.raises(Refused):
        decide_tie(round=round_.call, chosen=[twelfth], reason="演示", by=jinjiang.civil[1], at=on("2023-03-27"))
    assert row_counts() == again


@pytest.mark.requirement("S2-47", "S2-48", how="kept")
def test_a_towns_quota_holds_and_the_next_one_follows_its_grade(jinjiang: Jinjiang) -> None:
    round_ = Round(jinjiang, [100, 99, 98, 97, 96, 95])
    jinjiang.set("quota_step", "1")
    for code, _ in TOWNS:
        jinjiang.set("town_quota", "1", at="2023-03-12", code=code)
    outcomes = list(round_.rank().values())
    assert (outcomes.count("chosen"), outcomes.count("over_quota")) == (3, 3)
    assert latest_ranking(round_.call).rows.filter(outcome="over_quota").first().reason_zh.endswith("个名额已由得分更高的占用。")
    for (code, _), grade in zip(TOWNS, ("marked", "ordinary", "poor"), strict=True):
        jinjiang.grade_town(code, grade, raters=jinjiang.civil[:1], at=on("2023-12-22"))
    file_results(round=round_.call, by=jinjiang.civil[0], at=on("2023-12-24"))
    assert pieces(round_.call.subject)["results"].facts == {"complete": True, "raters": 3}
    assert [(part.now, part.next) for part in results_by_part(round_.call)] == [(1, 2), (1, 1), (1, 0)]

    # Written back as the places of the next year, and read by the next year's choice.
    before = row_counts()
    with pytest.raises(NotAllowed):
        set_next_places(round=round_.call, by=jinjiang.finance, at=on("2023-12-25"))
    assert row_counts() == before
    kept = set_next_places(round=round_.call, by=jinjiang.civil[0], at=on("2023-12-25"))
    assert [(one.place_id, one.value, one.since) for one in kept] == [
        (TOWNS[0][0], "2", date(2024, 1, 1)),
        (TOWNS[2][0], "0", date(2024, 1, 1)),
    ]
    assert [one.pk for one in next_places_set(round_.call)] == [one.pk for one in kept]
    again = row_counts()
    with pytest.raises(Refused):
        set_next_places(round=round_.call, by=jinjiang.civil[0], at=on("2023-12-26"))
    assert row_counts() == again
    assert [(part.now, part.next) for part in results_by_part(round_.call)] == [(1, 2), (1, 1), (1, 0)]

    jinjiang.set("pilot_places", "12", since="2024-03-01", at="2024-03-01")
    jinjiang.set("application_deadline", "2024-03-17", since="2024-03-01", at="2024-03-01")
    later = Round(jinjiang, [100, 99, 98, 97, 96, 95], year=2024)
    towns = {row.case.place.parent_id: [] for row in later.ranking().rows.all()}
    for row in later.ranking().rows.all():
        towns[row.case.place.parent_id].append(row.outcome)
    assert towns == {
        TOWNS[0][0]: ["chosen", "chosen"],
        TOWNS[1][0]: ["chosen", "over_quota"],
        TOWNS[2][0]: ["over_quota", "over_quota"],
    }


def test_next_years_places_wait_until_every_town_is_graded(jinjiang: Jinjiang) -> None:
    round_ = Round(jinjiang, [100, 99, 98])
    before = row_counts()
    with pytest.raises(Refused) as no:
        set_next_places(round=round_.call, by=jinjiang.civil[0], at=on("2023-12-25"))
    assert "安海镇、陈埭镇、深沪镇" in no.value.text.zh
    assert row_counts() == before


@pytest.mark.requirement("S2-77", "S2-78", "S2-79", how="kept")
def test_a_grant_waits_for_the_answer_from_above_and_is_then_one_of_two(jinjiang: Jinjiang) -> None:
    round_ = Round(jinjiang, [100, 99])
    with pytest.raises(Refused):
        record_upper_answer(round=round_.call, chosen=[], by=jinjiang.civil[0], at=on("2023-05-20"))
    round_.rank()
    first, second = round_.pilots
    Case.objects.update(amount_fen=20_000_000)

    def states(case: Case) -> dict[str, str]:
        return {one.grant.id: one.state for one in grants_for(Case.objects.get(pk=case.pk), on("2023-05-21"))}

    assert states(first)["local_pilot"] == states(first)["upper_match"] == "waits"
    record_upper_answer(round=round_.call, chosen=[first], by=jinjiang.civil[0], at=on("2023-05-20"))
    assert states(first)["local_pilot"] == "no"
    assert states(second)["upper_match"] == "no"
    assert {one.grant.id: one.amount.value for one in grants_for(second, on("2023-05-21"))}["local_pilot"] == 10_000_000


def test_nobody_is_ranked_before_anybody_is_scored_or_after_the_places_ended(jinjiang: Jinjiang) -> None:
    round_ = Round(jinjiang, [])
    before = row_counts()
    with pytest.raises(Refused):
        round_.rank()
    with pytest.raises(NotAllowed):
        rank_candidates(round=round_.call, by=jinjiang.upper, at=on("2023-03-25"))
    assert row_counts() == before
