"""What the pack of experimental zones says: who does what, which lists are kept, how long it lasts, what nobody has invented."""

from datetime import date, timedelta

import pytest

from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Decision, Facts, Readings
from linli.rules.plain.days import Period
from linli.rules.policy.library import Library
from linli.rules.policy.models import OPEN, Act, Check, Responsibility, Special
from tests.real_packs import real_packs

LIBRARY: Library = real_packs()
RULES = LIBRARY.rules("jilin")
TODAY = date(2024, 12, 2)
ZONE = RULES.procedure("experimental_zone", TODAY)
PROVINCE, PREFECTURE = "province.civil_affairs", "city.civil_affairs"


def titles(catalogue: str) -> list[str]:
    return [entry.title.zh for entry in RULES.catalogue(catalogue, TODAY).entries.values()]


def acting(act: Act) -> set[str]:
    return {office for name in act.by for office in (ZONE.roles[name].offices if name in ZONE.roles else (name,))}


def keys(act: str) -> set[str]:
    return {check.key for check in ZONE.acts[act].checks}


# ── where it stands ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-1", how="kept")
def test_the_province_creates_zones_from_2019_on() -> None:
    (notice,) = [document for document in RULES.documents() if document.role == "call"]
    assert (notice.number, notice.issued) == ("吉民发〔2019〕30号", date(2019, 5, 16))
    assert (RULES.pack.level, RULES.pack.jurisdiction) == ("province", "22")
    assert LIBRARY.sources["S4"].issued == notice.issued


@pytest.mark.requirement("S4-75", how="kept")
def test_the_attachments_are_kept_by_name_and_their_content_is_not_invented() -> None:
    parts = [document.title.zh for document in RULES.documents() if document.part_of == "notice_2019"]
    assert parts == ["全省社区治理和服务创新实验区申报表", "实验参考选题"]
    themes = RULES.catalogue("reference_themes", TODAY)
    assert (dict(themes.entries), themes.open, themes.kept_by) == ({}, True, (PROVINCE,))
    assert not RULES.form("application_form", TODAY).fields["theme"].required


def test_levels_and_offices_have_the_names_of_the_notice() -> None:
    assert RULES.pack.level_titles["district"].zh == "区（县、市）"
    assert RULES.office_title(PREFECTURE).zh == "市（州）民政局"
    assert RULES.office_title("district.party_committee").zh == "区（县、市）委"


def test_every_clause_quotes_words_of_the_notice() -> None:
    ours = [clause for clause in LIBRARY.clauses.values() if clause.source == "S4"]
    assert ours
    assert all(clause.words in RULES.clause_text(clause.id) for clause in ours)


def test_what_the_notice_does_not_count_is_locally_set_by_the_province() -> None:
    unset = {
        id: parameter.set_by
        for id, parameter in RULES.parameters().items()
        if any(Special.UNSET in row.entries.values() for row in parameter.values)
    }
    assert set(unset.values()) == {(PROVINCE,)}
    assert set(RULES.parameters()) - set(unset) == {
        "plan_characters",
        "paper_copies",
        "report_deadline",
        "experiment_period",
        "zone_limit",
    }
    assert all(row.clause == OPEN for id in unset for row in RULES.parameter(id).values)


# ── application ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-54", "S4-56", how="kept")
def test_the_plan_has_four_parts_and_a_least_length_as_a_whole() -> None:
    plan = RULES.form("zone_plan", TODAY)
    assert [title.zh for title in plan.parts.values()] == ["实验背景", "实验主题", "实验内容", "实验保障"]
    named = {part: {field.title.zh for field in plan.fields.values() if field.part == part} for part in plan.parts}
    assert {"发展状况", "存在问题"} <= named["background"]
    assert {"主要目标", "基本任务"} <= named["theme"]
    assert {"具体举措", "工作安排"} <= named["content"]
    assert {"组织领导", "经费投入"} <= named["guarantee"]
    assert all(field.required for field in plan.fields.values() if field.part)
    assert RULES.read(plan.min_characters, on=TODAY).value == 3000


@pytest.mark.requirement("S4-45", "S4-47", "S4-50", how="kept")
def test_the_way_goes_from_level_to_level_and_each_has_its_own_office() -> None:
    way = {act: acting(ZONE.acts[act]) for act in ("submit", "review", "report", "expert_review", "confirm")}
    assert way == {
        "submit": {"here.party_committee", "here.government"},
        "review": {PREFECTURE},
        "report": {PREFECTURE},
        "expert_review": {PROVINCE},
        "confirm": {PROVINCE},
    }
    assert [ZONE.acts[act].to for act in way] == ["submitted", "recommended", "reported", "appraised", "confirmed"]


