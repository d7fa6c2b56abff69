"""What gates read from lists, what acts put into them, and what that settles: with the lists of a real pack."""

from datetime import date

import pytest

from linli.records.cases.models import Case
from linli.records.cases.selectors import readings_of
from linli.records.cases.services import fill_case_form, open_case, take_act
from linli.records.duties.models import Duty
from linli.records.duties.services import plan_obligations
from linli.records.evidence.models import File
from linli.records.evidence.services import file_piece
from linli.records.registers.models import Row
from linli.records.registers.selectors import carrying_out, rows_in_force
from linli.records.registers.services import enter_row
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Refused
from tests.journeys.steps import turned_down
from tests.records.registers.world import COUNTY, Cast, at, build, place

pytestmark = pytest.mark.django_db
AGREED = {"quorum_met": True, "approve_share": "3/5", "recusals_observed": True, "minutes_signed": True, "held": "2026-03-01"}


@pytest.fixture
def cast(db: None) -> Cast:
    return build()


def filed(case: Case, slot: str, kind: str, facts: dict, day: str) -> None:
    """What a component would file: a meeting, a disclosure."""
    file_piece(subject=case.subject, slot=slot, kind=kind, facts=facts, by=None, at=at(day), place=case.place)


def granted(cast: Cast, *matters: str) -> Case:
    case = open_case(procedure="council_mandate", place=cast.place, title="议事会授权", by=cast.committee, at=at("2026-03-01"))
    data = {
        **dict.fromkeys(("election", "content", "procedure", "rules"), "按章程"),
        "law": "村民委员会组织法（2025 年修订）",
        "matters": [{"matter": matter, "limits": "五千元以下"} for matter in matters],
    }
    fill_case_form(case=case, form="mandate", data=data, by=cast.committee, at=at("2026-03-01"))
    filed(case, "decision", "resolution", AGREED, "2026-03-01")
    take_act(case=case, act="grant", by=cast.committee, at=at("2026-03-02"))
    return case


def council_matter(cast: Cast, matter: str) -> Case:
    case = open_case(procedure="council_matter", place=cast.place, title=matter, by=cast.committee, at=at("2026-03-03"))
    data = {"matter": matter, "content": "议一议", "proposal": "照此办"}
    fill_case_form(case=case, form="council_matter", data=data, by=cast.committee, at=at("2026-03-03"))
    filed(case, "before", "disclosure", {"channels": 2}, "2026-03-03")
    return case


@pytest.mark.requirement("S3-17", "S3-19", how="refuses")
def test_what_the_assembly_has_not_granted_is_refused_and_what_it_takes_back_is_refused_again(cast: Cast) -> None:
    mandate = granted(cast, "环境整治", "停车管理")
    rows = rows_in_force(cast.place, "council_mandate", date(2026, 3, 2))
    assert {(row.key, row.data["granted_on"], row.about) for row in rows} == {
        ("环境整治", "2026-03-02", mandate.subject),
        ("停车管理", "2026-03-02", mandate.subject),
    }
    outside, inside = council_matter(cast, "集体土地出租"), council_matter(cast, "环境整治")
    assert turned_down(outside, "admit", cast.committee, at("2026-03-04")) == ["council_mandate"]
    take_act(case=inside, act="admit", by=cast.committee, at=at("2026-03-04"))
    filed(inside, "decision", "resolution", AGREED, "2026-03-05")

    filed(mandate, "withdrawal", "resolution", AGREED, "2026-03-06")
    take_act(case=mandate, act="withdraw", by=cast.committee, at=at("2026-03-06"), note="村民会议收回授权")
    assert not rows_in_force(cast.place, "council_mandate", date(2026, 3, 6)).exists()
    assert {row.strike_reason for row in Row.objects.all()} == {"村民会议收回授权"}
    assert turned_down(inside, "decide", cast.council, at("2026-03-06")) == ["council_mandate"]


def test_the_decision_names_the_row_it_read(cast: Cast) -> None:
    granted(cast, "环境整治")
    case = council_matter(cast, "环境整治")
    readings = readings_of(case, cast.committee, at("2026-03-04"))
    assert readings.registers == {"council_mandate": {"环境整治": {}}}
    assert readings.facts["case.place"] == cast.place.code


@pytest.mark.requirement("S3-22", how="refuses")
def test_what_a_town_lists_for_a_hearing_needs_a_hearing(cast: Cast) -> None:
    rule = open_case(procedure="local_rule", place=place("511302001"), title="试点办法", by=cast.town, at=at("2026-03-01"))
    data = {
        "items": [{"matter": "菜市场改造", "meeting": "听证会"}],
        **dict.fromkeys(("procedure", "steps", "use_of_results"), "按办法"),
    }
    fill_case_form(case=rule, form="local_rule", data=data, by=cast.town, at=at("2026-03-01"))
    row = enter_row(
        place=place("511302001"),
        register="meeting_scope",
        data={"matter": "菜市场改造", "meeting": "hearing"},
        by=cast.town,
        at=at("2026-03-01"),
    )
    assert row.data["meeting"] == "hearing"
    case = open_case(procedure="service_project", place=cast.place, title="菜市场", by=cast.committee, at=at("2026-03-02"))
    project = {
        "name": "菜市场改造",
        "matter": "菜市场改造",
        "content": "翻新",
        "affected": "all_residents",
        "major": False,
        "reason": "多数人去",
    }
    fill_case_form(case=case, form="service_project", data=project, by=cast.committee, at=at("2026-03-02"))
    assert turned_down(case, "hear", cast.committee, at("2026-03-03")) == ["scope.hearing"]


