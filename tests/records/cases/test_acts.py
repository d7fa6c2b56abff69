"""What follows from acts, and what is refused."""

import pytest

from linli.records.cases.models import Case, Message
from linli.records.cases.selectors import case_by_code, dossier, messages_for, project_list, rows, visible_to
from linli.records.cases.services import file_case_evidence, fill_case_form, name_party, open_case, take_act
from linli.records.duties.models import Duty
from linli.records.evidence.models import Filling, Piece
from linli.records.funds.models import Commitment
from linli.records.funds.selectors import left
from linli.records.needs.models import Link, Telling
from linli.records.people.models import Interest, Organisation
from linli.records.rulebook.models import DecisionRecord, Passage, Step
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.cases.life import FILING, PLAN, YUAN, Life
from tests.records.rulebook.world import OTHER, Cast, at, officer, place, row_counts

FULL = 2_000_000 * YUAN


def refused(life: Life, act: str, by: object = None) -> list[str]:
    """The keys of the refusal; nothing may have changed."""
    before, passage = row_counts(), Passage.objects.filter(subject_kind="case").values().get()
    with pytest.raises(Refused) as no:
        take_act(case=life.case, act=act, by=by or life.cast.secretary, at=life.day)  # type: ignore[arg-type]
    assert row_counts() == before
    assert Passage.objects.filter(subject_kind="case").values().get() == passage
    for reason in no.value.reasons:
        assert reason.text.zh and reason.text.en and reason.clause
    return [reason.key for reason in no.value.reasons]


# ── numbers, opening ────────────────────────────────────────────────────────────────────────────────────────────────
def test_codes_run_without_gaps_by_district_and_year(cast: Cast) -> None:
    def opened(code: str, year: int) -> str:
        who = cast.secretary if code != OTHER else cast.stranger
        return open_case(procedure="micro_project", place=place(code), title="演示", by=who, at=at(year, 3, 1)).code

    here = place().pk
    assert [opened(here, 2021), opened(OTHER, 2021), opened(here, 2022)] == ["NS-2021-0001", "NS-2021-0002", "NS-2022-0001"]
    with pytest.raises(Invalid):
        open_case(procedure="micro_project", place=place(), title=" ", by=cast.secretary, at=at(2021, 3, 1))
    assert opened(here, 2021) == "NS-2021-0003"


@pytest.mark.parametrize("who", ["office", "civil", "finance", "stranger", "resident"])
def test_only_an_office_the_plan_names_opens_a_project(cast: Cast, who: str) -> None:
    before = row_counts()
    with pytest.raises(NotAllowed, match="社区党委"):
        open_case(procedure="micro_project", place=place(), title="演示", by=getattr(cast, who), at=at(2021, 3, 1))
    assert row_counts() == before


def test_a_change_is_opened_from_its_project_and_only_in_its_stages(life: Life) -> None:
    with pytest.raises(Refused, match="要从所属事项里提出"):
        open_case(procedure="project_change", place=place(), title="演示", by=life.cast.secretary, at=life.day)
    with pytest.raises(Refused, match="现在的阶段不能提出"):
        open_case(procedure="project_change", place=place(), title="演示", by=life.cast.secretary, at=life.day, parent=life.case)


# ── forms, checklists, evidence ─────────────────────────────────────────────────────────────────────────────────────
def test_the_plan_feeds_amount_type_and_category(life: Life) -> None:
    life.fill("project_plan", life.plan)
    case = life.fresh()
    assert (case.amount_fen, case.type, case.category) == (180_000 * YUAN, "works", life.plan["category"])


def test_every_mistake_in_a_form_is_named_at_once_and_nothing_is_kept(life: Life) -> None:
    before = row_counts()
    with pytest.raises(Invalid) as wrong:
        life.fill("project_plan", {**life.plan, "budget": "很多", "where": "", "cross_community": True})
    assert set(wrong.value.fields) == {"where", "budget", "other_communities"}
    assert row_counts() == before


def test_the_plan_is_not_changed_under_a_running_evaluation(life: Life) -> None:
    life.evaluating()
    before = row_counts()
    with pytest.raises(Refused, match="要修改请先退回"):
        life.fill("project_plan", life.plan)
    assert row_counts() == before
    life.act("send_back", note="演示·补充预算")
    life.fill("project_plan", {**life.plan, "budget": "170000"})
    assert life.fresh().amount_fen == 170_000 * YUAN