@pytest.mark.requirement("S4-51", how="kept")
def test_a_prefecture_meets_every_test_of_a_county_but_the_review_of_its_own_office() -> None:
    both_steps = keys("submit") | keys("report")
    ways = {"county_applies", "prefecture_applies"}
    assert both_steps - ways - keys("report_as_prefecture") == set()
    assert {"zone_plan.high_level", "zone_plan.hard"} == keys("report_as_prefecture") - both_steps - ways
    assert ZONE.acts["report_as_prefecture"].to == ZONE.acts["report"].to


@pytest.mark.requirement("S4-52", how="kept")
def test_the_national_list_is_looked_at_before_every_step_that_brings_a_place_nearer() -> None:
    for act in ("submit", "report_as_prefecture", "report_again", "confirm"):
        assert "not_national" in keys(act), act
    assert "national_zones" in ZONE.acts["enter_national"].enters


@pytest.mark.requirement("S4-44", how="kept")
def test_the_prefecture_weighs_the_four_factors() -> None:
    fields = RULES.form("prefecture_opinion", TODAY).fields
    assert [fields[key].title.zh for key in ("will", "attention", "guarantee", "radiation")] == [
        "群众意愿",
        "重视程度",
        "保障力度",
        "辐射效应",
    ]
    assert RULES.register("layout", TODAY).kept_by == (PREFECTURE,)
    assert RULES.obligation("layout", TODAY).for_each_level == "city"


@pytest.mark.requirement("S4-42", how="kept")
def test_there_is_no_limit_to_the_number_of_zones() -> None:
    assert RULES.read("zone_limit", on=TODAY).state == "unlimited"


# ── two years ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-57", "S4-64", how="due")
def test_the_final_report_is_due_two_years_after_the_document_of_confirmation() -> None:
    due = ZONE.states["running"].due
    assert due is not None
    assert (due.within, due.counted_from, due.by) == ("experiment_period", "stage", ("here.government",))
    period = RULES.read(due.within, on=TODAY).value
    assert period == Period(2, "years")
    assert isinstance(period, Period)
    last = RULES.calendar.after(date(2024, 12, 2), period)
    assert (last, last + timedelta(days=1)) == (date(2026, 12, 2), date(2026, 12, 3))


@pytest.mark.requirement("S4-59", how="kept")
def test_a_zone_begins_with_duties_plans_staff_conditions_policies_money_and_checks() -> None:
    fields = RULES.form("zone_start", TODAY).fields.values()
    assert [field.title.zh for field in fields if field.required] == [
        "领导责任人",
        "部门分工",
        "实施计划",
        "工作方案",
        "工作人员",
        "工作条件",
        "政策措施",
        "资金投入",
        "监督检查安排",
    ]


@pytest.mark.requirement("S4-60", how="kept")
def test_only_the_province_lets_a_change_take_effect() -> None:
    change = RULES.procedure("zone_change", TODAY)
    assert titles("change_kinds") == ["内容变更", "进度调整", "实验中止"]
    assert (change.parent, change.while_stages) == ("experimental_zone", ("experiment",))
    effects = {act.id: (act.effect.kind, act.by) for act in change.acts.values() if act.effect}
    assert effects == {"approve": ("amend", (PROVINCE,)), "suspend": ("pause", (PROVINCE,)), "resume": ("resume", (PROVINCE,))}
    assert {"zone_plan", "change_request"} == set(change.acts["ask"].locks)


@pytest.mark.requirement("S4-66", how="kept")
def test_more_time_is_asked_of_the_province_and_moves_the_end() -> None:
    extension = RULES.procedure("zone_extension", TODAY)
    granted = extension.acts["grant"]
    assert granted.by == (PROVINCE,)
    assert granted.effect is not None
    assert (granted.effect.kind, granted.effect.form) == ("extend", "extension_request")
    assert RULES.form("extension_request", TODAY).fields["circumstances"].required


@pytest.mark.requirement("S4-61", "S4-62", how="due")
def test_yearly_papers_and_progress_are_owed_only_while_the_experiment_lasts() -> None:
    owed = [RULES.obligation(each, TODAY) for each in ("yearly_plan", "yearly_summary", "progress")]
    assert {(each.while_procedure, each.while_stages) for each in owed} == {("experimental_zone", ("experiment",))}
    assert [each.done_by_form for each in owed] == ["yearly_plan", "yearly_summary", "progress_note"]
    assert {PREFECTURE, PROVINCE} == set(owed[0].late_tells)


