"""One act judged at once: everything that stands in the way, each with its clause and what mends it."""

from dataclasses import replace
from datetime import date

import pytest

from linli.rules.gates.checks import findings_of, truth
from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Granted
from linli.rules.gates.scene import Scene
from linli.rules.gates.values import days_served
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, Operand
from tests.rules.gates.scenes import COMMUNITY, READY, SUBDISTRICT, TODAY, determine, keys, ready, rules


def test_a_project_that_meets_every_check_may_be_determined() -> None:
    decision = determine()
    assert decision.verdict == "open"
    assert decision.offices == ("community.party_committee",)
    assert {finding.outcome for finding in decision.findings} == {"ok"}


def test_a_decision_keeps_every_value_it_read_with_its_clause_and_pack() -> None:
    read = {(reading.parameter, reading.key): reading for reading in determine().trace}
    cap = read["project_cap", "service"]
    assert (cap.value, cap.clause[:2], cap.pack, cap.since) == (50_000_000, "S1", "nanshan", date(2020, 11, 5))
    assert read["notice_days", "evaluation"].local is not None


@pytest.mark.requirement("S0-44", how="refuses")
def test_everything_that_is_missing_is_said_at_once() -> None:
    bare = ready(facts={"case.amount": 55_000_000, "money.left_after": -1}, evidence={}, forms={"project_plan": {"budget": None}})
    decision = determine(replace(bare, frozen_roles={"lead": ("community.party_committee",)}))
    assert keys(decision) == ["approval_share", "money.left_after", "project_cap", "project_plan.budget", "publicity.evaluation"]
    assert all(finding.clause and finding.text.zh and finding.text.en for finding in decision.against)
    assert all(finding.mend is not None for finding in decision.against)


def test_a_refusal_shows_the_arithmetic_in_both_languages() -> None:
    decision = determine(ready(facts={"case.amount": 52_000_000}))
    (cap,) = decision.against
    assert cap.arithmetic is not None
    assert cap.arithmetic.zh == "52 万元 > 50 万元"
    assert cap.arithmetic.en == "520,000 yuan > 500,000 yuan"


@pytest.mark.parametrize(("amount", "open_"), [(50_000_000, True), (50_000_001, False)])
@pytest.mark.requirement("S0-18", "S1-2", "S1-39", how="refuses")
def test_the_ceiling_holds_to_the_fen(amount: int, open_: bool) -> None:
    assert determine(ready(facts={"case.amount": amount})).open is open_


@pytest.mark.parametrize(("type_", "amount", "open_"), [("service", 20_000_000, True), ("service", 20_000_001, False)])
@pytest.mark.parametrize("act_day", [date(2020, 10, 20), date(2021, 1, 20)])
@pytest.mark.requirement("S1-1", how="refuses")
def test_a_stage_keeps_the_ceiling_of_the_day_it_began(type_: str, amount: int, open_: bool, act_day: date) -> None:
    begun = ready(
        facts={"case.type": type_, "case.amount": amount}, stages={"source": date(2020, 6, 1), "decision": date(2020, 8, 1)}
    )
    notice = {"shown": ["2020-08-10", "2020-09-01"], "objections_open": 0}
    decision = determine(replace(begun, evidence={**READY.evidence, "evaluation_notice": notice}), on=act_day)
    assert decision.open is open_


def test_a_value_nobody_has_set_blocks_and_names_who_sets_it() -> None:
    decision = determine(under=rules(set_locally=False))
    outcomes = {finding.key: finding.outcome for finding in decision.against}
    assert outcomes["approval_share"] == "unset"
    assert outcomes["publicity.evaluation"] == "unset"
    share = next(finding for finding in decision.against if finding.key == "approval_share")
    assert share.turn and "本地设定" in share.text.zh


def test_an_unanswered_question_is_asked_and_never_taken_for_a_no() -> None:
    plan = {"budget": 40_000_000, "highly_professional": False}
    decision = determine(ready(forms={"project_plan": plan}))
    (question,) = [finding for finding in decision.against if finding.key == "role.lead"]
    assert question.outcome == "unknown"
    assert question.mend is not None and "跨社区" in question.mend.zh