def test_after_determination_the_plan_is_locked(life: Life) -> None:
    life.determined()
    before = row_counts()
    with pytest.raises(Refused, match="已经锁定"):
        life.fill("project_plan", {**life.plan, "budget": "1"})
    assert row_counts() == before


@pytest.mark.parametrize("who", ["office", "stranger", "resident"])
def test_only_an_office_the_form_names_fills_it(life: Life, who: str) -> None:
    with pytest.raises(NotAllowed):
        fill_case_form(case=life.case, form="project_plan", data=PLAN, by=getattr(life.cast, who), at=life.day)
    with pytest.raises(NotFound):
        life.fill("no_such_form", {})


def test_evidence_is_filed_by_hand_only_where_no_component_files_it(life: Life) -> None:
    before = row_counts()
    with pytest.raises(Refused, match="自动归集"):
        life.hand_in("evaluation", "resolution", quorum_met=True)
    with pytest.raises(Invalid, match="不收这一种材料"):
        life.hand_in("contract", "document")
    with pytest.raises(NotFound):
        life.hand_in("no_such_slot", "document")
    with pytest.raises(NotAllowed):
        life.hand_in("contract", "contract", by=life.cast.stranger, amount="1")
    for wrong in ({"amount": "很多"}, {"amount": "-1"}, {"price": 1}, {"amount": 1.5}):
        with pytest.raises(Invalid):
            life.hand_in("contract", "contract", **wrong)
    with pytest.raises(Invalid, match="请附上文件"):
        file_case_evidence(case=life.case, slot="selection", kind="document", facts={}, by=life.cast.secretary, at=life.day)
    assert row_counts() == before
    life.hand_in("contract", "contract", amount="17.5万")
    assert Piece.objects.get(slot="contract").facts == {"amount": 175_000 * YUAN}


# ── gates ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.requirement("S0-72", how="refuses")
def test_no_project_without_a_need(life: Life) -> None:
    assert refused(life, "design") == ["case.needs_linked", "project_plan", "design_consultation"]


@pytest.mark.requirement("S0-38", how="refuses")
def test_what_the_years_money_does_not_cover_is_not_determined(cast: Cast) -> None:
    life = Life(cast, money=170_000).evaluated()
    assert refused(life, "determine") == ["money.left_after"]


@pytest.mark.requirement("S0-39", how="refuses")
def test_whoever_sent_the_papers_does_not_file_them(life: Life) -> None:
    life.determined()
    life.fill("filing_form", {"decision": "演示", "evaluation": "演示", "year_money": "演示"})
    life.notice("determination")
    life.act("submit_filing")
    assert refused(life, "accept_filing") == ["by", "apart_from"]


@pytest.mark.parametrize("trigger", ["amount", "highly_professional", "cross_community"])
@pytest.mark.requirement("S0-40", how="refuses")
@pytest.mark.requirement("S1-20", how="refuses")
def test_each_of_three_triggers_alone_makes_the_subdistrict_lead(cast: Cast, trigger: str) -> None:
    life = Life(cast, budget="400000" if trigger == "amount" else "399999")
    if trigger != "amount":
        reason = {"highly_professional": "professional_reason", "cross_community": "other_communities"}[trigger]
        life.plan |= {trigger: True, reason: "演示"}
    life.evaluated()
    assert refused(life, "determine") == ["by"]
    life.act("determine", cast.working)
    assert life.state == "determined"
    assert Step.objects.get(act="determine").office == "subdistrict.working_committee"


def test_just_below_the_threshold_the_community_decides(cast: Cast) -> None:
    life = Life(cast, budget="399999.99").evaluated()
    assert refused(life, "determine", cast.working) == ["by"]
    life.act("determine")


@pytest.mark.requirement("S1-46", how="refuses")
def test_somebody_with_a_share_in_the_supplier_stands_aside(life: Life) -> None:
    life.evaluated()
    firm = Organisation.objects.create(name="演示·某公司", kind="supplier")
    Interest.objects.create(
        person=life.cast.secretary,
        kind="shareholding",
        organisation=firm,
        since="2020-01-01",
        declared_by=life.cast.secretary,
        declared_at=life.day,
    )
    name_party(case=life.case, relation="supplier", party=firm, by=life.cast.residents, at=life.day)
    assert refused(life, "determine") == ["apart_from"]
    life.act("determine", life.cast.deputy)


