"""The toolkit of self-government: what its lists say, who answers for what, what recurs, and who can stop what."""

from datetime import date, timedelta

import pytest

from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Readings
from linli.rules.policy.models import Procedure, Responsibility, Special
from tests.real_packs import real_packs

LIBRARY = real_packs()
RULES = LIBRARY.rules("nanchong")
TODAY = date(2026, 11, 21)
SUPERVISION = "community.supervision_committee"
DUTIES = RULES.responsibilities(TODAY)


def titles(catalogue: str) -> list[str]:
    return [entry.title.zh for entry in RULES.catalogue(catalogue, TODAY).entries.values()]


# ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S3-1", "S3-2", "S3-12", how="kept")
def test_the_draft_names_what_it_rests_on() -> None:
    documents = {document.key: document for document in RULES.documents()}
    draft = documents["opinions_2017"]
    assert (draft.status, draft.issued) == ("draft", date(2017, 10, 30))
    assert documents["provincial_notice_2014"].number == "川委办〔2014〕27号"
    laws = [document.title.zh for document in documents.values() if document.role == "law"]
    assert len(laws) == 3
    assert set(draft.based_on) == set(documents) - {"opinions_2017"}


@pytest.mark.requirement("S3-2", how="answered")
def test_the_issued_text_goes_to_the_counties_and_the_departments_of_the_city() -> None:
    issue = RULES.procedure("rule_text", TODAY).acts["issue"]
    assert set(issue.tells) == {"district.party_committee", "district.government", "city.departments"}


@pytest.mark.requirement("S3-11", how="due")
def test_three_years_after_the_issue_a_review_of_five_abilities_is_due() -> None:
    due = RULES.procedure("rule_text", TODAY).states["issued"].due
    assert due is not None
    value = RULES.read(due.within, on=TODAY).value
    assert str(value) == "3 years"
    assert list(RULES.scorecard("ability_review", TODAY).items) == [
        "coordination",
        "reform",
        "service",
        "rule_of_law",
        "information",
    ]


def test_only_the_text_gives_numbers_and_everything_else_is_set_by_a_place() -> None:
    given = {
        parameter.id
        for parameter in RULES.parameters().values()
        if any(value is not Special.UNSET for row in parameter.values for value in row.entries.values())
    }
    assert given == {"reform_years", "duty_reports_a_year"}
    assert all(RULES.parameter(id).set_by for id in set(RULES.parameters()) - given)


def test_every_construct_of_the_pack_rests_on_words_of_the_text() -> None:
    for procedure in RULES.procedures(TODAY).values():
        assert RULES.clause_text(procedure.clause), procedure.id
    for id, clause in LIBRARY.clauses.items():
        if clause.source == "S3":
            assert clause.words.replace(" ", "") in RULES.clause_text(id).replace(" ", "")


# ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S3-73", "S3-72", how="kept")
def test_social_organisations_are_kept_by_kind_with_the_public_work_they_do() -> None:
    assert titles("organisation_kinds") == ["服务性", "公益性", "互助性"]
    assert titles("organisation_roles") == ["平安创建和社会治安综合治理", "劳动就业", "社会救助", "公共卫生", "消费维权"]
    fields = RULES.form(RULES.register("social_organisations", TODAY).form, TODAY).fields
    assert (fields["kind"].catalogue, fields["roles"].catalogue) == ("organisation_kinds", "organisation_roles")


@pytest.mark.requirement("S3-71", "S3-75", "S3-76", "S3-77", how="kept")
def test_three_societies_and_their_workers_are_kept() -> None:
    assert titles("three_societies") == ["社区（平台）", "社会组织（载体）", "专业社会工作者（支撑）"]
    assert {"post", "level"} <= set(RULES.form(RULES.register("social_workers", TODAY).form, TODAY).fields)


