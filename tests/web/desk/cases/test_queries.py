"""The number of queries does not grow with what is on the desk."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.demonstration.hands import papers, words
from linli.records.cases.models import Case, Message
from linli.records.cases.services import link_needs
from linli.records.duties.services import plan_obligations
from linli.records.needs.services import raise_need, verify_need
from linli.records.rulebook.selectors import rules_at
from tests.journeys.steps import District, on
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db


def queries(desk: Desk, address: str) -> int:
    desk.open(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.open(address)
    return len(asked)


def projects(district: District, many: int) -> list[Case]:
    made = []
    for number in range(many):
        case = district.project(f"长椅{number}", on("2021-03-08"))
        papers.fill(case, "project_plan", words.plan("长椅", "广场", 180_000), by=district.secretary, at=on("2021-03-08"))
        Message.objects.create(
            case=case,
            office="community.party_committee",
            place=case.place,
            act="x",
            step=number,
            zh="告知",
            en="word",
            at=on("2021-03-08"),
        )
        made.append(case)
    return made


def needs_of(district: District, case: Case, many: int, first: int = 0) -> None:
    for number in range(first, first + many):
        who = district.residents[number % 12]
        need = raise_need(
            place=district.place, data=words.need(f"榕树下缺椅子{number}", f"{number} 号"), by=who, at=on("2021-03-02")
        )
        verify_need(need=need, findings="属实", real=True, by=district.committee, at=on("2021-03-03"))
        link_needs(case=case, needs=[need], by=district.secretary, at=on("2021-03-08"))


@pytest.mark.parametrize("address", ["/desk/", "/desk/cases/", "/desk/messages/", "/desk/cases/?state=all&q=长椅"])
def test_lists_cost_the_same_for_three_and_for_thirty(district: District, secretary: Desk, address: str) -> None:
    projects(district, 3)
    few = queries(secretary, address)
    projects(district, 15)
    assert queries(secretary, address) == few


def test_a_dossier_costs_the_same_however_much_hangs_on_it(district: District, secretary: Desk, time: Clock) -> None:
    case = projects(district, 1)[0]
    needs_of(district, case, 1)
    papers.put(case, "contract", "contract", amount="1000", by=district.secretary, at=on("2021-03-08"))
    addresses = [f"/desk/cases/{case.code}/", f"/desk/cases/{case.code}/needs/", f"/desk/cases/{case.code}/forms/project_plan/"]
    few = [queries(secretary, address) for address in addresses]
    needs_of(district, case, 8, first=1)
    for number in range(6):
        papers.fill(
            case, "project_plan", words.plan("长椅", "广场", 180_000 + number), by=district.secretary, at=on("2021-03-08", 11)
        )
        papers.put(case, "procurement", "procurement", method="self_procurement", by=district.secretary, at=on("2021-03-08"))
    assert [queries(secretary, address) for address in addresses] == few


def test_the_calendar_and_the_values_cost_the_same(district: District, secretary: Desk) -> None:
    empty = queries(secretary, "/desk/obligations/?year=2021")
    plan_obligations(place=district.place, year=2021, rules=rules_at(district.place), at=on("2021-01-05"))
    assert queries(secretary, "/desk/obligations/?year=2021") <= empty
    assert queries(secretary, "/desk/settings/") < 20


def test_pages_ask_the_database_little(district: District, secretary: Desk) -> None:
    case = projects(district, 1)[0]
    counted = {name: queries(secretary, f"/desk/cases/{case.code}/{name}") for name in ("", "acts/design/", "checklists/scope/")}
    assert all(many < 70 for many in counted.values()), counted


def test_many_answers_due_on_one_day_are_one_line_with_the_others_folded_in(district: District, time: Clock) -> None:
    for number in range(5):
        raise_need(
            place=district.place,
            data=words.need(f"第 {number} 条需求：修一修", "小广场"),
            by=district.residents[number],
            at=time(),
        )
    desk = Desk(district.secretary).open("/desk/")
    assert desk.html.count('class="owed-line') == 1
    assert "同一天到期的还有 4 条" in desk.text