# ── money, needs, to-dos, words ─────────────────────────────────────────────────────────────────────────────────────
def test_determination_takes_the_money_and_stopping_gives_it_back(life: Life) -> None:
    life.filed()
    assert left(place(), 2021) == FULL - 180_000 * YUAN
    life.act("stop", life.cast.working, note="演示·现场不具备条件")
    assert left(place(), 2021) == FULL
    assert Commitment.objects.get().state == "released"


@pytest.mark.requirement("S0-44", how="kept")
def test_a_refused_project_lets_its_need_go_with_the_reason(life: Life) -> None:
    life.evaluated()
    life.act("refuse", note="演示·与在建项目重复")
    assert Link.objects.get().ended_reason == "演示·与在建项目重复"
    assert Passage.objects.get(subject_kind="need").state == "verified"
    assert any("演示·与在建项目重复" in telling.zh for telling in Telling.objects.all())


def test_where_the_subdistrict_ends_it_the_community_gets_the_answer_to_do(life: Life) -> None:
    life.filed()
    life.act("stop", life.cast.working, note="演示")
    duty = Duty.objects.get(source="outcome")
    assert (duty.office, duty.place_id, duty.subject.kind) == ("community.party_committee", place().pk, "need")


def test_word_goes_to_the_offices_the_pack_names(life: Life) -> None:
    life.determined()
    life.fill("filing_form", {"decision": "演示", "evaluation": "演示", "year_money": "演示"})
    life.notice("determination")
    life.act("submit_filing")
    message = Message.objects.get()
    assert (message.office, message.place_id) == ("subdistrict.office", "440305001")
    assert message.zh == "NS-2021-0001 演示·榕树下的长椅：报送备案"
    assert list(messages_for(life.cast.office, life.day.date())) == [message]
    assert list(messages_for(life.cast.secretary, life.day.date())) == []


@pytest.mark.requirement("S0-10", how="due")
def test_a_draft_is_a_to_do_until_it_moves(life: Life) -> None:
    duty = Duty.objects.get(source="state", subject_kind="case")
    assert (duty.office, duty.source_key, duty.due_on, duty.unset) == ("community.party_committee", "draft", None, "fast_lane")
    life.draft()
    life.act("design")
    duty.refresh_from_db()
    assert duty.outcome == "done"


def test_sent_back_both_versions_stay_and_the_gate_reads_the_new_one(life: Life) -> None:
    life.evaluated()
    life.act("send_back", note="演示·补充征求意见")
    assert life.state == "draft"
    voided = Piece.objects.filter(slot="evaluation")
    assert [(piece.version, piece.current, piece.void_reason) for piece in voided] == [(1, False, "演示·补充征求意见")]
    assert refused(life, "design") == ["design_consultation"]
    life.component("design_consultation", "consultation", residents=30)
    life.act("design")
    versions = Piece.objects.filter(slot="design_consultation").order_by("version")
    assert [(piece.version, piece.current) for piece in versions] == [(1, False), (2, True)]


def test_a_form_opens_again_where_it_is_locked_ahead_and_stays_locked_where_that_lies_behind(life: Life) -> None:
    """Returned by the office it was filed with, the filing form is filled in anew; the plan was decided before and stays."""
    life.determined()
    life.fill("filing_form", FILING)
    life.notice("determination")
    life.act("submit_filing")
    with pytest.raises(Refused, match="不在这一步填写"):
        life.fill("filing_form", FILING)
    life.act("return_filing", life.cast.office, note="演示·评议结论要写清楚")
    life.fill("filing_form", {**FILING, "evaluation": "演示·写清楚了"})
    filed = Filling.objects.filter(form="filing_form").order_by("version")
    assert [(form.version, bool(form.locked_at)) for form in filed] == [(1, False), (2, False)]
    with pytest.raises(Refused):
        life.fill("project_plan", life.plan)
    plan = Filling.objects.get(form="project_plan")
    assert (plan.version, bool(plan.locked_at)) == (1, True)


# ── change requests ─────────────────────────────────────────────────────────────────────────────────────────────────
def change(life: Life, budget: str) -> Case:
    child = open_case(
        procedure="project_change",
        place=place(),
        title="演示·增加两张长椅",
        by=life.cast.secretary,
        at=life.later(),
        parent=life.case,
    )
    data = {"what": "演示·增加两张", "why": "演示·居民要求", "project_type": "works", "budget": budget}
    fill_case_form(case=child, form="change_request", data=data, by=life.cast.secretary, at=life.day)
    file_case_evidence(case=child, slot="reasons", kind="document", facts={}, by=life.cast.secretary, at=life.day, summary="演示")
    return child


