"""The officer's overview: late duties with whom to remind, drafts and priority households, paper and spreadsheet."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from linli.records.duties.services import open_duty
from linli.records.people.models import Household, PriorityHousehold
from linli.rules.plain.texts import Text
from linli.web.shared import clock
from linli.web.shared.translations import write
from tests.grounds import as_built, built_once
from tests.records.reports.overview.world import COMMUNITY, DISTRICT, OTHER, Street
from tests.web.portal.pages import come_in, in_english, words
from tests.world import at, place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may(monkeypatch: pytest.MonkeyPatch) -> None:
    write()
    monkeypatch.setattr(clock, "now", lambda: at(2021, 5, 20))


def one_duty_late() -> Street:
    found = Street()
    open_duty(
        office="community.party_committee",
        place=place(),
        subject=found.filed.case.subject,
        title=Text("演示·待办", "A duty"),
        clause="S0 §4",
        due_on=date(2021, 5, 1),
        source="test",
        key="late",
        at=at(2021, 4, 9),
    )
    return found


late = built_once(one_duty_late)


@pytest.fixture
def street(late: Street, db: None) -> Street:
    return as_built(late)


def test_an_officer_sees_who_is_late_and_whom_to_remind(street: Street, client: Client) -> None:
    answer = come_in(client, street.cast.civil).get(f"/desk/overview/?place={DISTRICT}")
    said = words(answer)
    assert "谁的事逾期了 1" in said
    assert "社区党委 南头城社区" in said
    assert street.cast.secretary.name in said
    assert f"/desk/obligations/?place={COMMUNITY}".encode() in answer.content


def test_the_desk_counts_drafts_too_and_leads_to_its_own_lists(street: Street, client: Client) -> None:
    answer = come_in(client, street.cast.civil).get(f"/desk/overview/?place={DISTRICT}")
    assert "当年项目 4 办成 1 · 在办 2" in words(answer)
    address = f"/desk/cases/?place={DISTRICT}&procedure=micro_project&year=2021&state=draft"
    assert address.replace("&", "&amp;").encode() in answer.content
    assert "演示·还没提交" in words(client.get(address))
    assert "演示·榕树下的长椅" not in words(client.get(address))


def test_an_office_does_not_look_beside_itself(street: Street, client: Client) -> None:
    come_in(client, street.cast.secretary)
    assert client.get(f"/desk/overview/?place={COMMUNITY}").status_code == 200
    for code in (OTHER, DISTRICT):
        for page in ("", "figures.xlsx", "print/"):
            assert client.get(f"/desk/overview/{page}?place={code}").status_code == 404
    assert Client().get("/desk/overview/").status_code == 302


def test_priority_households_are_told_to_the_desk(street: Street, client: Client) -> None:
    household = Household.objects.create(place=place(), label="演示-1", address="演示路", since=date(2020, 1, 1))
    PriorityHousehold.objects.create(household=household, group="disabled", since=date(2020, 1, 1))
    come_in(client, street.cast.civil)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/desk/overview/figures.xlsx?place={DISTRICT}").content))
    rows = book.get_sheet_by_name("征集覆盖").to_python()
    assert rows[4] == ["社区", "问到的人（户）", "要达到", "重点家庭", "其中问到"]
    assert rows[5] == ["南头城社区", 0, 500, 1, 0]
    late = book.get_sheet_by_name("逾期").to_python()
    assert late[5][:3] == ["社区党委", "南头城社区", 1]


def test_it_prints_with_the_definitions_and_reads_in_english(street: Street, client: Client) -> None:
    come_in(client, street.cast.civil)
    said = words(client.get(f"/desk/overview/print/?place={DISTRICT}"))
    assert "南山区 2021 年总览" in said
    assert "民生微实事项目：走到哪一步" in said
    assert "这些数怎么算" in said
    assert "Who is late 1" in words(in_english(client).get(f"/desk/overview/?place={DISTRICT}"))


def test_places_are_compared_only_where_something_is_known(street: Street, client: Client) -> None:
    come_in(client, street.cast.civil)
    assert "各地差多少" not in words(client.get(f"/desk/overview/?place={DISTRICT}"))
    street.asks("演示·隔壁的事", code=OTHER)
    said = words(client.get(f"/desk/overview/?place={DISTRICT}"))
    assert "需求已答复" in said
    assert "需求已答复 2 0% 田厦社区 20% 40% 南头城社区" in said