@pytest.mark.requirement("S3-45", "S3-46", "S3-47", "S3-48", "S3-49", how="kept")
def test_the_disclosure_catalogue_says_item_basis_form_time_procedure_phase_and_finance_stands_first() -> None:
    register = RULES.register("disclosure_catalogue", TODAY)
    columns = RULES.form(register.form, TODAY).fields
    assert (register.at, register.key, register.public) == ("district", "item", "public")
    assert {"item", "content", "basis", "form", "time", "steps", "phases", "domain"} == set(columns)
    assert all(column.required for column in columns.values())
    assert titles("phases") == ["事前", "事中", "事后"]
    assert titles("disclosure_domains")[0] == "财务"
    assert titles("channels")[:2] == ["网络", "手机短信"]
    assert RULES.catalogue("channels", TODAY).open


@pytest.mark.requirement("S3-47", how="refuses")
def test_a_matter_of_the_council_is_disclosed_before_during_and_after() -> None:
    acts = RULES.procedure("council_matter", TODAY).acts
    asked = {act.id: [check.name for check in act.checks if check.source == "evidence"] for act in acts.values()}
    assert "before" in asked["admit"] and "during" in asked["carry_out"] and "after" in asked["report"]


@pytest.mark.requirement("S3-63", "S3-64", "S3-65", "S3-66", how="kept")
def test_the_access_catalogue_splits_three_ways() -> None:
    register = RULES.register("access_catalogue", TODAY)
    share = RULES.form(register.form, TODAY).fields["share"]
    assert register.at == "district"
    assert list(RULES.catalogue(share.catalogue, TODAY).entries) == ["government", "assisted", "self_governed"]


@pytest.mark.requirement("S3-35", "S3-36", how="answered")
def test_every_opinion_in_the_ledger_is_owed_a_reply_in_a_time_the_place_sets() -> None:
    answer = RULES.register("opinions", TODAY).answer
    assert answer is not None
    assert (answer.within, answer.verdicts) == ("reply_within", "answer_verdicts")
    assert RULES.read("reply_within", on=TODAY).state == "unset"
    assert "不采纳并说明理由" in titles("answer_verdicts")
    assert "subdistrict.office" in answer.escalate_to


@pytest.mark.requirement("S3-52", how="kept")
def test_commitments_are_kept_and_reported_on() -> None:
    assert RULES.register("commitments", TODAY).key == "commitment"
    assert RULES.form("duty_report", TODAY).fields["commitments"].min_rows == 1


@pytest.mark.requirement("S3-55", "S3-57", how="kept")
def test_measures_go_by_severity_and_standing() -> None:
    assert titles("minor_measures") == ["批评教育", "责令书面检查", "限期整改"]
    assert titles("party_measures") == ["调整工作岗位", "依法予以免职", "给予纪律处分"]
    assert titles("committee_measures") == ["依法终止职务", "依法罢免职务"]


@pytest.mark.requirement("S3-59", "S3-60", how="kept")
def test_the_standard_has_the_five_sides_of_the_text_and_points_nobody_has_invented() -> None:
    card = RULES.scorecard("community_standard", TODAY)
    assert [item.title.zh for item in card.items.values()] == ["组织服务体系", "民主制度", "服务设施", "保障机制", "人才队伍"]
    assert {RULES.read(card.weights, on=TODAY, key=item).state for item in card.items} == {"unset"}


@pytest.mark.requirement("S3-84", "S3-86", how="kept")
def test_what_the_county_budget_carries() -> None:
    assert titles("budget_lines") == ["村（居）民委员会工作经费", "人员报酬", "服务设施", "信息化建设", "政府购买服务"]


@pytest.mark.requirement("S3-83", how="kept")
def test_land_and_rooms_are_kept_by_the_departments_of_land_planning_and_housing() -> None:
    register = RULES.register("facility_indicators", TODAY)
    assert register.kept_by == ("district.land", "district.planning", "district.housing")
    assert {"land_planned", "allocated", "room_required"} <= set(RULES.form(register.form, TODAY).fields)