# ── acceptance and after ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-73", "S4-65", how="kept")
def test_acceptance_goes_through_the_parts_of_the_approved_plan() -> None:
    items = RULES.checklist("acceptance_against_plan", TODAY).items
    assert set(RULES.session("acceptance_review", TODAY).must_cover) <= set(items)
    assert RULES.form("final_report", TODAY).fields["against_plan"].min_rows == 1
    assert RULES.scorecard("yearly_assessment", TODAY).clause == "S4 §4.4.5"


@pytest.mark.requirement("S4-67", "S4-68", how="kept")
def test_a_title_leads_to_a_recommendation_and_a_recommendation_only_comes_from_a_title() -> None:
    assert ZONE.acts["award"].enters == ("titles",)
    assert ZONE.acts["recommend"].from_states == ("titled",)
    assert RULES.register("titles", TODAY).public == "public"


@pytest.mark.requirement("S4-72", how="kept")
def test_a_major_result_goes_to_the_province_with_a_copy_to_the_place() -> None:
    send = RULES.procedure("major_result", TODAY).acts["send"]
    assert set(send.tells) == {"province.party_committee", "province.government"}
    assert set(send.copies_to) == {"here.party_committee", "here.government"}


@pytest.mark.requirement("S4-5", "S4-70", "S4-71", how="kept")
def test_ripe_experience_is_kept_in_public_with_measures_results_and_what_people_say() -> None:
    register = RULES.register("experiences", TODAY)
    asked = {field.title.zh for field in RULES.form(register.form, TODAY).fields.values()}
    assert register.public == "public"
    assert {"具体举措", "实践成效", "群众反响", "理论提升的专家学者", "借鉴的国内外经验"} <= asked
    assert titles("spreading_ways") == ["新闻宣传", "会议交流", "实地考察", "新闻媒体推广"]


@pytest.mark.requirement("S4-69", "S4-74", how="due")
def test_the_prefecture_follows_every_zone_and_keeps_a_log_of_it() -> None:
    guidance = RULES.obligation("guidance", TODAY)
    assert guidance.by == (PREFECTURE,)
    assert RULES.register(guidance.done_by_register, TODAY).log


# ── duties of offices ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "duty",
    [
        pytest.param(duty, id=f"{duty.clause} {duty.duty.en}", marks=pytest.mark.requirement(*duty.meets, how="answered"))
        for duty in RULES.responsibilities(TODAY)
    ],
)
def test_the_office_the_notice_names_can_do_its_duty_here(duty: Responsibility) -> None:
    assert RULES.clause_text(duty.clause)
    reached = [offices_of(kind, id) for kind, id in duty.through]
    assert any(offices & set(duty.offices) for offices in reached)


def offices_of(kind: str, id: str) -> set[str]:
    match kind:
        case "procedure":
            acts = RULES.procedure(id, TODAY).acts.values()
            here = {office for act in acts for office in acting(act)}
            return {each for office in here for each in _spelled(office)}
        case "form":
            return set(RULES.form(id, TODAY).filled_by)
        case "register":
            return set(RULES.register(id, TODAY).kept_by)
        case "checklist":
            return set(RULES.checklist(id, TODAY).answered_by)
        case "obligation":
            return set(RULES.obligation(id, TODAY).by)
        case _:
            return set()


def _spelled(office: str) -> list[str]:
    level, _, name = office.partition(".")
    return [f"{each}.{name}" for each in ZONE.at] if level == "here" else [office]


# ── in the words of a gate ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-54", how="refuses")
def test_a_plan_that_is_a_character_short_is_told_so_with_both_numbers_and_the_clause() -> None:
    (said,) = [finding for finding in _submit(2999).against if finding.key == "plan_characters"]
    assert said.clause == "S4 §4.2.10"
    assert "2999" in said.text.zh
    assert "3000" in said.text.zh
    assert _submit(3000).open


def _submit(length: int) -> Decision:
    forms: dict[str, Facts] = {
        "application_form": {"_complete": True, "kind": "municipal_district", "national_zone": False},
        "application_letter": {"_complete": True},
        "zone_plan": {"_complete": True, "_characters": length},
    }
    readings = Readings(facts={"place.level": "district"}, forms=forms, stages={"application": TODAY})
    both = Actor("gao", frozenset({"district.party_committee", "district.government"}))
    return decide(RULES, "experimental_zone", "submit", state="drafted", actor=both, on=TODAY, readings=readings)


def test_no_step_rests_on_nothing() -> None:
    for procedure in RULES.procedures(TODAY).values():
        for act in procedure.acts.values():
            assert act.clause, (procedure.id, act.id)
            assert all(_grounded(check) for check in act.checks), (procedure.id, act.id)


def _grounded(check: Check) -> bool:
    return bool(check.clause) and (check.clause == OPEN or RULES.clause_text(check.clause) != "")
