"""One check at a time: what was read is there, empty or not known, and none of the three passes for another."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from linli.rules.gates.checks import findings_of, truth
from linli.rules.gates.decide import decide, done_before
from linli.rules.gates.model import Actor, Granted, Readings
from linli.rules.gates.roles import spelled_out
from linli.rules.gates.scene import Scene
from linli.rules.gates.sheets import checklist_findings, form_finding
from linli.rules.gates.values import NotComparable, day_of_year, days_served, holds, share
from linli.rules.gates.wording import bring_to
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Check, ExceptionRule, Field, Of, Operand
from linli.rules.policy.rules import Rules
from tests.real_packs import real_packs
from tests.rules.gates.scenes import COMMUNITY, READY, TODAY, determine, keys, ready, rules

DISTRICT = ExceptionRule(("district.civil_affairs",), reaches="up_to")
RECENT = date(2024, 6, 3)


def scene(readings: Readings = READY, *, under: Rules | None = None, procedure: str = "micro_project", on: date = TODAY) -> Scene:
    known = under or rules()
    return Scene(known, known.procedure(procedure, on), readings, COMMUNITY, on, on)


def in_nanchong(**changes: object) -> Scene:
    return scene(Readings(**changes), under=real_packs().rules("nanchong"), procedure="council_mandate", on=RECENT)  # type: ignore[arg-type]


def in_jilin(**changes: object) -> Scene:
    return scene(Readings(**changes), under=real_packs().rules("jilin"), procedure="experimental_zone", on=RECENT)  # type: ignore[arg-type]


def outcome(check: Check, scene: Scene) -> str:
    (finding,) = findings_of(check, scene)
    return finding.outcome


def equals(literal: int | bool | str) -> dict[str, object]:
    return {"operator": "equals", "operand": Operand("literal", literal)}


# ── there, empty, not known ─────────────────────────────────────────────────────────────────────────────────────────
SIGNED = Check("signed", "evidence", "evaluation", "minutes_signed")


@pytest.mark.parametrize(("said", "passes"), [(True, True), (False, False), (None, False)])
def test_a_fact_that_says_no_is_not_there(said: bool | None, passes: bool) -> None:
    here = scene(ready(evidence={"evaluation": {"minutes_signed": said}}))
    assert truth(SIGNED, here) is passes
    assert outcome(SIGNED, here) == ("ok" if passes else "missing")


@pytest.mark.parametrize("blank", [None, "", []])
def test_a_blank_field_is_an_unanswered_question_and_never_a_no(blank: object) -> None:
    kind = Check("kind", "form", "project_plan", "project_type", **equals("works"))  # type: ignore[arg-type]
    here = scene(ready(forms={"project_plan": {"project_type": blank}}))  # type: ignore[dict-item]
    assert truth(kind, here) is None
    assert outcome(kind, here) == "unknown"


def test_a_fact_nobody_has_said_is_not_known_and_evidence_that_is_not_there_is_a_no() -> None:
    here = scene(Readings())
    assert truth(Check("type", "fact", "case.type", **equals("works")), here) is None  # type: ignore[arg-type]
    assert truth(replace(SIGNED, **equals(True)), here) is False  # type: ignore[arg-type]


def test_a_list_without_a_row_is_not_there_unless_its_rows_are_counted() -> None:
    kept, counted = Check("kept", "register", "council_mandate"), Check("rows", "register", "council_mandate", "rows")
    empty, one = in_nanchong(registers={"council_mandate": {}}), in_nanchong(registers={"council_mandate": {"1": {}}})
    assert (outcome(kept, empty), outcome(kept, one)) == ("missing", "ok")
    at_most_none = replace(counted, operator="at_most", operand=Operand("literal", 0))
    assert (outcome(at_most_none, empty), outcome(at_most_none, one)) == ("ok", "refused")


def test_which_row_is_meant_may_not_be_known_yet_while_a_row_that_is_not_in_the_list_is_a_no() -> None:
    row = Check("row", "register", "council_mandate", "kind", row_key="case.category", **equals("a"))  # type: ignore[arg-type]
    rows = {"council_mandate": {"lamp": {"kind": "a"}}}
    assert truth(row, in_nanchong(registers=rows)) is None
    assert truth(row, in_nanchong(registers=rows, facts={"case.category": "lamp"})) is True
    assert truth(row, in_nanchong(registers=rows, facts={"case.category": "tree"})) is False


@pytest.mark.parametrize(("year", "passes"), [("this", True), ("last", False)])
def test_what_a_place_has_this_year_is_not_what_it_had_last_year(year: str, passes: bool) -> None:
    coverage = Check("coverage", "evidence", "coverage", of=Of("place_year", year=year))  # type: ignore[arg-type]
    assert truth(coverage, scene(Readings(place_year={"here/this": {"coverage": {"sources": 500}}}))) is passes


def test_of_codes_none_are_inside_nothing() -> None:
    among = Check("among", "fact", "case.category", operator="in", operand=Operand("codes", codes=("a", "b")))
    answers = {codes: truth(among, scene(Readings(facts={"case.category": list(codes)}))) for codes in ((), ("a",), ("a", "c"))}
    assert answers == {(): False, ("a",): True, ("a", "c"): False}


# ── no value to hold it against ─────────────────────────────────────────────────────────────────────────────────────
def test_no_limit_and_a_value_that_may_wait_hold_nothing_back_and_one_that_must_be_set_does() -> None:
    few = Check("few", "fact", "case.needs_linked", operator="at_most", operand=Operand("parameter", name="zone_limit"))
    share_there = Check(
        "share", "fact", "case.needs_linked", operator="at_least", operand=Operand("parameter", name="expert_quorum")
    )
    must = replace(share_there, operand=Operand("parameter", name="expert_pass_share"))
    here = in_jilin(facts={"case.needs_linked": 9})
    assert [truth(each, here) for each in (few, share_there, must)] == [True, True, None]
    assert [outcome(each, here) for each in (few, share_there, must)] == ["ok", "waived", "unset"]


def test_a_fact_that_lists_several_things_is_nothing_to_hold_another_against() -> None:
    same = Check("same", "fact", "case.amount", operator="equals", operand=Operand("fact", name="case.category"))
    assert outcome(same, scene(Readings(facts={"case.amount": 1, "case.category": ["a"]}))) == "unknown"


def test_a_condition_reads_the_value_of_the_stage_it_names() -> None:
    """A service could cost 200,000 until November 2020 and 500,000 since."""
    cap = Operand("parameter", name="project_cap", key_fact="case.type")
    within = Check("within", "fact", "case.amount", operator="at_most", operand=cap)
    readings = replace(ready(), stages={"source": date(2020, 6, 1), "decision": date(2021, 4, 1)})
    assert (truth(within, scene(readings)), truth(replace(within, as_of="source"), scene(readings))) == (True, False)


# ── one of several ──────────────────────────────────────────────────────────────────────────────────────────────────
MISSING = Check("contract", "evidence", "contract")


def test_an_option_that_is_excused_is_enough_and_one_that_does_not_apply_is_not() -> None:
    central = Check("central", "form", "project_plan", "central_item", "filled", Operand("literal", False), exception=DISTRICT)
    granted = Granted("central", "district.civil_affairs", "演示")
    readings = ready(forms={"project_plan": {"central_item": "computers"}}, exceptions=(granted,))
    assert outcome(Check("either", "fact", "", any_of=(MISSING, central)), scene(readings)) == "excused"
    never = replace(SIGNED, when=(Check("type", "fact", "case.type", **equals("works")),))  # type: ignore[arg-type]
    assert outcome(never, scene(readings)) == "skipped"
    assert outcome(Check("either", "fact", "", any_of=(MISSING, never)), scene(readings)) == "missing"


# ── exceptions ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_an_exception_excuses_what_it_names_and_nothing_else() -> None:
    granted = Granted("coverage_wide", "district.civil_affairs", "演示", 55_000_000)
    assert keys(determine(replace(ready(facts={"case.amount": 55_000_000}), exceptions=(granted,)))) == ["project_cap"]


def test_the_exception_of_a_check_comes_before_that_of_the_value_it_reads() -> None:
    over = Check(
        "over",
        "fact",
        "case.amount",
        operator="at_most",
        operand=Operand("parameter", name="project_cap", key_fact="case.type"),
        exception=ExceptionRule(("subdistrict.office",), reaches="up_to"),
    )
    amount = ready(facts={"case.amount": 55_000_000})
    by = {
        office: outcome(over, scene(replace(amount, exceptions=(Granted("over", office, "演示", 55_000_000),))))
        for office in ("subdistrict.office", "district.civil_affairs")
    }
    assert by == {"subdistrict.office": "excused", "district.civil_affairs": "refused"}


@pytest.mark.parametrize(("amount", "expected"), [(3, "refused"), (4, "excused"), (5, "refused")])
def test_an_exception_without_a_way_covers_the_very_amount_it_was_granted_for(amount: int, expected: str) -> None:
    none = Check("none", "fact", "case.needs_linked", exception=replace(DISTRICT, reaches=""), **equals(12))  # type: ignore[arg-type]
    granted = Granted("none", "district.civil_affairs", "演示", 4)
    assert outcome(none, scene(ready(facts={"case.needs_linked": amount}, exceptions=(granted,)))) == expected


# ── notices ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def _notice(**facts: object) -> Readings:
    return ready(evidence={**READY.evidence, "evaluation_notice": facts})  # type: ignore[dict-item]


def test_whether_objections_are_open_must_be_known() -> None:
    [finding] = determine(_notice(shown=["2021-04-08", "2021-04-19"])).against
    assert (finding.key, finding.outcome) == ("publicity.evaluation.objections", "unknown")


def test_a_notice_taken_down_on_its_last_day_has_only_to_see_that_day_end() -> None:
    notice = _notice(shown=["2021-04-12", "2021-04-19"], objections_open=0)
    [finding] = determine(notice, on=date(2021, 4, 19)).against
    assert (finding.key, finding.outcome) == ("publicity.evaluation", "missing")
    assert determine(notice, on=date(2021, 4, 20)).open


def test_the_days_of_a_notice_still_to_come_are_not_served_yet() -> None:
    calendar = rules().calendar
    assert days_served(["2021-04-12", "2021-04-30"], date(2021, 4, 16), calendar, "days") == 3
    for broken in (["2021-04-12"], "2021-04-12", None):
        with pytest.raises(NotComparable):
            days_served(broken, TODAY, calendar, "days")  # type: ignore[arg-type]


# ── who ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_joint_act_waits_for_every_office_and_counts_who_has_signed() -> None:
    finance = Actor("person:3", frozenset({"district.finance"}))
    first = Readings(facts={"place.level": "district"})

    def by(readings: Readings) -> list[tuple[str, str, tuple[str, ...]]]:
        decision = decide(rules(), "fund_year", "settle", state="plan_reviewed", actor=finance, on=TODAY, readings=readings)
        return [(each.key, each.outcome, each.turn) for each in decision.findings if each.key == "by"]

    assert by(first) == [("by", "missing", ("city.finance",))]
    assert by(replace(first, signed=("city.finance",))) == [("by", "ok", ())]


def test_whoever_took_the_earlier_act_stands_aside_even_if_others_took_it_after() -> None:
    acts = [
        (procedure.id, act, state)
        for procedure in rules().procedures(TODAY).values()
        for act in procedure.acts.values()
        for state in act.from_states[:1]
        if any(each.startswith("did:") for each in act.apart_from)
    ]
    assert acts
    procedure, act, state = acts[0]
    earlier = next(each for each in act.apart_from if each.startswith("did:")).removeprefix("did:").strip()
    readings = Readings(did={earlier: (COMMUNITY.person, "person:9")})
    decision = decide(rules(), procedure, act.id, state=state, actor=COMMUNITY, on=TODAY, readings=readings)
    assert "apart_from" in keys(decision)


def test_here_is_the_level_of_the_matters_own_place() -> None:
    at_district = scene(Readings(facts={"place.level": "district"}))
    assert spelled_out(["here.finance", "city.finance"], at_district) == ["district.finance", "city.finance"]
    assert spelled_out(["here.finance"], scene(Readings())) == [f"{level}.finance" for level in at_district.procedure.at]


# ── forms and checklists ────────────────────────────────────────────────────────────────────────────────────────────
def _form(readings: Readings, *fields: Field) -> str:
    here = scene(readings)
    plan = here.rules.form("project_plan", TODAY)
    form = replace(plan, fields={field.key: field for field in fields} or plan.fields)
    known = here.rules.with_local(here.rules.local)
    known.form = lambda id, on: form  # type: ignore[method-assign]
    return form_finding("project_plan", replace(here, rules=known), truth, key="plan", clause="open").outcome


def test_a_field_is_needed_where_its_condition_surely_holds() -> None:
    plan = rules().form("project_plan", TODAY)
    reason = plan.fields["professional_reason"]
    answers = {said: _form(ready(forms={"project_plan": {"highly_professional": said}}), reason) for said in (True, False, None)}
    assert answers == {True: "missing", False: "ok", None: "ok"}


def test_a_form_is_complete_only_where_it_is_said_to_be_so() -> None:
    budget = rules().form("project_plan", TODAY).fields["budget"]
    said = [_form(ready(forms={"project_plan": {"_complete": flag}}), budget) for flag in (True, "yes", False)]
    assert said == ["ok", "missing", "missing"]


def test_a_checklist_item_holds_with_the_answer_the_rules_want_with_any_or_with_the_paper_it_asks_for() -> None:
    here = scene(ready(checklists={"list": {"a": "yes", "b": "no", "c": "no"}}))
    checklist = next(iter(here.rules.checklists(TODAY).values()))
    first = next(iter(checklist.items.values()))
    items = {
        "a": replace(first, key="a", must_be="yes", slot="", exception=None),
        "b": replace(first, key="b", must_be="answered", slot="", exception=None),
        "c": replace(first, key="c", must_be="yes", slot="", exception=DISTRICT),
        "d": replace(first, key="d", slot="evaluation"),
        "e": replace(first, key="e", slot="project_plan"),
        "f": replace(first, key="f", slot="contract"),
    }
    known = here.rules.with_local(here.rules.local)
    known.checklist = lambda id, on: replace(checklist, items=items, each_of="")  # type: ignore[method-assign]

    def against(readings: Readings) -> dict[str, str]:
        found = checklist_findings(Check("list", "checklist", "list"), replace(here, rules=known, readings=readings))
        return {finding.key: finding.outcome for finding in found}

    assert against(here.readings) == {"list.c": "refused", "list.f": "missing"}
    granted = Granted("list.c", "district.civil_affairs", "演示")
    assert against(replace(here.readings, exceptions=(granted,))) == {"list.f": "missing"}


def test_a_form_that_a_check_asks_for_already_is_asked_for_once() -> None:
    empty = replace(READY, forms={}, stages={"source": date(2021, 4, 1)})
    decision = decide(rules(), "micro_project", "design", state="draft", actor=COMMUNITY, on=TODAY, readings=empty)
    assert [finding.key for finding in decision.findings].count("project_plan") == 1


# ── done once ───────────────────────────────────────────────────────────────────────────────────────────────────────
def _awarding() -> Act:
    return real_packs().rules("jinjiang").procedure("pilot", RECENT).acts["award_grant"]


@pytest.mark.parametrize(
    ("act", "did", "locked", "over"),
    [
        ({}, True, True, True),
        ({}, False, True, False),
        ({}, True, False, False),
        ({"to": "ended"}, True, True, False),
        ({"locks": ()}, True, True, False),
    ],
    ids=["taken, its form locked", "not taken", "its form opened again", "it leads elsewhere", "it locks nothing"],
)
def test_an_act_is_over_once_taken_for_as_long_as_its_forms_stay_locked(
    act: dict[str, object], did: bool, locked: bool, over: bool
) -> None:
    award = replace(_awarding(), **act)  # type: ignore[arg-type]
    readings = Readings(did={award.id: ("person:1",)} if did else {}, locked=frozenset({"grant_award"} if locked else ()))
    assert done_before(award, readings) is over


def test_what_was_awarded_is_not_awarded_again_and_nothing_else_is_asked() -> None:
    jinjiang, award = real_packs().rules("jinjiang"), _awarding()
    readings = Readings(did={award.id: ("person:1",)}, locked=frozenset(award.locks))
    decision = decide(jinjiang, "pilot", award.id, state=award.from_states[0], actor=COMMUNITY, on=RECENT, readings=readings)
    assert (decision.verdict, keys(decision)) == ("refused", ["done"])


# ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_yes_is_no_number_and_a_number_is_no_share_by_accident() -> None:
    for left, right in ((True, 1), (1, True)):
        with pytest.raises(NotComparable):
            holds("equals", left, right)
    for no_share in (True, None, [1]):
        with pytest.raises(NotComparable):
            share(no_share)  # type: ignore[arg-type]
    assert [share(value) for value in (1, "5/6", "0.83", Fraction(2, 3))] == [
        1,
        Fraction(5, 6),
        Fraction(83, 100),
        Fraction(2, 3),
    ]


def test_the_29th_of_february_is_the_28th_where_there_is_none() -> None:
    assert [day_of_year("02-29", year) for year in (2024, 2025)] == [date(2024, 2, 29), date(2025, 2, 28)]


def test_what_would_make_it_a_yes_is_a_plain_sentence() -> None:
    needs, limit = Text("对应的居民需求", "Residents' needs it answers"), Text("1", "1")
    said = bring_to(needs, "at_least", limit)
    assert (said.zh, said.en) == (
        "“对应的居民需求”不少于 1，这一条就符合。",
        "Once “Residents' needs it answers” is at least 1, this holds.",
    )
    # What must be is said with what it is for; days are later or earlier.
    assert bring_to(Text("类型", "Type"), "equals", Text("工程类", "works")).zh == "“类型”应为工程类，才能办这一步。"
    assert bring_to(Text("评议日", "Day"), "at_least", Text("3月1日", "1 March"), days=True).zh == "“评议日”不早于3月1日。"