# ── bodies and supervision ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S3-15", "S3-18", "S3-19", how="kept")
def test_the_council_is_chosen_by_the_assembly_and_answers_to_it_and_to_supervision() -> None:
    council = RULES.body("residents_council", TODAY)
    assert council.seats["member"].chosen_by == ("community.residents_assembly",)
    assert council.answers_to == ("community.residents_assembly", SUPERVISION)
    assert council.mandate in RULES.registers(TODAY)
    assert council.charter in RULES.forms(TODAY)


@pytest.mark.requirement("S3-42", "S3-43", how="kept")
def test_supervision_stops_and_lets_go_by_itself_alone() -> None:
    hold = RULES.hold("supervision", TODAY)
    assert (hold.placed_by, hold.released_by) == ((SUPERVISION,), (SUPERVISION,))
    assert {"council_mandate", "council_matter", "service_project", "covenant", "consultation", "delegated_task"} <= set(
        hold.over
    )
    assert RULES.read(hold.answer_within, on=TODAY).state == "unset"
    assert "community.party_committee" in hold.tells


@pytest.mark.requirement("S3-44", how="refuses")
@pytest.mark.parametrize(
    "procedure", ["council_matter", "service_project", "covenant", "consultation", "disclosure", "duty_report"]
)
def test_supervision_can_send_back_what_it_has_stopped(procedure: str) -> None:
    acts = RULES.procedure(procedure, TODAY).acts.values()
    back = [act for act in acts if act.kind == "return" and act.by == (SUPERVISION,)]
    assert [act.fills for act in back] == [("supervision_note",)]
    stopped = Readings(forms={"supervision_note": {"_complete": True}}, holds=("监督委员会叫停",))
    decision = decide(
        RULES,
        procedure,
        back[0].id,
        state=back[0].from_states[0],
        actor=Actor("wu", frozenset({SUPERVISION})),
        on=TODAY,
        readings=stopped,
    )
    assert decision.verdict == "open"


@pytest.mark.requirement("S3-39", "S3-41", how="kept")
def test_estates_know_their_models_and_activities() -> None:
    assert "居委会成员交叉任职" in titles("estate_models")
    assert "业主委员会作为自治主体" in titles("estate_models")
    assert titles("group_activities") == ["开展物业服务", "维护院落秩序", "搞好环境卫生", "反映居民诉求", "调解居民纠纷"]
    assert "cross_posted" in RULES.body("owners_committee", TODAY).seats


@pytest.mark.requirement("S3-68", "S3-69", how="kept")
def test_six_steps_follow_each_other_and_none_can_be_left_out() -> None:
    procedure = RULES.procedure("consultation", TODAY)
    way = ["inform", "consult", "decide", "feed_back", "supervise"]
    state = procedure.starts
    assert state == "proposed"
    for act in way:
        assert procedure.acts[act].from_states == (state,)
        state = procedure.acts[act].to
    assert procedure.states[state].end == "done"
    forward = [act.id for act in procedure.acts.values() if act.kind == "advance"]
    assert forward == way


# ── what recurs ─────────────────────────────────────────────────────────────────────────────────────────────────────

RECURS = {
    "council_reports": ("S3-18", "community.council"),
    "town_trials": ("S3-22", "subdistrict.office"),
    "community_appraisals": ("S3-25", "subdistrict.office"),
    "upward_appraisals": ("S3-26", "district.government"),
    "covenants": ("S3-28", "community.residents_committee"),
    "talk_sessions": ("S3-31", "community.party_committee"),
    "town_talk_sessions": ("S3-31", "subdistrict.working_committee"),
    "answer_opinions": ("S3-36", "community.residents_committee"),
    "estates": ("S3-38", "community.residents_committee"),
    "disclosure_catalogue": ("S3-45", "district.civil_affairs"),
    "finance_disclosure": ("S3-49", "community.residents_committee"),
    "disclosures_by_catalogue": ("S3-46", "community.residents_committee"),
    "duty_reports": ("S3-51", "community.cadre"),
    "publish_rectification": ("S3-56", "subdistrict.office"),
    "service_station": ("S3-61", "subdistrict.office"),
    "access_catalogue": ("S3-63", "district.government"),
    "lighter_load": ("S3-62", "district.government"),
    "three_societies": ("S3-70", "community.residents_committee"),
    "grow_organisations": ("S3-72", "district.civil_affairs"),
    "grow_teams": ("S3-75", "district.civil_affairs"),
    "yearly_goals": ("S3-80", "district.leading_group"),
    "coordination": ("S3-81", "district.leading_group"),
    "county_budget": ("S3-84", "district.finance"),
    "land_plan": ("S3-83", "district.land"),
}


