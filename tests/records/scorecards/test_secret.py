"""Of a secret appraisal nobody learns who gave what: not from the pages, not from the trail, not from the tables."""

from datetime import date
from fractions import Fraction

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import open_case
from linli.records.evidence.selectors import piece_history, pieces
from linli.records.places.services import load_places
from linli.records.rulebook.services import adopt_pack, set_local
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.selectors import result_of
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.records.scorecards.services.scoring import own_sheet
from linli.records.trail.selectors import events_of
from tests.pilots import officer, on, place, somebody
from tests.world import row_counts

VILLAGE, TOWN, COUNTY = "511302001201", "511302001", "511302"


@pytest.fixture
def appraisal(db: None) -> Case:
    rows = [("51", "四川省", "province", ""), ("5113", "南充市", "city", "51"), (COUNTY, "顺庆区", "district", "5113")]
    rows += [(TOWN, "演示镇", "subdistrict", COUNTY), (VILLAGE, "演示村", "community", TOWN)]
    load_places(
        rows=[dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows],
        source="演示",
        at=on("2023-01-01"),
    )
    adopt_pack(place=place("5113"), pack="nanchong", since=date(2023, 1, 1), by="system", at=on("2023-01-01"))
    return open_case(
        procedure="community_appraisal",
        place=place(VILLAGE),
        title="演示·2023 年评议",
        by=officer("office", TOWN),
        at=on("2023-02-01"),
    )


def opened(appraisal: Case) -> Scoring:
    return open_scoring(
        subject=appraisal.subject,
        slot="appraisal",
        place=appraisal.place,
        title=appraisal.title,
        by=appraisal.opened_by,
        at=on("2023-02-02"),
    )


def resident(name: str) -> object:
    from linli.records.people.models import Residency

    person = somebody(name, "resident")
    Residency.objects.create(person=person, place=place(VILLAGE), since=date(2020, 1, 1))
    return person


@pytest.mark.requirement("S3-25", how="kept")
def test_a_secret_appraisal_shows_how_many_answered_and_nothing_else_until_it_is_over(appraisal: Case) -> None:
    scored = opened(appraisal)
    people = [resident(f"村民{n}") for n in range(3)]
    for person, grade in zip(people, ("satisfied", "satisfied", "dissatisfied"), strict=True):
        give_scores(scoring=scored, by=person, answers={"work": grade}, at=on("2023-02-03"))
    assert [piece.facts["raters"] for piece in piece_history(appraisal.subject, "appraisal")] == [0, 1, 2, 3]
    assert all("grade" not in piece.facts for piece in piece_history(appraisal.subject, "appraisal"))
    assert result_of(scored).tally.shares == {}
    assert set(Sheet.objects.values_list("rater", "given_at")) == {(None, None)}
    assert Rater.objects.filter(given=True).count() == 3
    sealed = [event for event in events_of(appraisal.subject) if event.kind == "scoring.sheet_given"]
    assert {event.by for event in sealed} == {"anonymous"}
    refs = [person.ref for person in people]
    assert not [event for event in events_of(appraisal.subject) if event.by in refs]
    assert own_sheet(scored, people[2]).answers == {"work": "dissatisfied"}


@pytest.mark.requirement("S3-25", how="kept")
def test_a_verdict_waits_for_the_bound_the_county_sets_and_then_says_its_arithmetic(appraisal: Case) -> None:
    scored = opened(appraisal)
    for n, grade in enumerate(("satisfied", "satisfied", "dissatisfied")):
        give_scores(scoring=scored, by=resident(f"村民{n}"), answers={"work": grade}, at=on("2023-02-03"))
    close_scoring(scoring=scored, by=appraisal.opened_by, at=on("2023-02-10"))
    facts = pieces(appraisal.subject)["appraisal"].facts
    assert (facts["complete"], facts["raters"], facts.get("grade")) == (True, 3, None)
    result = result_of(Scoring.objects.get())
    assert (result.tally.shares["satisfied"], result.tally.unset) == (Fraction(2, 3), ("satisfied_share",))


@pytest.mark.requirement("S3-25", how="kept")
def test_an_own_sheet_can_be_changed_secretly_until_it_closes(appraisal: Case) -> None:
    for parameter, value in (("satisfied_share", "2/3"), ("dissatisfied_share", "1/3")):
        set_local(
            place=place(COUNTY),
            parameter=parameter,
            value=value,
            since=date(2023, 1, 1),
            document="演示",
            by=officer("government", COUNTY),
            at=on("2023-01-05"),
        )
    scored, person = opened(appraisal), resident("村民")
    give_scores(scoring=scored, by=person, answers={"work": "dissatisfied"}, at=on("2023-02-03"))
    give_scores(scoring=scored, by=person, answers={"work": "satisfied"}, at=on("2023-02-04"))
    before = row_counts()
    close_scoring(scoring=scored, by=appraisal.opened_by, at=on("2023-02-10"))
    assert pieces(appraisal.subject)["appraisal"].facts["grade"] == "satisfied"
    assert row_counts() != before
    kept = Scoring.objects.get().result
    assert kept["reasons"] == ["占比 1 ≥ 2/3：结论为“满意”。"]
    assert len(kept["inputs"]) == 1
    assert person.ref not in str(kept)
