"""Many raters, one result: who scores, who stands aside, what is kept, and what nobody may learn."""

from fractions import Fraction

import pytest

from linli.records.cases.models import Case
from linli.records.duties.models import Duty
from linli.records.evidence.selectors import piece_history, pieces
from linli.records.scorecards.models import Scoring, Sheet
from linli.records.scorecards.selectors import owed_by, result_of, scoring
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring, recuse_rater
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.subjects import place_year
from tests.pilots import Jinjiang, on
from tests.world import row_counts

GOOD = {"infrastructure": "27", "party_work": "18", "service_capacity": "20", "participation": "22.5"}
LESS = {"infrastructure": "24", "party_work": "16", "service_capacity": "20", "participation": "20"}


@pytest.fixture
def jinjiang(db: None) -> Jinjiang:
    return Jinjiang(villages=2)


@pytest.fixture
def pilot(jinjiang: Jinjiang) -> Case:
    return jinjiang.pilot()


def opened(jinjiang: Jinjiang, pilot: Case, **more: object) -> Scoring:
    return open_scoring(
        subject=pilot.subject,
        slot="score",
        place=pilot.place,
        title=pilot.title,
        by=jinjiang.civil[0],
        at=on("2023-03-20"),
        **more,
    )  # type: ignore[arg-type]


@pytest.mark.requirement("S2-55", how="refuses")
def test_nobody_scores_before_the_weights_are_set_and_the_answer_says_by_whom(jinjiang: Jinjiang, pilot: Case) -> None:
    before = row_counts()
    with pytest.raises(Refused) as no:
        opened(jinjiang, pilot)
    assert "市民政局" in no.value.text.zh
    assert "参与" in no.value.text.zh
    assert row_counts() == before