def test_an_approved_change_makes_a_new_version_of_the_locked_plan(life: Life) -> None:
    life.running()
    child = change(life, "190000")
    life.hand_in("progress", "progress", share_done="1")
    life.notice("implementation")
    with pytest.raises(Refused) as no:
        life.act("finish")
    assert [reason.key for reason in no.value.reasons] == ["case.changes_open"]
    take_act(case=child, act="approve", by=life.cast.office, at=life.later())
    plans = list(Filling.objects.filter(form="project_plan", subject_id=str(life.case.pk)).order_by("version"))
    assert [(plan.version, plan.data["budget"], bool(plan.locked_at)) for plan in plans] == [
        (1, 180_000 * YUAN, True),
        (2, 190_000 * YUAN, True),
    ]
    assert plans[1].amended_by == str(child.subject)
    assert life.fresh().amount_fen == 190_000 * YUAN
    assert left(place(), 2021) == FULL - 190_000 * YUAN
    [amended] = [event for event in events_of(life.case.subject) if event.kind == "case.amended"]
    said = {"code": life.case.code, "by_case": child.code, "form": "project_plan", "version": 2}
    assert (amended.by, amended.data) == (life.cast.office.ref, said)
    life.act("finish")


def test_a_refused_change_changes_nothing_in_the_plan(life: Life) -> None:
    life.running()
    child = change(life, "190000")
    take_act(case=child, act="refuse", by=life.cast.office, at=life.later(), note="演示·没有必要")
    assert life.fresh().amount_fen == 180_000 * YUAN
    assert Filling.objects.filter(form="project_plan").count() == 1
    assert left(place(), 2021) == FULL - 180_000 * YUAN


def test_whoever_asked_for_a_change_does_not_approve_it(life: Life) -> None:
    life.running()
    child = change(life, "190000")
    from linli.records.people.models import OfficeHeld

    OfficeHeld.objects.create(person=life.cast.secretary, office="office", place_id="440305001", since="2020-01-01")
    before = row_counts()
    with pytest.raises(Refused) as no:
        take_act(case=child, act="approve", by=life.cast.secretary, at=life.later())
    assert [reason.key for reason in no.value.reasons] == ["apart_from"]
    assert row_counts() == before


def test_a_change_the_years_money_does_not_cover_is_turned_down_whole(cast: Cast) -> None:
    life = Life(cast, money=185_000).running()
    child = change(life, "190000")
    before = row_counts()
    with pytest.raises(Refused):
        take_act(case=child, act="approve", by=cast.office, at=life.later())
    assert row_counts() == before
    assert life.fresh().amount_fen == 180_000 * YUAN


# ── the emergency path ──────────────────────────────────────────────────────────────────────────────────────────────
def urgent(life: Life) -> None:
    record = {"kind": "emergency", "what": "演示·围墙开裂", "why": "演示·台风将至"}
    record |= {key: life.plan[key] for key in ("project_type", "category", "budget")}
    life.fill("emergency_record", record)
    life.check("scope", "exclusions", "negative")
    life.component("urgent_notice", "notice", shown=[life.day.date().isoformat(), None], objections_open=0, places=1)


@pytest.mark.requirement("S1-19", how="refuses")
def test_done_first_it_is_publicised_at_the_same_time_and_assessed_afterwards(life: Life) -> None:
    assert "published_at_once" in refused(life, "start_first")
    urgent(life)
    life.act("start_first")
    assert (life.state, left(place(), 2021)) == ("urgent_running", FULL - 180_000 * YUAN)
    life.hand_in("progress", "progress", share_done="1")
    life.act("finish_first")
    duties = Duty.objects.filter(source="state", source_key="urgent_done", done_at=None)
    assert {duty.office for duty in duties} == {"community.party_committee", "subdistrict.working_committee"}
    assert "after_assessment" in refused(life, "assess_afterwards", life.cast.deputy)
    life.fill("project_plan", life.plan)
    life.fill("filing_form", {"decision": "演示", "evaluation": "演示", "year_money": "演示"})
    life.hand_in("after_assessment", "document")
    life.hand_in("contract", "contract", amount="170000")
    life.later(5)
    assert refused(life, "assess_afterwards") == ["apart_from"]
    life.act("assess_afterwards", life.cast.deputy)
    assert life.state == "finished"
    assert not Duty.objects.filter(source="state", source_key="urgent_done", done_at=None).exists()


