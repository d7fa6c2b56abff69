"""Who sees the desk's pages of a matter, and who may do something there."""

import pytest

from linli.demonstration.hands import papers, words
from linli.records.cases.models import Case
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.services import ask_exception
from tests.journeys.steps import District, on, row_counts
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench(district: District, time: Clock) -> Case:
    case = district.project("榕树下的长椅", on("2021-03-08"))
    papers.fill(case, "project_plan", words.plan("一排长椅", "榕树广场", 600_000), by=district.secretary, at=on("2021-03-08"))
    return case


def addresses(case: Case) -> list[str]:
    here = f"/desk/cases/{case.code}/"
    ends = [
        "",
        "acts/design/",
        "forms/project_plan/",
        "forms/project_plan/print.pdf",
        "checklists/scope/",
        "slots/selection/",
        "needs/",
        "exceptions/",
        "holds/",
        "children/project_change/",
    ]
    return [here + end for end in ends]


def test_a_stranger_does_not_learn_that_the_matter_exists(district: District, bench: Case) -> None:
    desk = Desk(district.stranger)
    for address in addresses(bench):
        desk.open(address, status=404)
        assert bench.title not in desk.html


def test_nobody_is_sent_to_sign_in_and_residents_find_nothing(client, district: District, bench: Case) -> None:
    for address in addresses(bench):
        assert client.get(address).status_code == 302
    for address in addresses(bench):
        Desk(district.residents[0]).open(address, status=404)


@pytest.mark.parametrize("office", ["secretary", "finance", "civil"])
def test_every_way_shown_beside_a_matter_opens(district: District, bench: Case, office: str) -> None:
    ways = {way.partition("#")[0] for way, _ in Desk(getattr(district, office)).open(f"/desk/cases/{bench.code}/").links}
    ways = {way for way in ways if way.startswith("/desk/")}
    assert any(way.startswith(f"/desk/cases/{bench.code}/slots/") for way in ways)
    for way in sorted(ways):
        Desk(getattr(district, office)).open(way)


def test_offices_above_read_everything_and_change_nothing(district: District, bench: Case) -> None:
    """The finance bureau of the district looks on: the pages open, the buttons are gone, a forged form is turned down."""
    desk, here = Desk(district.finance), f"/desk/cases/{bench.code}/"
    for address in addresses(bench):
        desk.open(address)
    desk.open(here)
    assert not any("/acts/" in address for address, _ in desk.links)
    desk.open(f"{here}forms/project_plan/")
    assert not desk.has_button("保存")
    assert "填写，您可以看。" in desk.text
    desk.open(f"{here}slots/selection/")
    assert not desk.has_button("提交")

    before = row_counts()
    desk.send(f"{here}forms/project_plan/", status=403, what="改一下")
    desk.send(f"{here}checklists/scope/", status=403, **{"a-small": "yes"})
    desk.send(f"{here}slots/selection/", status=403, kind="document", summary="文件")
    desk.send(f"{here}exceptions/", status=403, excuses="project_cap", reason="想要")
    desk.send(f"{here}children/project_change/", status=403, title="改")
    desk.send(f"{here}acts/design/", status=409)
    assert "由社区党委办" in desk.text
    assert row_counts() == before


@pytest.mark.requirement("S0-18", how="answered")
def test_whoever_asks_for_an_exception_does_not_decide_on_it(district: District, bench: Case) -> None:
    """原则上: the district's civil affairs office decides on going above the ceiling, with a reason, up to a sum."""
    secretary = Desk(district.secretary).open(f"/desk/cases/{bench.code}/exceptions/?excuses=project_cap")
    secretary.send(reason="", up_to="六十万", status=422)
    assert "请写成金额" in secretary.text
    assert secretary.filled()["up_to"] == "六十万"
    secretary.send(reason="路段长", up_to="60万")
    asked = ExceptionAsked.objects.get()
    assert (asked.up_to, asked.reason, asked.state) == (60_000_000, "路段长", "asked")
    assert not secretary.has_button("不批准")

    civil = Desk(district.civil).open(f"/desk/cases/{bench.code}/exceptions/")
    address = f"/desk/cases/{bench.code}/exceptions/{asked.pk}/"
    civil.send(address, status=422, grant="1", reason="", up_to="55万")
    assert "请写明理由" in civil.text
    assert "55万" in civil.html
    civil.send(address, status=409, grant="1", reason="可以", up_to="70万")
    assert "不能批得比申请的多" in civil.text
    civil.send(address, grant="1", reason="确有必要", up_to="55万")
    asked.refresh_from_db()
    assert (asked.state, asked.up_to) == ("granted", 55_000_000)


def test_an_exception_is_turned_down_with_a_reason(district: District, bench: Case) -> None:
    asked = ask_exception(
        subject=bench.subject, excuses="project_cap", by=district.secretary, at=on("2021-03-09"), reason="想要", up_to=60_000_000
    )
    civil = Desk(district.civil).open(f"/desk/cases/{bench.code}/exceptions/")
    civil.send(f"/desk/cases/{bench.code}/exceptions/{asked.pk}/", refuse="1", reason="可以分期")
    assert "不批准" in civil.text
    assert "可以分期" in civil.text


def test_only_the_office_that_sets_a_value_gets_the_form(district: District, time: Clock) -> None:
    secretary = Desk(district.secretary).open("/desk/settings/approval_share/")
    assert not secretary.has_button("设定")
    before = row_counts()
    secretary.send(status=403, value="1/2", since="2021-04-01", document="文")
    assert row_counts() == before

    civil = Desk(district.civil).open("/desk/settings/approval_share/")
    civil.send(status=422, value="一半", since="", document="")
    assert civil.filled()["value"] == "一半"
    civil.send(status=409, value="3/4", since="2021-03-08", document="演示·文件")
    assert "只能从明天起生效" in civil.text
    civil.send(value="3/4", since="2021-04-01", document="演示·文件")
    civil.open("/desk/settings/approval_share/")
    assert "3/4（75%）" in civil.text


def test_a_place_of_others_is_not_found(district: District, time: Clock) -> None:
    Desk(district.stranger).open(f"/desk/?place={district.place.code}", status=404)
    Desk(district.stranger).open(f"/desk/settings/?place={district.place.code}", status=404)
    Desk(district.stranger).open(f"/desk/obligations/?place={district.place.code}", status=404)
    Desk(district.stranger).open(f"/desk/cases/new/?place={district.place.code}", status=404)