@pytest.mark.requirement("S2-55", how="kept")
def test_three_reviewers_one_of_them_aside_and_an_exact_mean(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    firm = jinjiang.organisation()
    jinjiang.works_for(jinjiang.civil[2], firm, jinjiang.place)
    scored = opened(jinjiang, pilot, parties=[firm.ref])
    assert pieces(pilot.subject)["score"].facts == {"complete": False, "raters": 0, "missing": 2, "recused": 1}
    with pytest.raises(Refused) as no:
        give_scores(scoring=scored, by=jinjiang.civil[2], answers=GOOD, at=on("2023-03-21"))
    assert "任职" in no.value.text.zh
    give_scores(scoring=scored, by=jinjiang.civil[0], answers=GOOD, at=on("2023-03-21"))
    give_scores(scoring=scored, by=jinjiang.civil[1], answers=LESS, at=on("2023-03-22"))
    assert result_of(scored).tally.score == Fraction(335, 4)
    assert not result_of(scored).complete
    close_scoring(scoring=scored, by=jinjiang.civil[0], at=on("2023-03-23"))
    facts = pieces(pilot.subject)["score"].facts
    assert facts == {"complete": True, "raters": 2, "score": "335/4", "out_of": "100", "missing": 0, "recused": 1}
    assert len(piece_history(pilot.subject, "score")) == 4
    kept = Scoring.objects.get().result
    assert (kept["score"], len(kept["inputs"]), kept["recused"]) == ("335/4", 2, [jinjiang.civil[2].ref])


def test_a_rater_stands_aside_late_and_the_sheet_no_longer_counts(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    scored = opened(jinjiang, pilot)
    for person in jinjiang.civil:
        give_scores(scoring=scored, by=person, answers=GOOD, at=on("2023-03-21"))
    recuse_rater(
        scoring=scored, person=jinjiang.civil[1], reason="演示·配偶在该村任职", by=jinjiang.civil[1], at=on("2023-03-22")
    )
    result = result_of(scored)
    assert (result.tally.sheets, [rater.person for rater in result.recused]) == (2, [jinjiang.civil[1]])
    assert Sheet.objects.count() == 3
    stranger = jinjiang.finance
    with pytest.raises(NotAllowed):
        give_scores(scoring=scored, by=stranger, answers=GOOD, at=on("2023-03-22"))


def test_a_sheet_is_whole_within_the_scale_and_changed_with_a_reason_until_it_closes(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    scored, rater = opened(jinjiang, pilot, raters=[jinjiang.civil[0]]), jinjiang.civil[0]
    with pytest.raises(Invalid) as wrong:
        give_scores(scoring=scored, by=rater, answers={**GOOD, "party_work": "20.5", "participation": ""}, at=on("2023-03-21"))
    assert set(wrong.value.fields) == {"party_work", "participation"}
    assert Sheet.objects.count() == 0
    assert list(owed_by(rater)) == [scored]
    assert Duty.objects.filter(source="scoring", done_at__isnull=True).count() == 1
    give_scores(scoring=scored, by=rater, answers=GOOD, at=on("2023-03-21"))
    assert list(owed_by(rater)) == []
    assert Duty.objects.filter(source="scoring", done_at__isnull=True).count() == 0
    with pytest.raises(Invalid) as unsaid:
        give_scores(scoring=scored, by=rater, answers=LESS, at=on("2023-03-22"))
    assert set(unsaid.value.fields) == {"because"}
    give_scores(scoring=scored, by=rater, answers=LESS, because="演示·看错一项", at=on("2023-03-22"))
    assert [(sheet.version, sheet.current) for sheet in Sheet.objects.order_by("version")] == [(1, False), (2, True)]
    close_scoring(scoring=scored, by=rater, at=on("2023-03-23"))
    before = row_counts()
    with pytest.raises(Refused):
        give_scores(scoring=scored, by=rater, answers=GOOD, because="演示", at=on("2023-03-24"))
    assert row_counts() == before


def test_it_closes_with_what_is_there_and_whoever_is_missing_stays_missing(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    scored = opened(jinjiang, pilot)
    with pytest.raises(Refused):
        close_scoring(scoring=scored, by=jinjiang.civil[0], at=on("2023-03-22"))
    give_scores(scoring=scored, by=jinjiang.civil[0], answers=GOOD, at=on("2023-03-21"))
    with pytest.raises(NotAllowed):
        close_scoring(scoring=scored, by=jinjiang.upper, at=on("2023-03-22"))
    close_scoring(scoring=scored, by=jinjiang.civil[1], at=on("2023-03-23"))
    facts = pieces(pilot.subject)["score"].facts
    assert (facts["complete"], facts["raters"], facts["missing"]) == (False, 1, 2)


@pytest.mark.requirement("S2-74", how="kept")
def test_a_grade_that_no_rule_leads_to_is_decided_with_a_reason(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    scored = open_scoring(
        subject=pilot.subject, slot="final_score", place=pilot.place, title="演示", by=jinjiang.team[0], at=on("2023-12-22")
    )
    for person in jinjiang.team:
        marks = {"plan_done": "36", "results": "27", "money": "20", "demonstration": "8"}
        give_scores(scoring=scored, by=person, answers=marks, at=on("2023-12-23"))
    with pytest.raises(Invalid) as wrong:
        close_scoring(scoring=scored, by=jinjiang.team[0], at=on("2023-12-24"))
    assert set(wrong.value.fields) == {"grade", "reason"}
    close_scoring(scoring=scored, by=jinjiang.team[0], grade="marked", reason="演示·全部完成", at=on("2023-12-24"))
    facts = pieces(pilot.subject)["final_score"].facts
    assert (facts["grade"], facts["complete"], facts["score"]) == ("marked", True, "91")


@pytest.mark.requirement("S2-24", "S2-25", how="kept")
def test_the_six_provisions_of_a_hall_are_checked_item_by_item(jinjiang: Jinjiang) -> None:
    village = jinjiang.villages[0]
    rater, year = jinjiang.committee[village.pk], place_year(village.pk, 2023)
    scored = open_scoring(
        subject=year, slot="hall_score", card="hall_score", place=village, title="演示·议事厅", by=rater, at=on("2023-05-04")
    )
    six = ("hotline", "box", "duty_table", "flow_chart", "record_book", "board")
    for person in (rater, jinjiang.town[village.pk[:9]]):
        give_scores(scoring=scored, by=person, answers={**dict.fromkeys(six, "yes"), "board": "no"}, at=on("2023-05-05"))
    result = result_of(scoring(scored.pk))
    assert result.tally.shares == {"yes": Fraction(5, 6), "no": Fraction(1, 6)}
    assert [item.counts for item in result.tally.items][-1] == {"no": 2}


@pytest.mark.requirement("S2-31", how="kept")
def test_residents_of_the_village_rate_the_six_services_and_nobody_elses_do(jinjiang: Jinjiang) -> None:
    village, other = jinjiang.villages
    scored = jinjiang.rate_services(village, "2023-05-04")
    marks = dict.fromkeys(("elders", "children", "medical", "food", "housing", "matters"), "80")
    give_scores(scoring=scored, by=jinjiang.resident(village), answers=marks, at=on("2023-05-05"))
    with pytest.raises(NotAllowed):
        give_scores(scoring=scored, by=jinjiang.resident(other), answers=marks, at=on("2023-05-05"))
    assert pieces(scored.subject)["service_score"].facts["raters"] == 1
    close_scoring(scoring=scored, by=jinjiang.committee[village.pk], at=on("2023-05-30"))
    assert pieces(scored.subject)["service_score"].facts["complete"] is True