def test_what_was_no_emergency_fails_and_gives_the_money_back(life: Life) -> None:
    urgent(life)
    life.act("start_first")
    life.hand_in("progress", "progress", share_done="1")
    life.act("finish_first")
    life.hand_in("after_assessment", "document")
    life.act("find_not_urgent", life.cast.working)
    passage = Passage.objects.get(subject_kind="case")
    assert (passage.state, passage.end) == ("not_urgent", "failed")
    assert left(place(), 2021) == FULL


# ── seeing ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_draft_is_seen_by_its_offices_only_and_a_moving_project_by_everybody(life: Life) -> None:
    today = life.day.date()
    unseen = (None, life.cast.resident, life.cast.stranger)
    seen = (life.cast.secretary, life.cast.residents, life.cast.office, life.cast.civil)
    for viewer in unseen:
        assert not visible_to(viewer, today).exists()
        with pytest.raises(NotFound):
            case_by_code(life.case.code, viewer, today)
    for viewer in seen:
        assert case_by_code(life.case.code, viewer, today) == life.case
        assert list(visible_to(viewer, today)) == [life.case]
    life.draft()
    life.act("design")
    for viewer in unseen:
        assert list(visible_to(viewer, today)) == [life.case]


def test_a_violation_is_never_public(cast: Cast) -> None:
    case = open_case(procedure="violation", place=place(), title="演示", by=officer("office", "440305001"), at=at(2021, 3, 1))
    Passage.objects.update(taken=1)
    assert not visible_to(None, at(2021, 3, 1).date()).exists()
    assert list(visible_to(cast.civil, at(2021, 3, 1).date())) == [case]


def test_lists_are_filtered_by_where_things_stand(life: Life) -> None:
    life.determined()
    today, viewer = life.day.date(), life.cast.office
    for wanted in (
        {"state": "determined"},
        {"stage": "decision"},
        {"type": "works"},
        {"year": 2021},
        {"running": True},
        {"words": "长椅"},
    ):
        assert list(project_list(viewer=viewer, on=today, **wanted)) == [life.case]  # type: ignore[arg-type]
    for other in ({"state": "draft"}, {"type": "goods"}, {"year": 2020}, {"running": False}, {"words": "路灯"}):
        assert not project_list(viewer=viewer, on=today, **other).exists()  # type: ignore[arg-type]
    assert list(project_list(viewer=viewer, on=today, place=place("440305"))) == [life.case]
    assert not project_list(viewer=viewer, on=today, place=place(OTHER)).exists()


def test_a_list_of_many_costs_as_much_as_a_list_of_one(cast: Cast, django_assert_num_queries: object) -> None:
    def opened(number: int) -> None:
        for _ in range(number):
            open_case(procedure="micro_project", place=place(), title="演示", by=cast.secretary, at=at(2021, 3, 1))

    from linli.records.rulebook.selectors import rules_at

    rules_at(place())
    for more in (1, 20):
        opened(more)
        with django_assert_num_queries(3):  # type: ignore[operator]
            page = rows(project_list(viewer=cast.secretary, on=at(2021, 3, 1).date())[:50])
        assert {row.state.title.zh for row in page} == {"拟议"}
    assert len(page) == 21


def test_the_dossier_shows_the_way_and_every_gate_at_a_constant_cost(life: Life, django_assert_max_num_queries: object) -> None:
    life.evaluated()
    with django_assert_max_num_queries(29):  # type: ignore[operator]
        found = dossier(life.case, life.cast.secretary, life.day)
    assert [(act.id, decision.open) for act, decision in found.acts] == [
        ("determine", True),
        ("send_back", True),
        ("refuse", True),
    ]
    ahead = [entry.act for entry in found.timeline if entry.at is None]
    assert ahead[:2] == ["determine", "submit_filing"] and ahead[-1] == "archive"
    assert found.state.title.zh == "已评议"
    with pytest.raises(NotFound):
        dossier(
            open_case(procedure="micro_project", place=place(), title="演示", by=life.cast.secretary, at=life.day), None, life.day
        )


def test_every_step_has_its_sealed_decision(life: Life) -> None:
    life.determined()
    assert DecisionRecord.objects.count() == Step.objects.count()
    assert all(step.decision.verdict == "open" for step in Step.objects.all())
