"""Scoring at the desk and at the portal, with a mouse: open, score, stand aside, close; residents appraise."""

import pytest

from linli.records.cases.models import Case
from linli.records.evidence.selectors import pieces
from linli.records.scorecards.models import Scoring, Sheet
from tests.pilots import Jinjiang, on
from tests.web.desk.cases.office import Clock, Desk

GOOD = {"i-infrastructure": "27", "i-party_work": "18", "i-service_capacity": "20", "i-participation": "22.5"}


@pytest.fixture
def jinjiang(db: None, time: Clock) -> Jinjiang:
    time.at = on("2023-03-20")
    return Jinjiang(villages=1)


@pytest.fixture
def pilot(jinjiang: Jinjiang) -> Case:
    return jinjiang.pilot()


@pytest.mark.requirement("S2-55", how="kept")
def test_three_reviewers_score_on_their_own_pages_and_one_stands_aside(jinjiang: Jinjiang, pilot: Case) -> None:
    first, second, third = (Desk(person) for person in jinjiang.civil)
    first.open(f"/desk/scorings/open/?case={pilot.code}&slot=score")
    assert "未设定" in first.text
    first.send("/desk/scorings/open/", status=409)
    assert "市民政局" in first.text
    jinjiang.weigh()
    first.open(f"/desk/scorings/open/?case={pilot.code}&slot=score")
    assert "满分 30" in first.text
    first.send("/desk/scorings/open/", raters=[str(person.pk) for person in jinjiang.civil])
    page = f"/desk/scorings/{Scoring.objects.get().pk}/"
    assert "评分：试点遴选评分" in second.open("/desk/").text
    second.open(page).send(status=422, **{**GOOD, "i-party_work": "21"})
    assert "请填 0 到 20 分" in second.text
    assert 'value="22.5"' in second.html
    second.send(page, **GOOD)
    first.open(page).send(**{**GOOD, "i-infrastructure": "30"})
    third.open(page).send(f"{page}recuse/", rater=_rater(third), **{"aside-reason": "演示·亲属在该村"})
    assert "已回避：演示·亲属在该村" in third.text
    first.open(page).send(f"{page}close/")
    assert "89 / 100" in first.text
    assert pieces(pilot.subject)["score"].facts["complete"] is True


def _rater(desk: Desk) -> str:
    return str(Scoring.objects.get().raters.get(person=desk.person).pk)


def test_what_raters_score_nobody_writes_by_hand(jinjiang: Jinjiang, pilot: Case) -> None:
    jinjiang.weigh()
    civil = Desk(jinjiang.civil[0])
    civil.open(f"/desk/scorings/open/?case={pilot.code}&slot=score").send(
        "/desk/scorings/open/", raters=[str(jinjiang.civil[0].pk)]
    )
    civil.open(f"/desk/cases/{pilot.code}/slots/score/")
    assert civil.link("去看评分")
    civil.send(status=409, kind="score", summary="演示·手填")
    assert "自动归集" in civil.text


@pytest.mark.requirement("S2-31", how="kept")
def test_a_resident_rates_the_six_services_on_the_communitys_page(jinjiang: Jinjiang) -> None:
    village = jinjiang.villages[0]
    committee, resident = Desk(jinjiang.committee[village.pk]), Desk(jinjiang.resident(village))
    committee.open("/desk/scorings/").click("6项优质服务功能").send("/desk/scorings/open/")
    page = resident.open(f"/c/{village.pk}/appraisals/").link("6项优质服务功能")
    resident.open(page).click("我来评")
    marks = {f"i-{key}": "90" for key in ("elders", "children", "medical", "food", "housing", "matters")}
    resident.send(**marks)
    assert "收到了" in resident.text
    assert "90 / 100" in resident.text
    assert Sheet.objects.count() == 1
    stranger = Desk(jinjiang.finance)
    assert stranger.client.get(f"{page}appraise/").status_code == 403


def test_the_scoring_page_asks_the_same_for_three_raters_and_for_thirty(jinjiang: Jinjiang, pilot: Case) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linli.records.scorecards.services import give_scores, open_scoring
    from tests.pilots import DISTRICT, officer

    jinjiang.weigh()
    people = [*jinjiang.civil, *(officer("civil_affairs", DISTRICT, f"民政{n}") for n in range(30))]
    counts = []
    for raters in (people[:3], people[:30]):
        Scoring.objects.filter(closed_at__isnull=True).update(closed_at=on("2023-03-21"))
        scored = open_scoring(
            subject=pilot.subject, slot="score", place=pilot.place, title="演示", by=people[0], at=on("2023-03-20"), raters=raters
        )
        for person in raters:
            give_scores(
                scoring=scored,
                by=person,
                answers={key.removeprefix("i-"): each for key, each in GOOD.items()},
                at=on("2023-03-20"),
            )
        desk = Desk(people[0])
        desk.open(f"/desk/scorings/{scored.pk}/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.open(f"/desk/scorings/{scored.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