@pytest.mark.parametrize(
    ("obligation", "office"),
    [
        pytest.param(id, office, id=id, marks=pytest.mark.requirement(requirement, how="due"))
        for id, (requirement, office) in RECURS.items()
    ],
)
def test_what_the_text_wants_again_and_again_is_owed_by_an_office(obligation: str, office: str) -> None:
    owed = RULES.obligation(obligation, TODAY)
    assert office in owed.by
    assert owed.done_by_evidence or owed.done_by_form or owed.done_by_procedure or owed.done_by_register
    assert RULES.clause_text(owed.clause)


@pytest.mark.requirement("S3-51", how="due")
def test_a_cadre_reports_once_a_year() -> None:
    owed = RULES.obligation("duty_reports", TODAY)
    assert (owed.every, RULES.read(owed.times, on=TODAY).value) == ("year", 1)
    assert SUPERVISION in owed.late_tells


@pytest.mark.requirement("S3-55", "S3-56", how="due")
def test_rectification_and_its_publication_have_a_time_the_place_sets() -> None:
    states = RULES.procedure("accountability", TODAY).states
    for state, parameter in (("rectifying", "rectify_within"), ("rectified", "publish_within")):
        due = states[state].due
        assert due is not None
        assert due.within == parameter
        assert RULES.read(parameter, on=TODAY + timedelta(days=1)).state == "unset"


# ── who answers for what ────────────────────────────────────────────────────────────────────────────────────────────


def acting(procedure: Procedure) -> set[str]:
    offices: set[str] = set()
    for act in procedure.acts.values():
        for name in act.by:
            role = procedure.roles.get(name)
            offices |= set(role.offices) if role else {name}
    return {
        f"{level}.{office.removeprefix('here.')}" if office.startswith("here.") else office
        for office in offices
        for level in procedure.at
    }


def offices_of(kind: str, key: str) -> set[str]:
    """The offices that a part of the pack gives something to do."""
    match kind:
        case "procedure":
            return acting(RULES.procedure(key, TODAY))
        case "obligation":
            return set(RULES.obligation(key, TODAY).by)
        case "register":
            return set(RULES.register(key, TODAY).kept_by)
        case "form":
            return set(RULES.form(key, TODAY).filled_by)
        case "hold":
            return set(RULES.hold(key, TODAY).placed_by)
        case "checklist":
            return set(RULES.checklist(key, TODAY).answered_by)
        case _:
            return set()


@pytest.mark.parametrize(
    "duty",
    [
        pytest.param(duty, id=f"{duty.clause} {duty.duty.en}", marks=pytest.mark.requirement(*duty.meets, how="answered"))
        for duty in DUTIES
    ],
)
def test_every_office_the_text_names_can_do_its_duty_here(duty: Responsibility) -> None:
    assert RULES.clause_text(duty.clause)
    reached = {office for kind, key in duty.through for office in offices_of(kind, key)}
    assert set(duty.offices) <= reached, set(duty.offices) - reached


@pytest.mark.requirement("S3-82", how="answered")
def test_the_duty_matrix_names_every_department_of_the_text() -> None:
    named = {office for duty in DUTIES if "S3-82" in duty.meets for office in duty.offices}
    assert named == {
        f"district.{office}"
        for office in (
            "organisation",
            "publicity",
            "discipline",
            "comprehensive_governance",
            "congress_committee",
            "civil_affairs",
            "land",
            "planning",
            "housing",
            "departments",
        )
    }