@pytest.mark.requirement("S0-40", "S1-20", "S1-40", how="refuses")
@pytest.mark.parametrize(
    "changed",
    [
        ready(facts={"case.amount": 80_000_000, "case.type": "works"}),
        ready(forms={"project_plan": {"budget": 1, "highly_professional": True, "cross_community": False}}),
        ready(forms={"project_plan": {"budget": 1, "highly_professional": False, "cross_community": True}}),
    ],
    ids=["large", "highly professional", "cross-community"],
)
def test_each_of_three_triggers_alone_hands_the_lead_to_the_subdistrict(changed: object) -> None:
    assert keys(determine(changed)) == ["by"]  # type: ignore[arg-type]
    assert determine(changed, actor=SUBDISTRICT).open  # type: ignore[arg-type]


def test_just_below_the_large_amount_the_community_leads() -> None:
    assert determine(ready(facts={"case.amount": 79_999_999, "case.type": "works"})).open


def test_a_frozen_lead_does_not_change_with_the_amount() -> None:
    small_again = replace(ready(), frozen_roles={"lead": ("subdistrict.working_committee",)})
    assert keys(determine(small_again)) == ["by"]
    assert determine(small_again, actor=SUBDISTRICT).open


def test_an_office_above_may_not_act_for_the_one_below() -> None:
    district = Actor("person:9", frozenset({"district.civil_affairs", "district.party_committee"}))
    assert keys(determine(actor=district)) == ["by"]


@pytest.mark.requirement("S1-46", how="refuses")
def test_a_person_with_an_interest_keeps_out() -> None:
    decision = determine(replace(READY, relations=frozenset({"recused"})))
    assert keys(decision) == ["apart_from"]
    assert "回避" in decision.against[0].text.zh


def _excused(**changes: object) -> Granted:
    granted = Granted(
        "project_cap", "district.civil_affairs", "一次建成更省", 55_000_000, asked_by="person:1", approved_by="person:5"
    )
    return replace(granted, **changes)  # type: ignore[arg-type]


def test_in_principle_means_an_exception_on_record_by_the_right_office() -> None:
    over = ready(facts={"case.amount": 55_000_000})
    decision = determine(replace(over, exceptions=(_excused(),)))
    assert decision.open
    (excused,) = [finding for finding in decision.findings if finding.outcome == "excused"]
    assert (excused.key, "一次建成更省" in excused.text.zh) == ("project_cap", True)


@pytest.mark.parametrize(
    ("changes", "amount"),
    [({"by": "community.party_committee"}, 55_000_000), ({}, 55_000_001), ({"approved_by": "person:1"}, 55_000_000)],
    ids=["by the wrong office", "outgrown", "granted by the one who asked"],
)
def test_an_exception_that_does_not_fit_excuses_nothing(changes: dict[str, object], amount: int) -> None:
    over = ready(facts={"case.amount": amount})
    assert keys(determine(replace(over, exceptions=(_excused(**changes),)))) == ["project_cap"]


@pytest.mark.requirement("S0-91", how="refuses")
def test_a_notice_counts_whole_days_and_the_day_of_the_act_is_not_whole_yet() -> None:
    hanging = {**READY.evidence, "evaluation_notice": {"shown": ["2021-04-12", None], "objections_open": 0}}
    readings = ready(evidence=hanging)
    # Published on Monday the 12th: Tuesday to Friday and the next Monday are five working days; Tuesday the 20th may act.
    waiting = determine(readings, on=date(2021, 4, 19))
    assert keys(waiting) == ["publicity.evaluation"]
    [finding] = waiting.against
    assert (finding.outcome, finding.arithmetic, finding.turn) == ("missing", None, ())
    assert finding.mend == Text(
        "公示到2021年4月19日 24:00 满期，第二天起就能办；起始当天不算，只算整天。",
        "The notice has served at the end of 19 April 2021; the day after, this can be done. The first day does not count.",
    )
    assert determine(readings, on=date(2021, 4, 20)).open


def test_a_notice_that_came_down_too_early_is_refused_and_asks_to_be_published_again() -> None:
    down = {**READY.evidence, "evaluation_notice": {"shown": ["2021-04-12", "2021-04-15"], "objections_open": 0}}
    [finding] = determine(ready(evidence=down), on=date(2021, 6, 1)).against
    assert (finding.key, finding.outcome) == ("publicity.evaluation", "refused")
    assert finding.arithmetic == Text("3 个工作日 < 5 个工作日", "3 working days < 5 working days")
    assert finding.mend is not None and finding.mend.zh == "这次公示没有挂满就撤下了，请重新发布，挂满 5 个工作日。"


