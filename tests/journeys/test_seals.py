"""The seal of a community through the doors: refused outside what the county listed, stamped inside it, every use in the log."""

import pytest

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.registers.models import Row
from linli.records.registers.selectors import rows_in_force
from tests.journeys.steps import on, state_of
from tests.journeys.test_pilots import file, fill
from tests.journeys.zone_cast import COMMUNITY, COUNTY, Jilin
from tests.web.desk.cases.office import Clock, Desk
from tests.world import place, row_counts

REQUEST = {"matter": "居住证明", "paper": "居住证明（演示）", "applicant": "演示·居民", "sheets": "2"}


@pytest.fixture
def time(db: None, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock.stopped(monkeypatch, on("2025-04-02"))


@pytest.fixture
def community(time: Clock) -> Person:
    """The county has listed one matter; the community's committee keeps the seal."""
    jilin = Jilin()
    keeper, county = jilin.settle(), Desk(jilin.civil)
    county.open(f"/desk/registers/{COUNTY}/seal_scope/new/").send(matter="居住证明", basis="演示·印章使用范围清单")
    return keeper


def asked(desk: Desk, matter: str) -> Case:
    desk.open("/desk/cases/new/").send(procedure="seal_use", title=f"用印：{matter}", place=COMMUNITY)
    case = Case.objects.filter(procedure="seal_use").latest("pk")
    fill(desk, case, "seal_request", {**REQUEST, "matter": matter})
    file(desk, case, "stamped", kind="document", summary="留存（演示）")
    return case


def try_to_stamp(desk: Desk, case: Case, status: int) -> None:
    page = f"/desk/cases/{case.code}/acts/stamp/"
    desk.open(page).send(page, status=status)


@pytest.mark.requirement("S4-31", "S4-34", how="refuses")
def test_outside_the_countys_list_the_seal_is_refused_at_the_door_and_nothing_is_logged(community: Person, time: Clock) -> None:
    desk = Desk(community)
    case = asked(desk, "收入证明")
    before = row_counts()
    try_to_stamp(desk, case, 409)
    assert "印章使用范围" in desk.text
    assert (row_counts(), state_of(case)) == (before, "asked")
    assert not rows_in_force(place(COMMUNITY), "seal_log", time.at.date()).exists()

    desk.open(f"/desk/cases/{case.code}/acts/refuse/").send(note="不在印章使用范围清单上")
    assert state_of(case) == "refused"
    assert "收入证明" not in desk.open(f"/desk/registers/{COMMUNITY}/seal_log/").text


@pytest.mark.requirement("S4-31", how="kept")
def test_inside_it_the_seal_is_used_and_logged_for_the_office_and_not_for_everybody(community: Person, time: Clock) -> None:
    desk = Desk(community)
    case = asked(desk, "居住证明")
    try_to_stamp(desk, case, 302)
    assert state_of(case) == "stamped"
    row = Row.objects.get(register="seal_log")
    assert (row.about, row.data["sheets"], row.entered_by) == (case.subject, 2, community)
    desk.open(f"/desk/registers/{COMMUNITY}/seal_log/")
    assert "居住证明（演示）" in desk.text

    # Once struck from the county's list, the same matter is refused.
    scope = Row.objects.get(register="seal_scope")
    county = Desk(Person.objects.get(pk=scope.entered_by_id))
    time.at = on("2025-05-06")
    county.open(f"/desk/registers/rows/{scope.pk}/").send(
        f"/desk/registers/rows/{scope.pk}/strike/", **{"strike-reason": "演示·不再出具"}
    )
    later = asked(desk, "居住证明")
    try_to_stamp(desk, later, 409)
    assert Row.objects.filter(register="seal_log").count() == 1
