"""What experimental zones keep in their communities: the seven lists of burden, seals, self-government, migrant workers."""

from datetime import date

import pytest

from linli.rules.policy.models import Obligation
from tests.real_packs import real_packs

RULES = real_packs().rules("jilin")
TODAY = date(2024, 12, 2)


def titles(catalogue: str) -> list[str]:
    return [entry.title.zh for entry in RULES.catalogue(catalogue, TODAY).entries.values()]


# ── less burden ─────────────────────────────────────────────────────────────────────────────────────────────────────

SEVEN = {
    "work_items": "S4-27",
    "assessments": "S4-28",
    "plates": "S4-29",
    "meetings_and_ledgers": "S4-30",
    "seal_log": "S4-31",
    "information_systems": "S4-32",
    "service_functions": "S4-33",
}


@pytest.mark.requirement("S4-26", how="kept")
def test_each_of_the_seven_respects_has_its_list_in_every_community() -> None:
    aspects = RULES.catalogue("burden_aspects", TODAY).entries.values()
    assert [entry.columns["register"] for entry in aspects] == list(SEVEN)
    assert {RULES.register(id, TODAY).at for id in SEVEN} == {"community"}
    relief = RULES.checklist("burden_relief", TODAY)
    assert (relief.each_of, relief.each_must_be) == ("burden_aspects", "yes")


@pytest.mark.parametrize(
    "id", [pytest.param(id, marks=pytest.mark.requirement(sentence, how="kept")) for id, sentence in SEVEN.items()]
)
def test_a_list_of_burden_has_a_form_and_a_keeper(id: str) -> None:
    register = RULES.register(id, TODAY)
    assert register.kept_by
    assert RULES.form(register.form, TODAY).fields
    assert register.dated != register.log


@pytest.mark.parametrize("id", [id for id in SEVEN if id not in ("seal_log", "service_functions")])
def test_every_item_of_burden_says_whether_it_was_kept_merged_or_cut(id: str) -> None:
    field = RULES.form(RULES.register(id, TODAY).form, TODAY).fields["treatment"]
    assert field.required
    assert list(RULES.catalogue(field.catalogue, TODAY).entries) == ["kept", "merged", "cut"]


@pytest.mark.requirement("S4-27", how="kept")
def test_a_work_item_names_its_basis_in_law() -> None:
    assert RULES.form("work_item", TODAY).fields["basis"].required


@pytest.mark.requirement("S4-31", "S4-34", how="kept")
def test_every_use_of_the_seal_goes_into_the_log_and_only_what_the_county_listed_is_stamped() -> None:
    stamp = RULES.procedure("seal_use", TODAY).acts["stamp"]
    assert stamp.enters == ("seal_log",)
    (scope,) = [check for check in stamp.checks if check.source == "register"]
    assert (scope.name, scope.row_key, scope.operator) == ("seal_scope", "form.seal_request.matter", "listed")
    assert RULES.register("seal_scope", TODAY).at == "district"


@pytest.mark.requirement("S4-34", how="kept")
def test_the_four_local_texts_are_named() -> None:
    assert titles("local_papers") == [
        "推进社区减负增效综合性政策文件",
        "社区工作事项清单",
        "社区综合考核评比制度",
        "社区印章使用范围清单",
    ]
    assert RULES.obligation("burden_papers", TODAY).done_by_procedure == "burden_paper"


# ── communities ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S4-13", "S4-21", how="kept")
def test_migrant_workers_take_part_and_are_served_like_residents() -> None:
    taking_part = RULES.form("migrant_participation", TODAY).fields
    assert taking_part["on_roll"].required
    assert taking_part["person"].public == "sealed"
    assert RULES.form("dialogue", TODAY).fields["migrants"].required
    assert RULES.scorecard("residents_satisfaction", TODAY).rated_by == ("community.resident",)
    (asked,) = RULES.form("service_function", TODAY).fields["migrants"].required_when
    assert (asked.name, asked.fact) == ("service_function", "basic_public")


