"""A resident orders, the community dispatches, a Party member accepts and serves, and the same resident rates it."""

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import file_case_evidence, take_act
from linli.records.evidence.selectors import fillings, pieces
from linli.records.forgetting import forget_person
from linli.records.scorecards.models import Scoring
from linli.web.shared import clock
from tests.journeys.steps import state_of, turned_down
from tests.pilots import Jinjiang, officer, on
from tests.records.test_forgetting import written
from tests.web.desk.cases.office import Clock, Desk
from tests.web.portal.pages import words


@pytest.mark.requirement("S2-12", "S2-14", how="kept")
def test_an_order_goes_from_the_residents_page_to_the_residents_rating(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", Clock(on("2023-05-08")))
    jinjiang = Jinjiang(villages=2)
    village, other = jinjiang.villages
    member = officer("party_member", village.pk, "党员")
    resident, neighbour = Desk(jinjiang.resident(village)), Desk(jinjiang.resident(village))
    resident.open(f"/c/{village.pk}/appraisals/").click("群众点单")
    assert resident.text.count("依据 二.1") == 1
    resident.send(status=422, what="")
    resident.send(what="演示·帮\n老人修灯", contact="13800000000")
    case = Case.objects.get(procedure="service_order")
    assert case.title == "演示·帮 老人修灯"
    assert "已点单" in resident.text
    assert "点单渠道" not in resident.text
    assert fillings(case.subject)["order_form"].data["channel"] == "online"
    assert "演示·帮 老人修灯" in resident.text and "下一步：社区派单" in resident.text
    home = f"/c/{village.pk}/"
    assert "我的事 演示·帮 老人修灯 已点单" in words(resident.client.get(home))
    assert "我的事" not in words(neighbour.client.get(home))
    assert neighbour.client.get(f"/own/{case.code}/").status_code == 404
    assert Desk(jinjiang.resident(other)).client.get(f"/c/{village.pk}/begin/service_order/").status_code == 403
    take_act(case=case, act="dispatch", by=jinjiang.committee[village.pk], at=on("2023-05-09"))
    take_act(case=case, act="accept", by=member, at=on("2023-05-10"))
    file_case_evidence(case=case, slot="result", kind="document", facts={}, summary="演示·已修好", by=member, at=on("2023-05-11"))
    take_act(case=case, act="serve", by=member, at=on("2023-05-11"))
    assert turned_down(case, "rate", resident.person, on("2023-05-12")) == ["rating.respondents"]
    page = f"/own/{case.code}/"
    resident.open(page).send(page, status=422, act="rate")
    assert Scoring.objects.count() == 0
    resident.send(page, act="rate", **{"i-overall": "yes"})
    assert state_of(case) == "rated"
    assert "您的评价" in resident.open(page).text
    assert pieces(case.subject)["rating"].facts == {"respondents": 1, "satisfied_share": "1"}

    forget_person(person=resident.person, by=resident.person, at=on("2023-05-12"), reason="本人申请")
    case.refresh_from_db()
    assert (case.title, state_of(case)) == ("（已应本人要求删去）", "rated")
    assert [filling.data for filling in fillings(case.subject).values()] == [{}]
    assert [where for where, said in written() if "帮 老人" in said or "13800000000" in said] == []
    office = Desk(jinjiang.committee[village.pk])
    assert "已应本人要求删去" in office.open(f"/desk/cases/{case.code}/").text
