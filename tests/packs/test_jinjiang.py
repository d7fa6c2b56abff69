"""What a pack of pilots says: who is called what, which lists it keeps, which day binds whom, what nobody has invented."""

from datetime import date

import pytest

from linli.rules.policy.choosing import next_change
from linli.rules.policy.library import Library
from linli.rules.policy.models import Responsibility, Special
from tests.real_packs import real_packs

LIBRARY: Library = real_packs()
RULES = LIBRARY.rules("jinjiang")
IN_2023, IN_2024 = date(2023, 6, 1), date(2024, 3, 1)


def titles(catalogue: str) -> list[str]:
    return [entry.title.zh for entry in RULES.catalogue(catalogue, IN_2023).entries.values()]


# ── where it stands ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S2-1", how="shown")
def test_offices_are_called_as_people_there_call_them() -> None:
    assert RULES.office_title("district.civil_affairs").zh == "市民政局"
    assert RULES.office_title("city.civil_affairs").zh == "泉州市民政局"
    assert RULES.office_title("subdistrict.social_affairs").zh == "镇（街道）社会事务办"
    assert LIBRARY.rules("nanshan").office_title("district.civil_affairs").zh == "区民政局"


def test_the_county_level_city_is_a_district_and_stands_alone() -> None:
    assert [pack.id for pack in RULES.chain] == ["jinjiang"]
    assert (RULES.pack.level, RULES.pack.jurisdiction) == ("district", "350582")
    assert RULES.pack.level_titles["subdistrict"].zh == "镇（街道）"


@pytest.mark.requirement("S2-1", "S2-90", how="kept")
def test_the_call_keeps_its_three_attachments() -> None:
    parts = [document for document in RULES.documents() if document.part_of == "call_2023"]
    assert len(parts) == RULES.read("call_attachments", on=IN_2023).value == 3
    call = RULES.procedure("pilot_call", IN_2023).acts["publish_call"]
    assert call.jointly
    assert set(call.copies_to) == {"subdistrict.social_affairs", "subdistrict.finance"}


def test_every_clause_quotes_words_of_the_notice() -> None:
    ours = [clause for clause in LIBRARY.clauses.values() if clause.source == "S2"]
    assert len(ours) > 90
    assert all(LIBRARY.clause_text(clause.id) for clause in ours)


# ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_number_is_invented_every_one_rests_on_words_of_the_notice() -> None:
    for parameter in RULES.parameters().values():
        for row in parameter.values:
            if any(not isinstance(value, Special) for value in row.entries.values()):
                assert LIBRARY.clause_text(row.clause), parameter.id
            else:
                assert row.clause == "open", parameter.id
                assert parameter.set_by, parameter.id


@pytest.mark.requirement("S2-4", "S2-52", "S2-61", "S2-73", "S2-78", "S2-79", how="kept")
@pytest.mark.parametrize(
    "parameter",
    ["pilot_places", "application_deadline", "completion_deadline", "summary_deadline", "grant_local", "grant_match"],
)
def test_what_holds_for_2023_alone_ends_with_2023_and_a_later_call_sets_its_own(parameter: str) -> None:
    assert RULES.read(parameter, on=date(2023, 12, 31)).state == "known"
    later = RULES.read(parameter, on=date(2024, 1, 1))
    assert (later.state, later.value) == ("none_in_force", None)
    assert later.set_by


@pytest.mark.requirement("S2-86", how="kept")
def test_the_twentieth_of_the_month_recurs() -> None:
    assert RULES.read("progress_report_day", on=date(2026, 5, 1)).value == 20


def test_money_is_kept_in_fen() -> None:
    assert RULES.read("grant_local", on=IN_2023).value == 100_000 * 100
    assert RULES.read("grant_match", on=IN_2023).value == 50_000 * 100


@pytest.mark.requirement("S2-78", "S2-79", how="kept")
def test_the_two_grants_exclude_each_other_and_stand_on_opposite_answers() -> None:
    grants = RULES.grants(IN_2023)
    local, match = grants["local_pilot"], grants["upper_match"]
    assert (local.exclusive, match.exclusive) == (("upper_match",), ("local_pilot",))
    answers = {grant.id: next(check for check in grant.when if check.fact == "chosen") for grant in (local, match)}
    assert answers["local_pilot"].operand.literal is False
    assert answers["upper_match"].operand.literal is True


# ── the three lists, rosters and catalogues ─────────────────────────────────────────────────────────────────────────