@pytest.mark.requirement("S4-9", how="kept")
def test_the_party_leads_the_committee_has_the_main_part_and_five_more_take_part() -> None:
    parts = titles("governance_parts")
    assert [part.partition("（")[2].rstrip("）") for part in parts] == ["领导", "主导", *["参与"] * 5]
    offices = {entry.columns["office"] for entry in RULES.catalogue("governance_parts", TODAY).entries.values()}
    assert all(RULES.vocabulary.has_office(office) for office in offices)


LISTS = {
    "social_organisations": ("S4-10", "S4-11"),
    "social_workers": ("S4-10",),
    "purchases": ("S4-11",),
    "norms": ("S4-12", "S4-14"),
    "self_government_groups": ("S4-12", "S4-15", "S4-16"),
    "dialogues": ("S4-17",),
    "delegate_contacts": ("S4-18",),
    "disclosure_catalogue": ("S4-19",),
    "volunteer_groups": ("S4-22",),
    "party_organisations": ("S4-35",),
    "unit_help": ("S4-36",),
    "member_reports": ("S4-40",),
    "information_systems": ("S4-24", "S4-25"),
    "service_functions": ("S4-22", "S4-23"),
}


@pytest.mark.parametrize(
    "id", [pytest.param(id, marks=pytest.mark.requirement(*sentences, how="kept")) for id, sentences in LISTS.items()]
)
def test_a_community_keeps_what_the_notice_asks_for(id: str) -> None:
    register = RULES.register(id, TODAY)
    required = [field for field in RULES.form(register.form, TODAY).fields.values() if field.required]
    assert register.kept_by
    assert required
    assert RULES.clause_text(register.clause)


@pytest.mark.requirement("S4-14", "S4-15", "S4-16", "S4-17", "S4-18", "S4-19", "S4-23", "S4-24", how="kept")
def test_the_lists_of_the_notice_are_kept_word_by_word() -> None:
    assert titles("norm_kinds") == ["自治章程", "村规民约", "居民公约"]
    assert titles("self_government_forms") == ["院落自治", "楼宇自治", "门栋自治", "业主自治", "社团自治"]
    assert titles("participation_channels") == ["社区媒体", "互联网络", "移动设备"]
    assert titles("dialogue_kinds") == ["民情恳谈", "社区听证", "社区论坛", "社区评议"]
    assert titles("delegate_kinds") == ["党代表", "人大代表", "政协委员"]
    assert titles("disclosure_kinds") == ["党务", "居务", "财务", "服务"]
    assert titles("supply_modes") == ["行政机制", "志愿机制", "市场机制"]
    assert titles("information_levels") == [
        "区（县、市）管理信息系统（中心）",
        "街道综合信息平台（辐射）",
        "社区综合信息平台（辐射）",
        "社区自助终端（节点）",
        "个人服务终端（节点）",
    ]


RECURRING = {
    "systems_check": ("S4-12",),
    "purchases": ("S4-11",),
    "dialogue": ("S4-17",),
    "appraisal": ("S4-17",),
    "disclosure": ("S4-19",),
    "contacts": ("S4-18",),
    "units_meeting": ("S4-36",),
    "party_deliberation": ("S4-38",),
    "two_committees": ("S4-39",),
    "member_service": ("S4-40",),
    "exchange": ("S4-5", "S4-70"),
    "spreading": ("S4-71",),
    "relief_check": ("S4-26",),
    "yearly_assessment": ("S4-73",),
}


@pytest.mark.parametrize(
    "id", [pytest.param(id, marks=pytest.mark.requirement(*sentences, how="due")) for id, sentences in RECURRING.items()]
)
def test_what_recurs_is_a_duty_without_an_invented_day(id: str) -> None:
    obligation: Obligation = RULES.obligation(id, TODAY)
    assert obligation.by
    assert obligation.every in ("local", "as_needed")
    assert not obligation.due
    assert obligation.done_by_evidence or obligation.done_by_register
