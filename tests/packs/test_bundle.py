"""The regulations as bundles of documents, and the lists and figures they write down."""

from datetime import date

import pytest

from linli.rules.policy.models import Document
from tests.real_packs import real_packs

LIBRARY = real_packs()
RULES = LIBRARY.rules("nanshan")
DOCUMENTS = {document.key: document for document in RULES.documents()}
TODAY = date(2021, 4, 1)


def _of(role: str, bundle: str) -> list[Document]:
    return [document for document in DOCUMENTS.values() if document.role == role and bundle in (document.key, document.part_of)]


@pytest.mark.requirement("S1-3", "S1-11", how="kept")
def test_the_bundle_of_2020_is_one_measure_five_regulations_and_two_guides() -> None:
    assert [len(_of(role, "measure")) for role in ("measure", "regulation", "guide")] == [1, 5, 2]


@pytest.mark.requirement("S1-12", "S1-13", how="kept")
def test_its_parts_are_kept_by_name() -> None:
    regulations = {document.title.zh for document in _of("regulation", "measure")}
    assert {
        each for each in ("绩效", "验收评价", "项目库", "利益冲突回避", "审计监督") if any(each in title for title in regulations)
    } == {
        "绩效",
        "验收评价",
        "项目库",
        "利益冲突回避",
        "审计监督",
    }
    assert sorted("采购" in document.title.zh for document in _of("guide", "measure")) == [False, True]


@pytest.mark.requirement("S1-14", how="kept")
def test_what_is_a_revision_and_what_is_new_is_kept() -> None:
    parts = [*_of("measure", "measure"), *_of("regulation", "measure"), *_of("guide", "measure")]
    assert sorted(document.revision for document in parts) == [False] * 5 + [True] * 3


@pytest.mark.requirement("S1-15", how="kept")
def test_a_retired_regulation_keeps_its_last_day() -> None:
    retired = [document for document in DOCUMENTS.values() if "监督管理规定" in document.title.zh and "工程" in document.title.zh]
    assert [(document.status, document.until) for document in retired] == [("retired", date(2020, 11, 5))]


@pytest.mark.requirement("S0-2", "S0-3", how="kept")
def test_documents_know_their_term_what_they_replace_and_what_they_rest_on() -> None:
    replaced = {each for document in DOCUMENTS.values() for each in document.replaces}
    based_on = {each for document in DOCUMENTS.values() for each in document.based_on}
    assert replaced and replaced <= set(DOCUMENTS)
    assert based_on and based_on <= set(DOCUMENTS)
    assert any(document.term for document in DOCUMENTS.values())


@pytest.mark.requirement("S0-13", "S0-14", "S1-53", how="kept")
def test_types_and_categories_are_lists_and_the_old_name_of_goods_is_an_alias() -> None:
    types = RULES.catalogue("project_types", TODAY).entries
    assert list(types) == ["service", "goods", "works"]
    assert "实物类" in types["goods"].aliases
    categories = [entry.title.zh for entry in RULES.catalogue("project_categories", TODAY).entries.values()]
    assert categories[:4] == ["便民利民", "群众活动", "公益风尚", "公共设施"]
    assert len(categories) == 5


@pytest.mark.requirement("S0-80", "S0-82", how="kept")
def test_a_community_has_about_two_million_a_year_of_which_the_city_gives_one() -> None:
    envelope = RULES.read("community_envelope", on=TODAY)
    subsidy = RULES.read("city_subsidy", on=TODAY)
    assert (envelope.value, subsidy.value) == (200_000_000, 100_000_000)
    assert RULES.parameter("community_envelope").about
    assert (envelope.clause[:2], subsidy.clause[:2]) == ("S0", "S0")


@pytest.mark.requirement("S1-16", "S1-10", how="kept")
def test_the_district_lies_over_the_city_and_never_above_its_ceiling() -> None:
    assert [pack.id for pack in RULES.chain] == ["shenzhen", "nanshan"]
    city = LIBRARY.rules("shenzhen")
    for type_ in ("service", "goods", "works"):
        district_cap, city_cap = (
            RULES.read("project_cap", on=TODAY, key=type_).value,
            city.read("project_cap", on=TODAY, key=type_).value,
        )
        assert isinstance(district_cap, int)
        assert isinstance(city_cap, int)
        assert district_cap <= city_cap