@pytest.mark.requirement("S2-11", how="kept")
def test_the_three_lists_share_the_column_by_which_they_are_matched() -> None:
    lists = [RULES.register(name, IN_2023) for name in ("needs_list", "resource_list", "service_list")]
    columns = [RULES.form(each.form, IN_2023).fields["function"] for each in lists]
    assert {column.catalogue for column in columns} == {"service_functions"}
    assert all(column.required for column in columns)
    assert all(each.public == "public" for each in lists)


@pytest.mark.requirement("S2-8", "S2-9", how="kept")
def test_the_party_organisation_reaches_down_to_households_and_members_report_in() -> None:
    chain = RULES.form(RULES.register("party_chain", IN_2023).form, IN_2023).fields
    assert [key for key in chain if chain[key].required] == ["branch", "group", "member", "households"]
    reported = RULES.form(RULES.register("reported_in", IN_2023).form, IN_2023).fields
    assert reported["offers"].catalogue == "six_small_tasks"
    assert {chain["member"].public, reported["member"].public} == {"staff"}


@pytest.mark.requirement("S2-17", how="kept")
def test_the_six_small_tasks_are_six_and_have_a_record() -> None:
    assert titles("six_small_tasks") == ["收集小意见", "办好小事情", "协商小问题", "提好小建议", "开展小活动", "搞好小服务"]
    assert RULES.form(RULES.register("small_tasks", IN_2023).form, IN_2023).fields["task"].catalogue == "six_small_tasks"


@pytest.mark.requirement("S2-15", "S2-16", how="kept")
def test_a_station_has_a_site_and_a_roster_of_the_persons_named() -> None:
    assert titles("station_sites") == ["社区党群服务中心", "小区物业服务中心"]
    assert titles("duty_persons") == ["村（居）民代表", "网格员", "党员街巷长", "党员楼栋长"]
    assert RULES.catalogue("duty_persons", IN_2023).open
    fields = RULES.form(RULES.register("duty_roster", IN_2023).form, IN_2023).fields
    assert {"person", "who", "day", "hours"} <= {key for key, field in fields.items() if field.required}


@pytest.mark.requirement("S2-18", how="answered")
def test_the_functions_of_a_station_are_asked_for() -> None:
    assert list(RULES.checklist("station_functions", IN_2023).items) == ["study", "leisure", "mediation", "deliberation"]
    assert RULES.obligation("check_stations", IN_2023).checklist == "station_functions"


@pytest.mark.requirement("S2-19", "S2-20", how="kept")
def test_volunteer_themes_and_the_emergency_team_are_kept() -> None:
    assert len(titles("volunteer_themes")) == 6
    fields = RULES.form(RULES.register("emergency_team", IN_2023).form, IN_2023).fields
    assert {"full_time", "peacetime", "emergency"} <= {key for key, field in fields.items() if field.required}
    assert fields["phone"].public == "sealed"


@pytest.mark.requirement("S2-24", "S2-25", how="answered")
def test_a_hall_is_held_against_six_provisions() -> None:
    six = ["热线电话", "意见箱", "值班表", "流程图", "记录本", "公开栏"]
    assert titles("hall_provisions") == six
    assert [item.title.zh for item in RULES.scorecard("hall_score", IN_2023).items.values()] == six
    assert RULES.checklist("hall_six", IN_2023).each_of == "hall_provisions"


@pytest.mark.requirement("S2-31", how="answered")
def test_six_service_functions_are_rated_by_residents() -> None:
    card = RULES.scorecard("service_score", IN_2023)
    assert [item.title.zh for item in card.items.values()] == titles("service_functions")
    assert len(card.items) == 6
    assert card.rated_by == ("community.resident",)


@pytest.mark.requirement("S2-32", "S2-33", how="answered")
def test_standards_one_window_and_services_online_are_asked_for() -> None:
    asked = RULES.checklist("service_standards", IN_2023).items
    assert {"facilities", "items", "process", "all_round", "one_window", "online"} == set(asked)
    assert {"public_account", "chat_group", "window"} <= set(RULES.catalogue("collection_channels", IN_2023).entries)


@pytest.mark.requirement("S2-35", "S2-37", "S2-38", how="kept")
def test_partners_are_the_five_societies_and_others() -> None:
    assert titles("partner_kinds")[:5] == ["社区", "社会组织", "社会工作者", "社区志愿者", "社会慈善资源"]
    assert {"unit", "market"} <= set(RULES.catalogue("partner_kinds", IN_2023).entries)
    assert RULES.body("property_committee", IN_2023).answers_to == ("community.residents_committee",)


