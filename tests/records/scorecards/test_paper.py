"""Residents who answer on paper: a clerk enters their sheet, each resident answers once, online or on paper."""

import pytest

from linli.records.cases.services import open_case
from linli.records.evidence.selectors import pieces
from linli.records.people.models import Person
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.records.scorecards.reckoning import result_of
from linli.records.scorecards.services import close_scoring, enter_paper_sheet, give_scores, open_scoring
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from tests.journeys.zone_cast import COUNTY, Jilin
from tests.pilots import Jinjiang, on
from tests.web.desk.cases.office import Clock, Desk
from tests.world import refused

KEYS = ("elders", "children", "medical", "food", "housing", "matters")
MARKS = dict.fromkeys(KEYS, "90")


@pytest.fixture
def jinjiang(db: None) -> Jinjiang:
    return Jinjiang(villages=2)


@pytest.fixture
def scoring(jinjiang: Jinjiang) -> Scoring:
    return jinjiang.rate_services(jinjiang.villages[0], "2023-06-01")


def enter(scoring: Scoring, person: Person, by: Person, **other: object) -> Sheet:
    return enter_paper_sheet(
        **{"scoring": scoring, "person": person, "answers": MARKS, "by": by, "at": on("2023-06-02"), **other}
    )


@pytest.mark.requirement("S2-31", how="kept")
def test_a_sheet_on_paper_counts_like_one_given_online_and_says_who_entered_it(jinjiang: Jinjiang, scoring: Scoring) -> None:
    village = jinjiang.villages[0]
    old, young, clerk = jinjiang.resident(village, "老人"), jinjiang.resident(village, "青年"), jinjiang.party[village.pk]
    sheet = enter(scoring, old, clerk)
    give_scores(scoring=scoring, by=young, answers=dict.fromkeys(KEYS, "80"), at=on("2023-06-03"))
    result = result_of(scoring)
    assert (result.tally.sheets, result.on_paper, str(result.tally.score)) == (2, 1, "85")
    assert (sheet.on_paper, sheet.rater.person) == (True, old)
    (entered,) = [event for event in events_of(scoring.subject) if event.kind == "scoring.paper_entered"]
    assert entered.by == clerk.ref
    assert pieces(scoring.subject)["service_score"].facts["raters"] == 2


def test_nobody_answers_twice_whichever_way(jinjiang: Jinjiang, scoring: Scoring) -> None:
    village = jinjiang.villages[0]
    old, young, clerk = jinjiang.resident(village, "老人"), jinjiang.resident(village, "青年"), jinjiang.party[village.pk]
    enter(scoring, old, clerk)
    give_scores(scoring=scoring, by=young, answers=MARKS, at=on("2023-06-03"))
    refused(Refused, lambda: enter(scoring, old, clerk))
    refused(Refused, lambda: enter(scoring, young, clerk))
    said = refused(Refused, lambda: give_scores(scoring=scoring, by=old, answers=MARKS, at=on("2023-06-04"))).text.zh
    assert said == "您的纸质评分表已经录入，不用再评。"


def test_who_enters_for_whom_is_not_free(jinjiang: Jinjiang, scoring: Scoring) -> None:
    village, other = jinjiang.villages
    old, stranger = jinjiang.resident(village, "老人"), jinjiang.resident(other, "外村人")
    refused(NotAllowed, lambda: enter(scoring, old, jinjiang.committee[other.pk]))
    refused(NotAllowed, lambda: enter(scoring, old, jinjiang.finance))
    refused(Refused, lambda: enter(scoring, stranger, jinjiang.committee[village.pk]))
    wrong = {**MARKS, "food": "101"}
    refused(Invalid, lambda: enter(scoring, old, jinjiang.committee[village.pk], answers=wrong))


@pytest.mark.requirement("S4-4", "S4-13", how="kept")
def test_of_a_secret_card_the_list_says_who_answered_and_nothing_says_what(db: None) -> None:
    jilin = Jilin()
    case, resident, clerk = zone_with_a_resident(jilin)
    scoring = open_scoring(
        subject=case.subject,
        slot="satisfaction",
        place=jilin.county,
        title="演示·满意度",
        by=jilin.provincial,
        at=on("2021-05-10"),
    )
    answers = {"governance": "satisfied", "service": "satisfied"}
    sheet = enter(scoring, resident, clerk, answers=answers, at=on("2021-05-11"))
    assert (sheet.rater, sheet.given_at, sheet.on_paper) == (None, None, False)
    rater = Rater.objects.get(scoring=scoring)
    assert (rater.person, rater.given, rater.on_paper) == (resident, True, True)
    refused(Refused, lambda: give_scores(scoring=scoring, by=resident, answers=answers, at=on("2021-05-12")))
    close_scoring(scoring=scoring, by=jilin.provincial, at=on("2021-05-20"))
    assert pieces(case.subject)["satisfaction"].facts == {"respondents": 1, "satisfied_share": "1"}


def zone_with_a_resident(jilin: Jilin):
    from linli.records.people.services import enter_roll
    from linli.records.places.services import load_places
    from tests.journeys.steps import officer, place
    from tests.records.people import world as people

    rows = [("220102001", "演示街道", "subdistrict", COUNTY), ("220102001001", "演示社区", "community", "220102001")]
    named = [dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in rows]
    load_places(rows=named, source="演示", at=on("2019-01-02"))
    clerk, resident = officer("residents_committee", "220102001001"), people.person("演示·务工人员")
    since = on("2019-02-01")
    enter_roll(person=resident, place=place("220102001001"), since=since.date(), by=clerk, at=since)
    case = open_case(
        procedure="experimental_zone", place=jilin.county, title="演示·实验区", by=jilin.government, at=on("2021-05-06")
    )
    return case, resident, clerk


@pytest.mark.requirement("S2-31", how="shown")
def test_a_clerk_enters_paper_on_the_page_of_the_scoring(
    jinjiang: Jinjiang, scoring: Scoring, monkeypatch: pytest.MonkeyPatch
) -> None:
    from linli.web.shared import clock

    monkeypatch.setattr(clock, "now", Clock(on("2023-06-02")))
    village = jinjiang.villages[0]
    jinjiang.resident(village, "老人")
    page = f"/desk/scorings/{scoring.pk}/"
    desk = Desk(jinjiang.committee[village.pk]).open(page)
    assert "录入纸质评分表" in desk.text
    marks = {f"p-i-{key}": "90" for key in KEYS}
    desk.send(page, status=422, do="paper", resident="演示·没有此人", **marks)
    assert "名册上没有这位居民" in desk.text
    assert 'value="90"' in desk.html
    desk.send(page, status=422, do="paper", resident="演示·老人", **{**marks, "p-i-food": "101"})
    assert "请填 0 到" in desk.text
    desk.send(page, do="paper", resident="演示·老人", **marks)
    assert "演示·老人的纸质评分表已录入。" in desk.text
    assert "其中纸质 1 份。" in desk.text
    jinjiang.resident(village, "老人")
    desk.send(page, status=422, do="paper", resident="演示·老人", **marks)
    assert "同名" in desk.text
    assert "录入纸质评分表" not in Desk(jinjiang.town_office[village.pk[:9]]).open(page).text
