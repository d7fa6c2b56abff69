"""The year as the regulations of Shenzhen and Nanshan lay it on offices, planned from the real packs."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from linli.records.duties.falling_due import falling_due, spans
from linli.records.duties.models import Duty
from linli.records.duties.selectors import calendar_of, overdue
from linli.records.duties.services import act_taken, calendar, discharge_duty, fulfil, plan_beneath, plan_obligations, settle_duty
from linli.records.people.models import OfficeHeld, Person
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import library
from linli.rules.plain.days import Period
from linli.rules.plain.subjects import Subject
from linli.rules.policy.models import Value
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules
from tests.records.evidence.makers import PROJECT, a_place, day, noon
from tests.world import SUBDISTRICT, at, build, place

NEW_YEAR = noon(2021, 1, 4)


@pytest.fixture(scope="module")
def nanshan() -> Rules:
    return library().rules("nanshan")


def with_value(
    rules: Rules,
    parameter: str,
    value: Value,
    since: str = "2021-01-01",
    level: str = "district",
    by: str = "district.civil_affairs",
) -> Rules:
    return rules.with_local([LocalValue(parameter, "", value, day(since), None, "440305", level, by, "演示文件")])


def of(place: Place, obligation: str) -> list[Duty]:
    return list(
        Duty.objects.filter(source="obligation", source_key__startswith=f"{obligation}:").order_by("source_key", "office")
    )


@pytest.fixture
def district(place: Place) -> Place:
    return at_level(place, "district") or place


@pytest.fixture
def subdistrict(place: Place) -> Place:
    return at_level(place, "subdistrict") or place


@pytest.mark.requirement("S0-83", how="due")
def test_last_years_use_of_money_is_due_on_31_march_from_both_city_offices(district: Place, nanshan: Rules) -> None:
    plan_obligations(place=district, year=2021, rules=nanshan, at=NEW_YEAR)
    duties = of(district, "review_last_year")
    assert [(duty.office, duty.place_id, duty.due_on, duty.clause) for duty in duties] == [
        ("city.civil_affairs", "4403", date(2021, 3, 31), "S0 §10.4"),
        ("city.organisation", "4403", date(2021, 3, 31), "S0 §10.4"),
    ]
    assert {duty.subject for duty in duties} == {Subject("place_year", "440305/2020")}
    assert not overdue(date(2021, 3, 31)).exists()
    assert set(overdue(date(2021, 4, 1))) == set(duties)


@pytest.mark.requirement("S0-84", how="due")
def test_next_years_plan_is_due_on_30_june_from_both_city_offices(district: Place, nanshan: Rules) -> None:
    plan_obligations(place=district, year=2021, rules=nanshan, at=NEW_YEAR)
    duties = of(district, "review_next_plan")
    assert [(duty.office, duty.due_on, duty.clause) for duty in duties] == [
        ("city.civil_affairs", date(2021, 6, 30), "S0 §10.5"),
        ("city.organisation", date(2021, 6, 30), "S0 §10.5"),
    ]
    assert {duty.subject for duty in duties} == {Subject("place_year", "440305/2022")}
    assert all(duty not in overdue(date(2021, 6, 30)) and duty in overdue(date(2021, 7, 1)) for duty in duties)


@pytest.mark.requirement("S0-89", how="due")
def test_one_special_audit_falls_due_in_every_year_for_the_subdistrict(subdistrict: Place, nanshan: Rules) -> None:
    for year in (2021, 2022):
        plan_obligations(place=subdistrict, year=year, rules=nanshan, at=NEW_YEAR)
    assert [(duty.office, duty.place_id, duty.due_on, duty.clause) for duty in of(subdistrict, "special_audit")] == [
        ("subdistrict.office", "440305007", date(2021, 12, 31), "S0 §11.4"),
        ("subdistrict.office", "440305007", date(2022, 12, 31), "S0 §11.4"),
    ]


@pytest.mark.requirement("S0-89", how="due")
def test_a_place_may_ask_for_two_special_audits_and_each_report_discharges_one(
    subdistrict: Place, clerk: Person, nanshan: Rules
) -> None:
    rules = with_value(nanshan, "special_audits", 2)
    plan_obligations(place=subdistrict, year=2021, rules=rules, at=NEW_YEAR)
    assert [duty.source_key for duty in of(subdistrict, "special_audit")] == ["special_audit:2021:1", "special_audit:2021:2"]
    year = Subject("place_year", "440305007/2021")
    assert fulfil(subject=year, through=("evidence", "audit_report"), by=clerk, at=noon(2021, 5, 1)) == 1
    assert [duty.outcome for duty in of(subdistrict, "special_audit")] == ["done", ""]
    assert fulfil(subject=year, through=("evidence", "audit_report"), by=clerk, at=noon(2021, 9, 1)) == 1
    assert fulfil(subject=year, through=("evidence", "audit_report"), by=clerk, at=noon(2021, 9, 2)) == 0


@pytest.mark.requirement("S0-73", how="due")
def test_every_month_has_its_public_experience_day_on_the_day_the_district_fixed(place: Place, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2021, rules=with_value(nanshan, "experience_day", 15), at=NEW_YEAR)
    duties = of(place, "experience_day")
    assert [duty.due_on for duty in duties] == [date(2021, month, 15) for month in range(1, 13)]
    assert {(duty.office, duty.place_id, duty.clause) for duty in duties} == {
        ("community.party_committee", "440305007001", "S0 §8.3")
    }


@pytest.mark.requirement("S0-73", how="due")
def test_while_nobody_has_fixed_the_day_the_duty_is_there_without_a_date_and_never_late(place: Place, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2021, rules=nanshan, at=NEW_YEAR)
    duties = of(place, "experience_day")
    assert [(duty.due_on, duty.unset) for duty in duties] == [(None, "experience_day")] * 12
    assert not overdue(date(2030, 1, 1)).filter(pk__in=[duty.pk for duty in duties]).exists()


def test_the_31st_falls_on_the_last_day_of_a_shorter_month(place: Place, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2024, rules=with_value(nanshan, "experience_day", 31), at=noon(2024, 1, 2))
    days = [duty.due_on.day for duty in of(place, "experience_day") if duty.due_on]
    assert days == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_a_day_fixed_in_the_middle_of_the_year_dates_the_months_from_then_on(place: Place, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2021, rules=nanshan, at=NEW_YEAR)
    later = with_value(nanshan, "experience_day", 15, since="2021-04-10")
    assert plan_obligations(place=place, year=2021, rules=later, at=noon(2021, 4, 12)) == []
    duties = of(place, "experience_day")
    assert len(duties) == 12
    assert [duty.due_on for duty in duties[:3]] == [None] * 3
    assert [duty.due_on for duty in duties[3:]] == [date(2021, month, 15) for month in range(4, 13)]


def test_planning_twice_opens_nothing_twice(place: Place, district: Place, nanshan: Rules) -> None:
    for where in (place, district):
        opened = plan_obligations(place=where, year=2021, rules=nanshan, at=NEW_YEAR)
        assert opened
        assert plan_obligations(place=where, year=2021, rules=nanshan, at=noon(2021, 2, 1)) == []


def test_planning_again_leaves_what_is_settled_alone(subdistrict: Place, clerk: Person, nanshan: Rules) -> None:
    plan_obligations(place=subdistrict, year=2021, rules=nanshan, at=NEW_YEAR)
    year = Subject("place_year", "440305007/2021")
    settle_duty(subject=year, source="obligation", key="special_audit:2021", at=noon(2021, 5, 1), by=clerk)
    assert plan_obligations(place=subdistrict, year=2021, rules=nanshan, at=noon(2021, 6, 1)) == []
    assert [duty.outcome for duty in of(subdistrict, "special_audit")] == ["done"]


def test_a_rule_asks_nothing_for_days_before_it_began(district: Place, nanshan: Rules) -> None:
    """The city's rules began on 20 November 2018: 31 March of that year had passed."""
    plan_obligations(place=district, year=2018, rules=nanshan, at=noon(2018, 12, 1))
    assert of(district, "review_last_year") == []
    plan_obligations(place=district, year=2019, rules=nanshan, at=noon(2019, 1, 2))
    assert [duty.due_on for duty in of(district, "review_last_year")] == [date(2019, 3, 31)] * 2