@pytest.mark.requirement("S3-45", "S3-48", how="refuses")
@pytest.mark.requirement("S3-46", "S3-47", how="due")
@pytest.mark.requirement("S3-49", how="refuses")
def test_a_disclosure_fulfils_the_catalogue_and_finance_only_finance(cast: Cast) -> None:
    for item, domain in (("集体收支", "finance"), ("低保名单", "affairs")):
        listed(cast, item, domain)
    plan_obligations(place=cast.place, year=2026, rules=rules_at(cast.place), at=at("2026-01-05"))

    unlisted = disclosure(cast, "没有列入的事", "affairs", "2026-03-10")
    assert turned_down(unlisted, "publish", cast.committee, at("2026-03-10")) == ["disclosure_catalogue"]
    (round_,) = carrying_out(cast.place, date(2026, 4, 2))
    assert [(each.row.key, each.phase, each.state, each.missed) for each in round_.items] == [
        ("集体收支", "after", "overdue", ("2026-Q1",)),
        ("低保名单", "after", "overdue", ("2026-Q1",)),
    ]

    take_act(case=disclosure(cast, "低保名单", "affairs", "2026-04-03"), act="publish", by=cast.committee, at=at("2026-04-03"))
    owed = Duty.objects.filter(through_kind="register", done_at__isnull=True).values_list("through_id", flat=True)
    assert "disclosures:domain=finance" in owed and "disclosures" not in owed
    money = disclosure(cast, "集体收支", "finance", "2026-04-07")
    assert turned_down(money, "publish", cast.committee, at("2026-04-07")) == ["disclosure_record"]  # without its accounts
    record(cast, money, "集体收支", "finance", "2026-04-07", accounts=[accounts(cast)])
    take_act(case=money, act="publish", by=cast.committee, at=at("2026-04-07"))
    assert "disclosures:domain=finance" not in set(
        Duty.objects.filter(through_kind="register", done_at__isnull=True).values_list("through_id", flat=True)
    )
    (round_,) = carrying_out(cast.place, date(2026, 4, 8))
    assert (round_.done, round_.overdue) == (2, 0)


def listed(cast: Cast, item: str, domain: str) -> None:
    data = {
        "item": item,
        "domain": domain,
        "content": "收入和支出",
        "basis": "统一目录",
        "form": ["web", "board"],
        "time": "quarter",
        "steps": "审核后公开",
        "phases": ["after"],
    }
    enter_row(place=place(COUNTY), register="disclosure_catalogue", data=data, by=cast.civil, at=at("2026-02-01"))


def disclosure(cast: Cast, item: str, domain: str, day: str) -> Case:
    case = open_case(procedure="disclosure", place=cast.place, title=item, by=cast.committee, at=at(day))
    record(cast, case, item, domain, day)
    filed(case, "publication", "disclosure", {"channels": 2}, day)
    return case


def record(cast: Cast, case: Case, item: str, domain: str, day: str, **more: object) -> None:
    said = {"item": item, "domain": domain, "phase": "after", "content": "一季度情况", "published_on": day}
    data = {**said, "channels": ["web", "board"], **more}
    draft = domain == "finance" and not more
    fill_case_form(case=case, form="disclosure_record", data=data, by=cast.committee, at=at(day), draft=draft)


def accounts(cast: Cast) -> str:
    kept = {"sha256": "a" * 64, "received_sha256": "a" * 64, "size": 9, "mime": "application/pdf", "kind": "pdf"}
    File.objects.create(name="一季度收支明细.pdf", place=cast.place, stored_by=cast.committee, stored_at=at("2026-04-06"), **kept)
    return "a" * 64


def test_the_ledger_about_a_matter_is_read_as_it_stands(cast: Cast) -> None:
    listed(cast, "低保名单", "affairs")
    case = disclosure(cast, "低保名单", "affairs", "2026-03-10")
    take_act(case=case, act="publish", by=cast.committee, at=at("2026-03-10"))
    question = {"item": "低保名单", "question": "为什么没有三组"}
    enter_row(
        place=cast.place,
        register="disclosure_queries",
        data=question,
        by=cast.resident,
        at=at("2026-03-11"),
        about=case.subject,
    )
    facts = readings_of(case, cast.committee, at("2026-03-20")).evidence["queries"]
    assert facts == {"rows": 1, "unanswered": 1, "overdue": 1}
    with pytest.raises(Refused):
        take_act(case=case, act="close", by=cast.committee, at=at("2026-03-20"))