@pytest.mark.requirement("S2-81", "S2-82", how="kept")
def test_contributions_of_units_and_donors_are_kept_and_public() -> None:
    register = RULES.register("contributions", IN_2023)
    assert (register.public, register.log) == ("public", True)
    assert {"unit", "donation", "foundation", "society"} <= set(RULES.catalogue("money_sources", IN_2023).entries)


# ── procedures ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_five_types_each_with_its_content() -> None:
    fields = RULES.form("pilot_plan", IN_2023).fields
    for type_ in RULES.catalogue("pilot_types", IN_2023).entries:
        field = fields[f"content_{type_}"]
        assert RULES.catalogue(field.catalogue, IN_2023).entries
        assert [(check.name, check.operand.literal) for check in field.required_when] == [("case.type", type_)]


@pytest.mark.requirement("S2-40", how="shown")
def test_the_form_says_how_to_be_specific() -> None:
    fields = RULES.form("pilot_plan", IN_2023).fields
    assert [name for name, _, _ in fields["goals"].columns] == ["goal", "measure", "by_when"]
    assert [name for name, _, _ in fields["schedule"].columns] == ["step", "from", "to", "who"]
    assert fields["goals"].hint
    assert fields["schedule"].hint
    assert "guidance_specific" in RULES.wordings(IN_2023)


@pytest.mark.requirement("S2-55", how="answered")
def test_the_four_aspects_are_scored_and_their_weights_left_to_civil_affairs() -> None:
    card = RULES.scorecard("pilot_selection", IN_2023)
    assert [item.title.zh for item in card.items.values()] == ["基础设施建设", "党建工作", "服务能力", "群众参与"]
    weights = [RULES.read(card.weights, on=IN_2023, key=key) for key in card.items]
    assert {(weight.state, weight.set_by) for weight in weights} == {("unset", ("district.civil_affairs",))}
    assert {"applicant", "recused"} <= set(RULES.procedure("pilot", IN_2023).acts["score"].apart_from)


@pytest.mark.requirement("S2-57", how="refuses")
def test_the_plan_is_locked_with_the_seal_and_only_an_approved_change_alters_it() -> None:
    pilot, change = RULES.procedure("pilot", IN_2023), RULES.procedure("pilot_change", IN_2023)
    assert "pilot_plan" in pilot.acts["seal_and_send"].locks
    assert not any("pilot_plan" in act.amends for act in pilot.acts.values())
    effect = change.acts["approve"].effect
    assert effect
    assert (effect.kind, effect.form) == ("amend", "pilot_plan")
    assert change.while_stages == ("implementation",)


@pytest.mark.requirement("S2-58", "S2-62", "S2-63", "S2-64", "S2-65", "S2-66", "S2-67", "S2-68", "S2-69", how="kept")
def test_the_archive_has_eight_parts_that_tick_themselves() -> None:
    pilot = RULES.procedure("pilot", IN_2023)
    items = RULES.checklist("pilot_archive", IN_2023).items
    parts = {int(key.split("_")[1]) for key in items if key.startswith("part_")}
    assert parts == set(range(1, 9))
    assert all(item.slot in pilot.slots for item in items.values() if item.slot)
    assert {int(key.split("_")[1]) for key, item in items.items() if item.slot} == set(range(1, 9))


@pytest.mark.requirement("S2-21", how="kept")
def test_deliberation_runs_at_four_levels_and_its_loop_is_closed() -> None:
    procedure = RULES.procedure("deliberation", IN_2023)
    assert set(procedure.at) == {"community", "grid", "estate", "building"}
    assert procedure.acts["pass_up"].opens == ("deliberation",)
    assert procedure.acts["feed_back"].to == "fed_back"
    assert [state.id for state in procedure.states.values() if state.end == "done"] == ["fed_back"]


@pytest.mark.requirement("S2-27", how="answered")
def test_how_far_the_covenant_is_known_and_kept_is_asked_of_residents() -> None:
    assert RULES.scorecard("covenant_keeping", IN_2023).rated_by == ("community.resident",)
    assert RULES.obligation("keep_covenant", IN_2023).every == "local"