@pytest.mark.requirement("S0-90", how="due")
def test_what_is_done_as_needed_is_laid_on_every_office_and_is_never_late(district: Place, nanshan: Rules) -> None:
    plan_obligations(place=district, year=2021, rules=nanshan, at=NEW_YEAR)
    checks = of(district, "district_spot_check")
    assert [(duty.office, duty.due_on, duty.cadence) for duty in checks] == [
        ("district.civil_affairs", None, "as_needed"),
        ("district.finance", None, "as_needed"),
        ("district.organisation", None, "as_needed"),
    ]
    assert not overdue(date(2099, 1, 1)).filter(cadence="as_needed").exists()


OTHERS = {  # obligation -> level it is planned for, offices, last good day in 2021, clause
    "full_check": ("subdistrict", ["subdistrict.office"], None, "S0 §11.1"),
    "secretary_review": ("subdistrict", ["district.organisation"], date(2021, 12, 31), "S0 §9.5"),
    "library_recommendation": ("subdistrict", ["subdistrict.office", "subdistrict.working_committee"], None, "S0 §4.3.5"),
    "key_work_progress": ("district", ["district.government"], date(2021, 12, 31), "S1 ¶10"),
    "department_spot_check": ("district", ["district.departments"], None, "S1 ¶7.2"),
    "negative_list": ("district", ["district.civil_affairs", "district.finance", "district.organisation"], None, "S0 §4.2.1"),
    "solve_issues": ("district", ["district.civil_affairs", "district.finance", "district.organisation"], None, "S0 §4.2.4"),
    "library_promotion": ("district", ["district.civil_affairs", "district.organisation"], None, "S0 §6.3"),
    "city_spot_check": (
        "city",
        ["city.civil_affairs", "city.departments", "city.finance", "city.organisation"],
        None,
        "S0 §11.5",
    ),
}


