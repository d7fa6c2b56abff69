"""The demonstration district holds every situation it promises, through the real services, and says that it is made up."""

import re
from collections import Counter

import pytest
from django.test import Client

from linli.demonstration import accounts
from linli.demonstration.build import standing
from linli.demonstration.world import NANTOUCHENG, SMALL, TIANXIA, World
from linli.records.bodies.models import Body
from linli.records.cases.models import Case
from linli.records.duties.models import Duty, Reply
from linli.records.evidence.models import Filling
from linli.records.funds.models import Envelope
from linli.records.meetings.models import Recusal
from linli.records.needs.models import ImportBatch
from linli.records.needs.selectors import coverage, households_to_visit
from linli.records.notices.models import Notice, Objection
from linli.records.people.models import Account, Household, Organisation, Person
from linli.records.people.services import redeem_household_code
from linli.records.places.models import Place
from linli.records.rulebook.models import DecisionRecord, ExceptionAsked, LocalSetting, Passage
from linli.records.rulebook.selectors import rules_at
from linli.records.trail.export import write_trail
from linli.records.trail.models import Checkpoint, Event
from linli.rules.plain.days import day_in_china
from linli.rules.proof import verifier
from linli.web.shared import clock
from tests.demonstration.district.conftest import ANCHOR
from tests.world import row_counts

pytestmark = pytest.mark.django_db


def state(world: World, key: str) -> str:
    return Passage.objects.get(pk=world.cases[key].passage_id).state


# --- what is promised --------------------------------------------------------------------------------------------------
def test_there_is_a_project_in_every_state_of_the_procedure(world: World) -> None:
    procedure = rules_at(world.places[NANTOUCHENG]).procedure("micro_project", ANCHOR)
    found = Passage.objects.filter(procedure="micro_project").values_list("state", flat=True)
    assert set(procedure.states) - set(found) == set()


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("archived", "archived"),
        ("refused", "refused"),
        ("under_objection", "evaluated"),
        ("large", "running"),
        ("cross", "evaluated"),
        ("urgent_running", "urgent_running"),
        ("urgent_done", "urgent_done"),
        ("urgent_assessed", "finished"),
        ("not_urgent", "not_urgent"),
        ("old_values", "archived"),
        ("old_over_cap_refused", "withdrawn"),
        ("old_over_cap_excused", "archived"),
        ("over_cap", "selected"),
        ("change_asked", "asked"),
        ("change_approved", "approved"),
        ("text_open", "consulting"),
        ("text_issued", "issued"),
        ("violation", "rectifying"),
        ("violation_dismissed", "dismissed"),
        ("library", "listed"),
        ("fund_year_2025", "allotted"),
        ("fund_year_2026", "pre_issued"),
        (f"round_{NANTOUCHENG}_2026", "collected"),
        (f"round_{TIANXIA}_2026", "collecting"),
    ],
)
def test_every_situation_is_there(world: World, key: str, expected: str) -> None:
    assert state(world, key) == expected


def test_needs_stand_in_every_state(world: World) -> None:
    found = Counter(Passage.objects.filter(procedure="need").values_list("state", flat=True))
    assert set(found) == {"raised", "verified", "in_project", "solved", "declined", "withdrawn"}


def test_coverage_is_met_in_one_community_and_short_in_the_other(world: World) -> None:
    met, short = (coverage(world.places[code], 2026, ANCHOR) for code in (NANTOUCHENG, TIANXIA))
    assert (met.sources >= SMALL.met, met.priority_missing, met.shortfall) == (True, 0, 0)
    assert (short.sources, short.priority_missing, short.shortfall) == (SMALL.short, SMALL.missed, 500 - SMALL.short)
    to_visit = households_to_visit(world.places[TIANXIA], 2026, ANCHOR, by=world.teams[TIANXIA].secretary)
    assert [household.label for household in to_visit] == ["演示-重点-008", "演示-重点-009"]


def test_the_paper_forms_came_with_rows_to_correct(world: World) -> None:
    batch = ImportBatch.objects.filter(place=NANTOUCHENG).get()
    assert (batch.state, batch.rejected, batch.duplicates) == ("done", 3, 1)


