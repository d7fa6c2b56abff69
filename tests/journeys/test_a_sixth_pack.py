"""A sixth place with rules of its own: the skeleton as `linli pack new` writes it, in a county made up for this page (演示).

Only YAML. It is checked, adopted, its open values set, and a matter goes from its plan to the archive at the real doors:
form, checklist, gate, meeting, notice, register, scorecard; and what it wants shown is on the public pages.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from linli.commands.main import main
from linli.demonstration.hands.meetings import gather, minute
from linli.records.cases.models import Case
from linli.records.meetings import services as meetings
from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.people.services import enter_roll
from linli.records.places.models import Place
from linli.records.places.services import load_places
from linli.records.rulebook.services import adopt_pack, set_local
from linli.records.scorecards.models import Scoring
from tests.journeys.steps import state_of
from tests.journeys.village import public
from tests.records.people import world as people
from tests.records.registers.world import at
from tests.web.desk.cases.office import Clock, Desk

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).parents[2] / "packs"
COUNTY, TOWN, COMMUNITY = "990101", "990101001", "990101001001"
ROWS = (
    ("99", "演示省", "province", ""),
    ("9901", "演示市", "city", "99"),
    (COUNTY, "演示县", "district", "9901"),
    (TOWN, "演示镇", "subdistrict", COUNTY),
    (COMMUNITY, "演示社区居民委员会", "community", TOWN),
)
SET = (("demo_cap", "", "2000"), ("demo_finish_within", "", "10 working_days"), ("notice_days", "result", "3 working_days"))


@pytest.fixture
def packs(tmp_path: Path, settings: LazySettings, capsys: pytest.CaptureFixture[str]) -> Path:
    """The packs of the house with a sixth beside them, as somebody has just begun it; nothing is edited but its place."""
    folder = tmp_path / "packs"
    shutil.copytree(PACKS, folder)
    assert main(["pack", "new", "demo", "--folder", str(folder), "--level", "district"]) == 0
    about = folder / "demo" / "pack.yaml"
    about.write_text(about.read_text(encoding="utf-8").replace("000000", COUNTY), encoding="utf-8")
    assert main(["pack", "check", "--folder", str(folder)]) == 0
    assert main(["pack", "cases", "demo", "--folder", str(folder)]) == 0
    assert "错误 0 处" in (said := capsys.readouterr().out) and "0 个与预期不符" in said
    assert not list((folder / "demo").rglob("*.py"))
    settings.PACKS = folder
    return folder


class County:
    """One person per office, and residents."""

    def __init__(self, time: Clock) -> None:
        self.time = time
        rows = [dict(zip(("code", "name", "level", "parent"), row, strict=True)) for row in ROWS]
        load_places(rows=rows, source="演示", at=at("2024-01-02"))
        self.county, self.place = Place.objects.get(pk=COUNTY), Place.objects.get(pk=COMMUNITY)
        self.civil, self.office = self._officer("civil_affairs", COUNTY), self._officer("office", TOWN)
        self.host, self.party = self._officer("residents_committee", COMMUNITY), self._officer("party_committee", COMMUNITY)
        adopt_pack(place=self.county, pack="demo", since=date(2024, 1, 1), by="system", at=at("2024-01-02"))
        self.residents = [people.person(f"演示·居民{number}") for number in range(1, 5)]
        for one in self.residents:
            enter_roll(person=one, place=self.place, since=date(2024, 1, 2), by=self.party, at=at("2024-01-02"))
        self.desk = Desk(self.host)

    def _officer(self, office: str, code: str) -> people.Person:
        return people.officer(office, code, since=date(2024, 1, 1))

    def set_values(self) -> None:
        for parameter, key, value in SET:
            set_local(
                place=self.county,
                parameter=parameter,
                key=key,
                value=value,
                since=date(2024, 1, 1),
                document="演示〔2024〕1 号",
                by=self.civil,
                at=at("2024-01-03"),
                demonstration=True,
            )

    def refused(self, case: Case, act: str, because: str) -> None:
        stood = state_of(case)
        self.desk.open(f"/desk/cases/{case.code}/acts/{act}/").send(status=409)
        assert because in self.desk.text and state_of(case) == stood

    def take(self, case: Case, act: str) -> None:
        self.desk.open(f"/desk/cases/{case.code}/acts/{act}/").send()


@pytest.fixture
def county(db: None, packs: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    return County(Clock.stopped(monkeypatch, at("2024-03-04")))


def test_a_place_with_rules_written_in_an_afternoon_runs_a_matter_from_its_plan_to_the_archive(county: County) -> None:
    case = planned(county)
    heard(county, case)
    decided_once_the_county_has_set_the_ceiling(county, case)
    finished_after_whole_days_on_notice(county, case)
    appraised_and_archived(county, case)
    everybody_reads_it_in_its_own_words(case)


def planned(c: County) -> Case:
    c.desk.open("/desk/cases/new/").send(procedure="demo_matter", title="演示·楼道装扶手", year="")
    case = Case.objects.get()
    c.desk.open(f"/desk/cases/{case.code}/forms/demo_plan/").send(what="三栋装扶手", why="老人上下楼不方便", cost="2000")
    sheet = c.desk.open(f"/desk/cases/{case.code}/checklists/demo_scope/")
    sheet.send(**{"a-public": "yes", "a-private": "no"})
    return case


def heard(c: County, case: Case) -> None:
    c.refused(case, "decide", "征求意见会")
    call = {"title": "演示·听听大家的意见", "day": "2024-03-06", "hour": "19:30", "venue": "居委会", "letter": "请来谈谈。"}
    c.desk.open("/desk/meetings/new/?session=demo_talk")
    c.desk.send("/desk/meetings/new/", session="demo_talk", topic=[f"{case.code}/talk"], **call)
    meeting, held = Meeting.objects.get(), at("2024-03-06", 20)
    for person in c.residents:
        meetings.invite(meeting=meeting, person=person, by=c.host, at=held)
    gather(meeting, c.residents, host=c.host, at=held)
    meetings.close_meeting(meeting=meeting, by=c.host, at=held)
    minute(meeting, "都赞成。", c.residents[:1], host=c.host, at=held)


def decided_once_the_county_has_set_the_ceiling(c: County, case: Case) -> None:
    c.time.at = at("2024-03-07")
    c.refused(case, "decide", "本地还没定")  # the text gives no number, and nobody has invented one
    c.set_values()
    c.take(case, "decide")
    assert state_of(case) == "decided"
    assert "按期办完" in c.desk.open("/desk/").text


def finished_after_whole_days_on_notice(c: County, case: Case) -> None:
    said = {"kind": "media", "summary": "装好以后", "f-photos": "2"}
    c.desk.open(f"/desk/cases/{case.code}/slots/photos/?kind=media").send(**said)
    c.desk.open(f"/desk/notices/new/?case={case.code}&point=result")
    c.desk.send("/desk/notices/new/", case=case.code, point="result", title="办理结果公示", body="三栋扶手已装好。")
    assert str(Notice.objects.get().ends_on) == "2024-03-12"
    c.time.at = at("2024-03-12")
    c.refused(case, "finish", "公示")  # the last day is not whole yet
    c.time.at = at("2024-03-13")
    c.take(case, "finish")
    assert "三栋装扶手" in public(f"/c/{COMMUNITY}/lists/demo_done/")


def appraised_and_archived(c: County, case: Case) -> None:
    c.refused(case, "archive", "评价")
    c.desk.open(f"/desk/scorings/open/?case={case.code}&slot=appraisal")
    c.desk.send("/desk/scorings/open/", raters=[str(c.party.pk), str(c.office.pk)])
    page = f"/desk/scorings/{Scoring.objects.get().pk}/"
    for person in (c.party, c.office):
        Desk(person).open(page).send(**{"i-useful": "90", "i-open": "80"})
    c.desk.open(page).send(f"{page}close/")
    c.take(case, "archive")
    assert state_of(case) == "archived"


def everybody_reads_it_in_its_own_words(case: Case) -> None:
    page = public(f"/projects/{case.code}/")
    assert "已归档" in page and "先听大家说，再议定" in page and "2,000" in page
    assert "示例：办理并公布" in public("/rules/demo/?part=offices")
    assert Client().get(f"/projects/{case.code}/archive.zip").headers["Content-Type"] == "application/zip"