@pytest.mark.parametrize(
    "obligation",
    [
        pytest.param("full_check", marks=pytest.mark.requirement("S0-86", how="due")),
        pytest.param("secretary_review", marks=pytest.mark.requirement("S0-79", how="due")),
        pytest.param("library_recommendation", marks=pytest.mark.requirement("S0-41", how="due")),
        pytest.param("key_work_progress", marks=pytest.mark.requirement("S1-52", how="due")),
        pytest.param("department_spot_check", marks=pytest.mark.requirement("S1-44", how="due")),
        pytest.param("negative_list", marks=pytest.mark.requirement("S0-31", how="due")),
        pytest.param("solve_issues", marks=pytest.mark.requirement("S0-34", how="due")),
        pytest.param("library_promotion", marks=pytest.mark.requirement("S0-58", how="due")),
        pytest.param("city_spot_check", marks=pytest.mark.requirement("S0-90", how="due")),
    ],
)
def test_each_obligation_is_laid_on_its_offices_with_its_clause(place: Place, nanshan: Rules, obligation: str) -> None:
    level, offices, due_on, clause = OTHERS[obligation]
    where = at_level(place, level)
    assert where is not None
    plan_obligations(place=where, year=2021, rules=nanshan, at=NEW_YEAR)
    duties = of(where, obligation)
    assert [duty.office for duty in duties] == offices
    assert {(duty.due_on, duty.clause, duty.subject.id) for duty in duties} == {(due_on, clause, f"{where.code}/2021")}
    assert all(duty.place_id == at_level(where, duty.office.partition(".")[0]).pk for duty in duties)  # type: ignore[union-attr]


def test_a_report_does_not_discharge_next_months_duty_in_advance(place: Place, clerk: Person, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2021, rules=with_value(nanshan, "experience_day", 15), at=NEW_YEAR)
    year, through = Subject("place_year", "440305007001/2021"), ("evidence", "disclosure")
    assert fulfil(subject=year, through=through, by=clerk, at=noon(2021, 1, 15)) == 1
    assert fulfil(subject=year, through=through, by=clerk, at=noon(2021, 1, 31)) == 0
    assert fulfil(subject=year, through=through, by=clerk, at=noon(2021, 2, 1)) == 1
    assert [duty.outcome for duty in of(place, "experience_day")] == ["done", "done"] + [""] * 10


@pytest.mark.requirement("S0-88", how="due")
def test_the_communitys_self_check_recurs_as_often_as_the_subdistrict_sets(place: Place, nanshan: Rules) -> None:
    plan_obligations(place=place, year=2021, rules=nanshan, at=NEW_YEAR)
    [unset] = of(place, "self_check")
    assert (unset.due_on, unset.unset, unset.office) == (None, "self_checks", "community.party_committee")
    rules = with_value(nanshan, "self_checks", 4, level="subdistrict", by="subdistrict.office")
    plan_obligations(place=place, year=2022, rules=rules, at=noon(2022, 1, 4))
    assert [duty.due_on for duty in of(place, "self_check")[1:]] == [date(2022, 12, 31)] * 4


def test_an_office_whose_place_does_not_exist_owes_nothing(db: None, nanshan: Rules) -> None:
    lonely = Place.objects.create(code="990101", name="演示区", level="district", path="/990101/")
    plan_obligations(place=lonely, year=2021, rules=nanshan, at=NEW_YEAR)
    assert not Duty.objects.filter(office__startswith="city.").exists()
    assert Duty.objects.filter(office__startswith="district.").exists()


def test_a_place_and_all_within_are_planned_together(place: Place, district: Place, nanshan: Rules) -> None:
    a_place("440305007002", "大汪社区居委会")
    count = plan_beneath(place=district, year=2021, at=NEW_YEAR, rules_of=lambda _: nanshan)
    assert count == Duty.objects.count()
    assert len(of(place, "self_check")) == 2
    assert plan_beneath(place=district, year=2021, at=NEW_YEAR, rules_of=lambda _: nanshan) == 0