@pytest.mark.requirement("S2-13", how="due")
def test_the_three_parties_meet() -> None:
    assert set(RULES.body("three_party_table", IN_2023).seats) == {"residents_committee", "owners", "property"}
    assert RULES.obligation("three_party_meeting", IN_2023).done_by_evidence == "consultation"


@pytest.mark.requirement("S2-41", "S2-43", "S2-45", "S2-84", "S2-87", how="due")
@pytest.mark.parametrize(
    ("obligation", "offices"),
    [
        ("guide_applicants", {"district.civil_affairs", "subdistrict.office"}),
        ("follow_up", {"district.civil_affairs", "subdistrict.office"}),
        ("irregular_checks", {"district.civil_affairs"}),
        ("media_publicity", {"district.civil_affairs", "subdistrict.office"}),
    ],
)
def test_what_is_owed_as_needed_is_owed_only_while_a_pilot_is_there(obligation: str, offices: set[str]) -> None:
    owed = RULES.obligation(obligation, IN_2023)
    assert set(owed.by) == offices
    assert (owed.every, owed.while_procedure) == ("as_needed", "pilot")
    assert owed.while_stages


@pytest.mark.requirement("S2-86", how="due")
def test_the_monthly_report_is_one_of_the_town_while_its_pilots_run() -> None:
    owed = RULES.obligation("monthly_report", IN_2023)
    assert (owed.for_each_level, owed.by, owed.done_by_form) == ("subdistrict", ("subdistrict.social_affairs",), "monthly_report")
    assert (owed.while_procedure, owed.while_stages) == ("pilot", ("implementation",))
    assert owed.late_tells == ("district.civil_affairs",)


@pytest.mark.requirement("S2-47", "S2-48", how="kept")
def test_a_town_with_marked_results_gets_more_places_and_one_with_poor_results_fewer() -> None:
    quota = RULES.quotas(IN_2024)["town_places"]
    assert [next_change(quota, grade) for grade in ("marked", "ordinary", "poor")] == ["more", "same", "fewer"]
    assert quota.per == "subdistrict"
    assert RULES.read(quota.step, on=IN_2024).state == "unset"


@pytest.mark.requirement("S2-54", how="kept")
def test_the_selection_says_who_is_ranked_by_what_and_who_decides_a_tie() -> None:
    selection = RULES.selections(IN_2023)["pilots"]
    assert selection.candidates == ("pilot", "scored")
    assert (selection.rank_by, selection.places, selection.quota) == ("pilot_selection", "pilot_places", "town_places")
    assert (selection.ties_decided_by, selection.ties_clause) == (("district.civil_affairs",), "open")


def test_each_step_has_an_office_and_a_clause() -> None:
    for procedure in RULES.procedures(IN_2023).values():
        for act in procedure.acts.values():
            assert act.by, (procedure.id, act.id)
            assert act.clause, (procedure.id, act.id)


def test_nobody_who_sealed_an_application_assesses_it() -> None:
    assert "did: seal_and_send" in RULES.procedure("pilot", IN_2023).acts["assess"].apart_from


# ── who answers for what ────────────────────────────────────────────────────────────────────────────────────────────


def _offices(kind: str, key: str) -> set[str]:
    """The offices a part of the pack gives something to do."""
    match kind:
        case "procedure":
            procedure = RULES.procedure(key, IN_2023)
            named = {name for act in procedure.acts.values() for name in act.by}
            played = {
                office for name in named for office in (procedure.roles[name].offices if name in procedure.roles else (name,))
            }
            return {office.replace("here.", f"{level}.") for office in played for level in procedure.at}
        case "obligation":
            return set(RULES.obligation(key, IN_2023).by)
        case "register":
            return set(RULES.register(key, IN_2023).kept_by)
        case "checklist":
            return set(RULES.checklist(key, IN_2023).answered_by)
        case "grant":
            return {RULES.grants(IN_2023)[key].payer}
        case "quota":
            return set(RULES.quotas(IN_2023)[key].decided_by)
        case _:
            return set()


@pytest.mark.parametrize(
    "duty",
    [
        pytest.param(duty, id=f"{duty.clause} {duty.duty.en}", marks=pytest.mark.requirement(*duty.meets, how="answered"))
        for duty in RULES.responsibilities(IN_2023)
    ],
)
def test_each_office_the_notice_names_has_something_it_can_do_here(duty: Responsibility) -> None:
    reached = {office for kind, key in duty.through for office in _offices(kind, key)}
    assert LIBRARY.clause_text(duty.clause)
    assert set(duty.offices) <= reached
