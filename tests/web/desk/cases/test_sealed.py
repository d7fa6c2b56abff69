"""What a form keeps sealed is opened at the desk with a reason, for one answer, and the reading is on record."""

import pytest

from linli.records.cases.models import Case
from linli.records.cases.services import fill_case_form, open_case
from linli.records.people.models import Person
from linli.records.trail.selectors import events_of
from tests.journeys.steps import row_counts
from tests.pilots import Jinjiang, on
from tests.web.desk.cases.office import Clock, Desk

PHONE = "13800000000"


@pytest.fixture
def jinjiang(db: None, monkeypatch: pytest.MonkeyPatch) -> Jinjiang:
    Clock.stopped(monkeypatch, on("2023-05-09"))
    return Jinjiang(villages=2)


def ordered(jinjiang: Jinjiang) -> Case:
    village = jinjiang.villages[0]
    resident: Person = jinjiang.resident(village, "演示·邻居")
    case = open_case(procedure="service_order", place=village, title="演示·修灯", by=resident, at=on("2023-05-08"))
    data = {"what": "楼道灯坏了", "channel": "online", "contact": PHONE}
    fill_case_form(case=case, form="order_form", data=data, by=resident, at=on("2023-05-08"))
    return case


def test_the_keepers_of_a_place_open_it_with_a_reason_and_that_is_sealed(jinjiang: Jinjiang) -> None:
    case = ordered(jinjiang)
    page = f"/desk/cases/{case.code}/forms/order_form/"
    keeper = Desk(jinjiang.committee[jinjiang.villages[0].pk]).open(page)
    assert "查看保密的内容" in keeper.text and PHONE not in keeper.html

    before = row_counts()
    keeper.send(f"{page}sealed/", status=422, **{"sealed-reason": " "})
    assert "需要写明理由" in keeper.text and PHONE not in keeper.html
    assert row_counts() == before

    keeper.send(f"{page}sealed/", status=200, **{"sealed-reason": "接单人上门前约时间"})
    assert PHONE in keeper.html and keeper.page.headers["Cache-Control"] == "no-store"
    assert events_of(case.subject).last().kind == "evidence.sealed_fields_read"
    assert PHONE not in keeper.open(page).html


def test_others_neither_see_the_way_nor_open_it(jinjiang: Jinjiang) -> None:
    case = ordered(jinjiang)
    page = f"/desk/cases/{case.code}/forms/order_form/"
    finance, elsewhere = Desk(jinjiang.finance), Desk(jinjiang.committee[jinjiang.villages[1].pk])
    before = row_counts()
    assert "查看保密的内容" not in finance.open(page).text
    finance.send(f"{page}sealed/", status=403, **{"sealed-reason": "想看看"})
    elsewhere.open(page, status=404).send(f"{page}sealed/", status=404, **{"sealed-reason": "想看看"})
    assert row_counts() == before
    assert not events_of(case.subject).filter(kind="evidence.sealed_fields_read").exists()