def test_the_calendar_of_a_place_is_in_order_of_days(district: Place, nanshan: Rules) -> None:
    plan_obligations(place=district, year=2021, rules=nanshan, at=NEW_YEAR)
    plan_obligations(place=district, year=2022, rules=nanshan, at=NEW_YEAR)
    dated = [duty.due_on for duty in calendar_of(district, 2021) if duty.due_on]
    assert dated == [date(2021, 3, 31)] * 2 + [date(2021, 6, 30)] * 2 + [date(2021, 12, 31)]


@pytest.mark.requirement("S1-51", how="due")
def test_issuing_a_rule_text_makes_its_explanation_a_duty(district: Place, nanshan: Rules) -> None:
    opened = act_taken(
        procedure="rule_text",
        act="issue",
        place=district,
        subject=Subject("case", "3"),
        on=date(2021, 4, 8),
        rules=nanshan,
        at=NEW_YEAR,
    )
    assert [(duty.office, duty.due_on, duty.clause, duty.subject) for duty in opened] == [
        ("district.drafting_department", None, "S1 ¶11", Subject("case", "3"))
    ]
    again = act_taken(
        procedure="rule_text",
        act="issue",
        place=district,
        subject=Subject("case", "3"),
        on=date(2021, 4, 8),
        rules=nanshan,
        at=NEW_YEAR,
    )
    assert again == opened


def test_an_act_nothing_follows_from_opens_nothing(district: Place, nanshan: Rules) -> None:
    assert (
        act_taken(
            procedure="micro_project",
            act="determine",
            place=district,
            subject=PROJECT,
            on=date(2021, 4, 8),
            rules=nanshan,
            at=NEW_YEAR,
        )
        == []
    )


@pytest.mark.parametrize(
    ("every", "names"),
    [("month", "2021-01 2021-12"), ("quarter", "2021-Q1 2021-Q4"), ("half_year", "2021-H1 2021-H2"), ("year", "2021 2021")],
)
def test_the_parts_of_a_year_cover_it_without_gap(every: str, names: str) -> None:
    parts = spans(every, 2021)
    assert f"{parts[0].name} {parts[-1].name}" == names
    assert (parts[0].first, parts[-1].last) == (date(2021, 1, 1), date(2021, 12, 31))
    assert all((after.first - before.last).days == 1 for before, after in itertools.pairwise(parts))


def test_working_days_follow_the_official_calendar(nanshan: Rules) -> None:
    """From 28 April 2021 on: 25 April and 8 May were worked, 1 to 5 May were off."""
    assert nanshan.calendar.after(date(2021, 4, 28), Period(3, "working_days")) == date(2021, 5, 6)
    assert nanshan.calendar.counted(date(2021, 4, 28), date(2021, 5, 6), "working_days") == 3


def test_every_obligation_of_the_packs_can_be_planned(nanshan: Rules) -> None:
    planned = {
        due.obligation.id
        for level in ("city", "district", "subdistrict", "community")
        for due in falling_due(nanshan, level, 2021, date(2021, 1, 4))
    }
    assert planned == {id for id, obligation in nanshan.obligations(date(2021, 12, 1)).items() if obligation.every}


class TestTheOfficeDischargesIt:
    @pytest.fixture
    def audit(self, subdistrict: Place, clerk: Person, nanshan: Rules) -> Duty:
        OfficeHeld.objects.create(person=clerk, office="office", place=subdistrict, since=date(2020, 1, 1))
        plan_obligations(place=subdistrict, year=2021, rules=nanshan, at=NEW_YEAR)
        return of(subdistrict, "special_audit")[0]

    def test_with_a_word_on_how(self, audit: Duty, clerk: Person) -> None:
        done = discharge_duty(duty=audit, note="演示审计报告已出", by=clerk, at=noon(2021, 11, 1))
        assert (done.outcome, done.settled_by, done.note) == ("done", clerk, "演示审计报告已出")


@pytest.mark.django_db
def test_what_is_owed_while_a_matter_runs_is_not_owed_where_none_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    rules = library().rules("nanshan")
    audit = rules.obligation("special_audit", date(2021, 1, 1))
    while_running = replace(audit, while_procedure="micro_project", while_stages=("implementation",))
    falling = [
        due for due in calendar.falling_due(rules, "subdistrict", 2021, date(2021, 1, 4)) if due.obligation.id == "special_audit"
    ]
    assert falling
    monkeypatch.setattr(calendar, "falling_due", lambda *_: [replace(due, obligation=while_running) for due in falling])
    assert calendar.plan_obligations(place=place(SUBDISTRICT), year=2021, rules=rules, at=at(2021, 1, 4)) == []
    monkeypatch.setattr(calendar, "falling_due", lambda *_: falling)
    assert len(calendar.plan_obligations(place=place(SUBDISTRICT), year=2021, rules=rules, at=at(2021, 1, 4))) == len(falling)