def test_an_open_objection_holds_the_gate() -> None:
    objected = {**READY.evidence, "evaluation_notice": {"shown": ["2021-04-08", "2021-04-19"], "objections_open": 1}}
    decision = determine(ready(evidence=objected))
    assert keys(decision) == ["publicity.evaluation.objections"]


def test_a_hold_stops_the_way_forward_but_not_the_way_back() -> None:
    held = replace(READY, holds=("监督委员会叫停",))
    assert keys(determine(held)) == ["hold"]
    back = decide(rules(), "micro_project", "send_back", state="evaluated", actor=COMMUNITY, on=date(2021, 4, 20), readings=held)
    assert back.open


def test_an_act_out_of_turn_says_where_the_matter_stands() -> None:
    decision = decide(
        rules(), "micro_project", "archive", state="evaluated", actor=COMMUNITY, on=date(2021, 4, 20), readings=READY
    )
    assert keys(decision) == ["state"]
    assert "已评议" in decision.against[0].text.zh


@pytest.mark.requirement("S1-19", how="refuses")
def test_the_emergency_path_did_not_exist_before_its_rule() -> None:
    early = replace(READY, stages={"source": date(2019, 8, 1)})
    decision = decide(
        rules(), "micro_project", "start_first", state="draft", actor=SUBDISTRICT, on=date(2019, 8, 2), readings=early
    )
    assert decision.verdict == "unknown_act"


def test_a_draft_that_lacks_no_field_but_is_not_complete_does_not_pass() -> None:
    draft = {"budget": 40_000_000, "_complete": False}
    source = replace(READY, forms={"project_plan": draft}, stages={"source": date(2021, 4, 1)})
    decision = decide(rules(), "micro_project", "design", state="draft", actor=COMMUNITY, on=TODAY, readings=source)
    assert "project_plan" in keys(decision)


@pytest.mark.parametrize(
    ("act_day", "months"), [(date(2021, 2, 28), 0), (date(2021, 3, 1), 1), (date(2021, 3, 31), 1), (date(2021, 4, 1), 2)]
)
def test_a_notice_set_in_months_is_counted_in_whole_months(act_day: date, months: int) -> None:
    assert days_served(["2021-01-31", None], act_day, rules().calendar, "months") == months


@pytest.mark.parametrize(("filled", "passes"), [(None, True), ("computers", False)])
def test_a_check_may_want_something_not_to_be_there(filled: str | None, passes: bool) -> None:
    check = Check("central", "form", "project_plan", "central_item", "filled", Operand("literal", False))
    readings = ready(forms={"project_plan": {"central_item": filled}})
    scene = Scene(rules(), rules().procedure("micro_project", TODAY), readings, COMMUNITY, TODAY, TODAY)
    assert truth(check, scene) is passes
    assert [finding.passes for finding in findings_of(check, scene)] == [passes]


def _any_of_the_share(set_locally: bool = False) -> tuple[Check, Scene]:
    known = rules(set_locally)
    procedure = known.procedure("micro_project", TODAY)
    share = next(check for check in procedure.acts["determine"].checks if check.key == "approval_share")
    missing = Check("contract", "evidence", "contract")
    scene = Scene(known, procedure, READY, COMMUNITY, TODAY, TODAY)
    return Check("either", "fact", "", any_of=(missing, replace(share, when=()))), scene


def test_one_of_several_is_unset_while_an_option_is_and_says_who_sets_it() -> None:
    either, scene = _any_of_the_share()
    (finding,) = findings_of(either, scene)
    assert (finding.key, finding.outcome, finding.passes) == ("either", "unset", False)
    assert "有权单位设定" in (finding.mend.zh if finding.mend else "")
    assert finding.turn == ("district.civil_affairs", "subdistrict.office")
    assert [each.outcome for each in findings_of(*_any_of_the_share(set_locally=True))] == ["ok"]


def test_a_condition_on_one_of_several_unset_is_not_known_so_its_check_is_not_skipped() -> None:
    either, scene = _any_of_the_share()
    must = Check("must", "evidence", "contract", when=(either,))
    assert truth(either, scene) is None
    assert [(finding.outcome, finding.passes) for finding in findings_of(must, scene)] == [("unknown", False)]