def test_two_projects_of_2019_were_judged_by_the_values_of_2019(world: World) -> None:
    for key, amount in (("old_values", 19_800_000), ("old_over_cap_excused", 26_000_000)):
        record = DecisionRecord.objects.get(passage=world.cases[key].passage_id, act="determine")
        assert (record.rules_on.year, Case.objects.get(pk=world.cases[key].pk).amount_fen) == (2019, amount)
    asked = ExceptionAsked.objects.filter(excuses="project_cap").order_by("asked_at").values_list("state", flat=True)
    assert list(asked) == ["refused", "granted", "asked"]


def test_an_objection_holds_one_gate_and_another_was_answered(world: World) -> None:
    open_ = Objection.objects.filter(closing__isnull=True).get()
    assert open_.notice.subject_id == str(world.cases["under_objection"].pk)
    assert Objection.objects.filter(closing__verdict="upheld").exists()


def test_notices_run_now_and_none_lies_in_the_future(world: World) -> None:
    hanging = Notice.objects.filter(taken_down_at__isnull=True)
    assert hanging.filter(ends_on__gte=ANCHOR).count() >= 5
    assert all(day_in_china(at) < ANCHOR for at in Event.objects.values_list("at", flat=True))


def test_a_plan_that_was_sent_back_has_both_versions(world: World) -> None:
    subject = str(world.cases["filed"].pk)
    plans = Filling.objects.filter(subject_kind="case", subject_id=subject, form="project_plan").order_by("version")
    assert [plan.data["budget"] for plan in plans] == [35_600_000, 33_600_000]


def test_members_with_an_interest_stood_aside(world: World) -> None:
    assert Recusal.objects.filter(source="known").count() >= 10


def test_every_office_has_an_account_and_its_duties(world: World) -> None:
    users = {row.user for row in accounts.officers()}
    assert {
        "nantoucheng.secretary",
        "nantou.office",
        "nanshan.civil",
        "nanshan.finance",
        "shenzhen.civil",
        "nanshan.auditor",
    } <= users
    assert Account.objects.get(username="nantoucheng.secretary").check_password("linli-yanshi-test")
    assert Duty.objects.filter(done_at__isnull=True, due_on__lt=ANCHOR).exists()  # some are late, and it shows
    assert Reply.objects.filter(answered_at__isnull=True).exists()


def test_residents_come_in_by_phone_or_by_a_code_on_paper(world: World) -> None:
    asked, seated = accounts.residents()
    assert asked.phone != seated.phone
    household, _, code = world.codes[0]
    assert redeem_household_code(code=code, at=world.days.end).name.startswith(household)


# --- what it stands on -------------------------------------------------------------------------------------------------
def test_everybody_and_everything_is_marked_as_a_demonstration(world: World) -> None:
    for model in (Person, Household, Organisation, Body, Case, Envelope, LocalSetting):
        assert model._default_manager.exists()
        assert not model._default_manager.filter(demonstration=False).exists(), model
    # A value that follows from a matter names the matter, which is marked itself.
    unmarked = LocalSetting.objects.exclude(document__contains="演示").values_list("document", flat=True)
    assert all(Case.objects.get(code=document.split()[0]).demonstration for document in unmarked)
    named = Person.objects.exclude(name__contains="演示")
    assert not named.exists()


def test_the_places_are_the_real_ones(world: World) -> None:
    assert Place.objects.filter(level="community").count() > 600
    assert world.places[NANTOUCHENG].short_name == "南头城社区"


def test_the_trail_is_in_order_and_verifies(world: World, tmp_path) -> None:
    moments = list(Event.objects.filter(stream=NANTOUCHENG).order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert Checkpoint.objects.count() >= 10
    write_trail(tmp_path / "trail.zip")
    assert verifier.check(tmp_path / "trail.zip").fault is None


def test_a_second_build_is_not_begun(world: World) -> None:
    before = row_counts()
    assert standing()
    assert row_counts() == before


def test_where_last_years_money_went_is_one_tap_from_the_first_page_and_has_an_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: world.days.end)
    reader = Client()
    (address,) = set(re.findall(r'href="(/money/440305/\?year=\d+)"[^>]*>去年的钱花到哪里了', reader.get("/").content.decode()))
    page = reader.get(address).content.decode()
    assert address.endswith(f"={world.days.year - 1}")
    assert "20.6 万元" in page
    for key, title in (("last_year_benches", "巷口座椅"), ("last_year_reading", "亲子阅读角")):
        assert title in page
        assert f"/projects/{world.cases[key].code}/" in page