def test_the_names_of_goods_and_the_priority_groups_rest_on_the_words_of_the_interview() -> None:
    groups = RULES.catalogue("priority_groups", TODAY).entries
    assert [entry.title.zh for entry in groups.values()][:4] == ["高龄老人", "困境儿童", "残疾人", "低保户"]
    assert all("高龄老人" in RULES.clause_text(entry.clause) for entry in groups.values())


@pytest.mark.requirement("S1-28", how="kept")
def test_special_groups_are_named_as_those_a_project_may_serve() -> None:
    field = RULES.form("project_plan", TODAY).fields["target_groups"]
    titles = {entry.title.zh for entry in RULES.catalogue(field.catalogue, TODAY).entries.values()}
    assert {"老", "弱", "病", "残", "孤"} <= {title[0] for title in titles} | titles


@pytest.mark.requirement("S0-50", how="kept")
def test_the_implementation_procedures_are_kept_with_their_number() -> None:
    assert [document.role for document in DOCUMENTS.values() if document.number == "深组通〔2017〕133号"] == ["procedures"]


@pytest.mark.requirement("S1-47", how="kept")
def test_the_two_guides_are_new_with_the_measure_of_2020() -> None:
    guides = _of("guide", "measure")
    assert [(guide.issued, guide.revision) for guide in guides] == [(date(2020, 11, 5), False)] * 2


@pytest.mark.requirement("S0-56", how="kept")
def test_how_highlights_are_found_is_a_list_the_library_form_asks_for() -> None:
    field = RULES.form("library_form", TODAY).fields["found_by"]
    titles = [entry.title.zh for entry in RULES.catalogue(field.catalogue, TODAY).entries.values()]
    assert field.required
    assert titles == ["项目大赛", "示范项目展示", "网络评选"]


@pytest.mark.requirement("S1-42", how="due")
def test_the_audit_of_projects_is_an_obligation_with_its_own_regulation() -> None:
    audit = RULES.obligation("project_audit", TODAY)
    assert audit.by == ("district.departments",)
    assert "审计监督" in RULES.clause_text(audit.clause)


@pytest.mark.requirement("S1-7", how="refuses")
def test_no_step_of_a_project_is_without_an_office_and_a_clause() -> None:
    procedure = RULES.procedure("micro_project", TODAY)
    for act in procedure.acts.values():
        assert act.by, act.id
        assert act.clause, act.id
        for check in act.checks:
            assert check.clause, (act.id, check.key)


@pytest.mark.requirement("S1-45", "S1-48", "S0-86", how="due")
def test_four_layers_watch_the_whole_course() -> None:
    obligations = RULES.obligations(TODAY)
    layers = {each: set(obligations[each].by) for each in ("department_spot_check", "full_check", "self_check")}
    assert layers == {
        "department_spot_check": {"district.departments"},
        "full_check": {"subdistrict.office"},
        "self_check": {"community.party_committee"},
    }
    # And society: every stage of a project ends with something the public can see and object to.
    procedure = RULES.procedure("micro_project", TODAY)
    points = {check.name for act in procedure.acts.values() for check in act.checks if check.source == "publicity"}
    assert {"evaluation", "determination", "implementation", "acceptance", "fund_use"} <= points


@pytest.mark.requirement("S1-37", how="kept")
def test_the_ceilings_cite_the_paragraph_that_names_what_they_rest_on() -> None:
    cap = RULES.read("project_cap", on=TODAY, key="works")
    assert "根据市委市政府办公厅《意见》" in RULES.clause_text(cap.clause)
    assert "参考现有政府采购管理有关规定" in RULES.clause_text(cap.clause)
    assert DOCUMENTS["measure"].based_on == ("city_opinions_2019",)


@pytest.mark.requirement("S0-60", how="kept")
def test_a_project_keeps_how_it_was_matched_with_the_library() -> None:
    slot = RULES.procedure("micro_project", TODAY).slots["library_match"]
    assert (slot.kinds, slot.public) == (("library_match",), "public")
    assert "library_entry" in RULES.form("project_plan", TODAY).fields
