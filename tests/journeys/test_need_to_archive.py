"""One life, from a resident's words to the archive, under the rules of Nanshan as they stood in 2021.

Every step is taken by the office whose turn it is, through the service that the pages use; every gate is read from
`packs/shenzhen` and `packs/nanshan`. Read it aloud: it is the regulation, acted out. The people are made up (演示).
"""

import pytest

from linli.demonstration.hands import meetings, notices, papers, words
from linli.records.cases.models import Case
from linli.records.cases.selectors import timeline
from linli.records.cases.services import fill_case_form, name_party, open_case
from linli.records.evidence.selectors import filling_history
from linli.records.funds.selectors import commitment_of, left
from linli.records.meetings.services import write_minutes
from linli.records.needs.models import Answer, Need, Telling
from linli.records.needs.services import adopt_need, raise_need, verify_need
from linli.records.notices.services import answer_objection, raise_objection
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import NotAllowed, Refused
from tests.journeys.steps import District, evidence, need_state, on, row_counts, state_of, step, turned_down
from tests.remembered import remembered_class

pytestmark = pytest.mark.django_db

WHAT, WHERE = "巷子里没有路灯，晚上老人出门看不清路", "南头城社区三巷"


@remembered_class
class Life:
    """The project and everybody around it, so that each chapter can go on where the one before it ended."""

    def __init__(self) -> None:
        self.team = District()
        self.wang = self.team.resident("演示·王阿姨")
        self.supplier = self.team.supplier()
        # One member of the council works for the company that would put up the lamps.
        self.tied = self.team.members[2]
        self.team.works_for(self.tied, self.supplier)
        self.need: Need
        self.case: Case


@pytest.fixture
def life(db) -> Life:
    return Life()


@pytest.mark.requirement("S0-46", "S0-53", "S0-54", "S0-64", "S1-18", "S1-21", "S1-29", "S1-49", how="kept")
@pytest.mark.requirement("S0-72", how="kept")
@pytest.mark.requirement("S0-11", "S0-15", "S0-39", "S0-42", "S0-43", "S0-44", "S0-45", "S0-51", how="refuses")
@pytest.mark.requirement("S0-62", "S0-87", "S0-91", "S1-25", "S1-43", "S1-46", how="refuses")
@pytest.mark.requirement("S0-72", how="answered")
def test_a_need_becomes_an_archived_project(life: Life) -> None:
    a_resident_asks(life)
    the_community_looks_and_opens_a_project(life)
    residents_shape_the_design(life)
    it_is_chosen_and_put_to_the_council(life)
    the_council_evaluates(life)
    the_result_hangs_for_everybody_to_see(life)
    it_is_determined(life)
    the_subdistrict_puts_it_on_file(life)
    the_lamps_are_put_up(life)
    residents_accept_and_appraise(life)
    the_money_is_settled_and_the_project_archived(life)
    the_one_who_asked_is_told(life)
    and_everything_can_be_read_again(life)


# --- 1. the need --------------------------------------------------------------------------------------------------------
def a_resident_asks(life: Life) -> None:
    """Monday, from the phone: what, and where. She gets a code at once, and the community owes her an answer."""
    data = words.need(WHAT, WHERE, urgency="small", beneficiaries="600")
    life.need = raise_need(place=life.team.place, data=data, by=life.wang, at=on("2021-03-01", 20))
    assert need_state(life.need) == "raised"
    assert life.need.source == life.wang.ref
    assert Telling.objects.get(need=life.need).kind == "raised"


def the_community_looks_and_opens_a_project(life: Life) -> None:
    """Somebody goes there. Only this community's people may say what they found."""
    team, before = life.team, row_counts()
    with pytest.raises(NotAllowed):
        verify_need(need=life.need, findings="看过了", real=True, by=team.stranger, at=on("2021-03-03"))
    assert row_counts() == before

    verify_need(need=life.need, findings="三巷 120 米无照明，入夜很暗", real=True, by=team.committee, at=on("2021-03-03"))
    assert need_state(life.need) == "verified"

    life.case = open_case(procedure="micro_project", place=team.place, title="三巷路灯", by=team.secretary, at=on("2021-03-08"))
    assert (life.case.code, state_of(life.case)) == ("NS-2021-0001", "draft")
    adopt_need(need=life.need, subject=life.case.subject, by=team.secretary, at=on("2021-03-08"))
    assert need_state(life.need) == "in_project"


# --- 2. design and selection --------------------------------------------------------------------------------------------
def residents_shape_the_design(life: Life) -> None:
    """S1 ¶4.9: residents take part in the design. Without them, and without a plan, it goes no further."""
    team, case = life.team, life.case
    assert turned_down(case, "design", team.secretary, on("2021-03-09")) == ["project_plan", "design_consultation"]

    forum = meetings.call_forum(team, case, at=on("2021-03-09"), held=on("2021-03-12", 19))
    meetings.hold_forum(team, forum, team.residents[5:9], at=on("2021-03-12", 19), opinion="灯光别照进一楼窗户")
    assert evidence(case, "design_consultation") == {"residents": 4}

    papers.fill(
        case, "project_plan", words.plan("安装 18 盏路灯，加灯罩", WHERE, 486_500), by=team.secretary, at=on("2021-03-15")
    )
    assert (case.amount_fen, case.type, case.category) == (48_650_000, "works", "public_facility")
    moved = step(case, "design", team.secretary, on("2021-03-15"))
    assert (state_of(case), moved.act.clause) == ("designed", ("S1 ¶5.1",))


def it_is_chosen_and_put_to_the_council(life: Life) -> None:
    """Selection needs no notice any more (S1 ¶4.3). Then the regulation asks: is this the kind of thing the money is for?"""
    team, case = life.team, life.case
    papers.selection(case, by=team.secretary, at=on("2021-03-17"))
    step(case, "select", team.secretary, on("2021-03-17"))
    assert state_of(case) == "selected"

    papers.answer(case, "scope", words.SCOPE, by=team.secretary, at=on("2021-03-18"))
    papers.answer(case, "negative", {}, by=team.secretary, at=on("2021-03-18"))
    duty_of_the_property_company = words.EXCLUSIONS | {"others_duty": "yes"}
    why = {"others_duty": "巷子在小区红线外，误答"}
    papers.answer(case, "exclusions", duty_of_the_property_company, reasons=why, by=team.secretary, at=on("2021-03-18"))
    assert turned_down(case, "submit_for_evaluation", team.secretary, on("2021-03-18")) == ["exclusions.others_duty"]

    papers.answer(case, "exclusions", words.EXCLUSIONS, by=team.secretary, at=on("2021-03-19"))
    moved = step(case, "submit_for_evaluation", team.secretary, on("2021-03-19"))
    assert (state_of(case), moved.passage.stage) == ("evaluating", "decision")


# --- 3. evaluation ------------------------------------------------------------------------------------------------------
def the_council_evaluates(life: Life) -> None:
    """Twelve have a seat, nine come, one must leave the table: she works for the supplier. Seven hands go up, one does not."""
    team, case = life.team, life.case
    name_party(case=case, relation="supplier", party=life.supplier, by=team.secretary, at=on("2021-03-22"))
    meeting = meetings.call_council(team, case, at=on("2021-03-22"), held=on("2021-03-29", 19), parties=[life.supplier.ref])
    present = team.members[:9]
    meetings.vote(team, meeting, present, against=1, at=on("2021-03-29", 19))
    assert evidence(case, "evaluation") == {
        "quorum_met": True,
        "approve_share": "7/8",
        "recusals_observed": True,
        "minutes_signed": False,
        "held": "2021-03-29",
    }
    # What was voted is not in effect before the minutes are signed, and interests must be stated in writing.
    assert turned_down(case, "evaluate", team.secretary, on("2021-03-30")) == ["evaluation.minutes_signed", "interest_form"]

    said = "同意 7 票，反对 1 票。成员丙任职于供应商，回避。"
    minutes = write_minutes(meeting=meeting, text=said, by=team.secretary, at=on("2021-03-30"))
    meetings.sign(meeting, minutes, [present[0], present[4]], named_by=team.secretary, at=on("2021-03-30", 16))
    tie = {"person": life.tied.name, "interest": "任职于拟采购单位", "recusal": "评议时回避"}
    papers.fill(case, "interest_form", words.interests(tie), by=team.secretary, at=on("2021-03-31"))
    moved = step(case, "evaluate", team.secretary, on("2021-03-31"))
    assert (state_of(case), moved.act.clause) == ("evaluated", ("S0 §4.4.1", "S0 §5.5", "S1 ¶4.9"))


def the_result_hangs_for_everybody_to_see(life: Life) -> None:
    """The notice of 8 April: the first day does not count, the weekend does not count, the running day is not whole yet."""
    team, case = life.team, life.case
    notice = notices.publicise(case, "evaluation", by=team.secretary, at=on("2021-04-08"))
    notices.post(notice, "三巷口宣传栏", by=team.secretary, at=on("2021-04-08", 11))
    assert notice.ends_on.isoformat() == "2021-04-15"  # 9, 12, 13, 14, 15 April: five whole working days

    objection = raise_objection(notice=notice, text="灯杆挡住我家的门", at=on("2021-04-13", 21))
    assert turned_down(case, "determine", team.secretary, on("2021-04-15")) == [
        "publicity.evaluation",
        "publicity.evaluation.objections",
    ]
    # The time is up on the 16th, but an objection without an answer still holds the gate.
    assert turned_down(case, "determine", team.secretary, on("2021-04-16")) == ["publicity.evaluation.objections"]
    answer_objection(
        objection=objection, verdict="upheld", reason="已把 6 号灯杆移开 3 米。", by=team.committee, at=on("2021-04-16", 11)
    )
    assert evidence(case, "evaluation_notice") == {
        "shown": ["2021-04-08", None],
        "places": 1,
        "objections_open": 0,
        "objections_late": 0,
        "answered_by_author": 0,
    }


# --- 4. determination ---------------------------------------------------------------------------------------------------
def it_is_determined(life: Life) -> None:
    """Evaluation, preliminary budget and the year's money: all three (S0 §4.4.2). Then the plan is locked."""
    team, case = life.team, life.case
    assert turned_down(case, "determine", team.committee, on("2021-04-16", 15)) == ["by"]  # it assists, the Party committee leads
    assert left(team.place, 2021) == 200_000_000

    moved = step(case, "determine", team.secretary, on("2021-04-16", 16))
    assert state_of(case) == "determined"
    assert moved.act.clause == ("S0 §4.4.2", "S0 §5.5", "S1 ¶4.5", "S1 ¶6.4")
    assert moved.passage.frozen["decision"]["on"] == "2021-03-19"  # judged by the rules of the day the stage began
    assert commitment_of(case.subject).amount_fen == 48_650_000
    assert left(team.place, 2021) == 151_350_000

    before = row_counts()
    with pytest.raises(Refused):
        fill_case_form(
            case=case, form="project_plan", data=words.plan("多装 5 盏", WHERE, 499_000), by=team.secretary, at=on("2021-04-19")
        )
    assert row_counts() == before
    assert [each.locked_at is not None for each in filling_history(case.subject, "project_plan")] == [True]


# --- 5. filing ----------------------------------------------------------------------------------------------------------
def the_subdistrict_puts_it_on_file(life: Life) -> None:
    """What was determined hangs again; then the filing form goes up to the subdistrict office, which is somebody else."""
    team, case = life.team, life.case
    notices.publicise(case, "determination", by=team.secretary, at=on("2021-04-19"))
    assert turned_down(case, "submit_filing", team.secretary, on("2021-04-23")) == ["filing_form", "publicity.determination"]

    papers.fill(case, "filing_form", words.filing(case.title, "7/8"), by=team.secretary, at=on("2021-04-25"))
    # 24 and 25 April: a weekend, but the 25th was worked for the May holiday, so five days are over on the 26th.
    step(case, "submit_filing", team.secretary, on("2021-04-26"))
    assert state_of(case) == "filing"
    assert turned_down(case, "accept_filing", team.secretary, on("2021-04-27")) == ["by", "apart_from"]
    moved = step(case, "accept_filing", team.office, on("2021-04-28"))
    assert (state_of(case), moved.act.clause) == ("filed", ("S0 §4.3.3",))


# --- 6. the work --------------------------------------------------------------------------------------------------------
def the_lamps_are_put_up(life: Life) -> None:
    """No contract above what was determined; no end before the work is whole and everybody could see it."""
    team, case = life.team, life.case
    papers.contract(case, 492_000, by=team.secretary, at=on("2021-05-06"))
    assert turned_down(case, "start", team.secretary, on("2021-05-06")) == ["contract.amount"]
    papers.contract(case, 479_200, by=team.secretary, at=on("2021-05-07"))
    step(case, "start", team.secretary, on("2021-05-08"))
    assert state_of(case) == "running"

    papers.progress(case, "9/10", by=team.secretary, at=on("2021-06-01"))
    assert turned_down(case, "finish", team.secretary, on("2021-06-01")) == ["progress.share_done", "publicity.implementation"]
    notices.publicise(case, "implementation", by=team.secretary, at=on("2021-06-02"))
    papers.progress(case, "1", by=team.secretary, at=on("2021-06-09"))
    step(case, "finish", team.secretary, on("2021-06-10"))
    assert state_of(case) == "finished"


# --- 7. acceptance and appraisal ----------------------------------------------------------------------------------------
def residents_accept_and_appraise(life: Life) -> None:
    """Residents are there when it is accepted, and residents say afterwards whether it was worth it."""
    team, case = life.team, life.case
    papers.acceptance(case, residents=1, by=team.secretary, at=on("2021-06-15"))
    assert turned_down(case, "accept", team.secretary, on("2021-06-15")) == ["acceptance_residents"]
    papers.acceptance(case, residents=3, by=team.secretary, at=on("2021-06-17"))
    moved = step(case, "accept", team.secretary, on("2021-06-17"))
    assert (state_of(case), moved.act.clause) == ("accepted", ("S0 §5.5", "S1 ¶7.1"))

    notices.publicise(case, "acceptance", by=team.secretary, at=on("2021-06-18"))
    papers.satisfaction(case, respondents=86, by=team.secretary, at=on("2021-06-28"))
    step(case, "appraise", team.secretary, on("2021-06-28"))
    assert state_of(case) == "appraised"


# --- 8. money and archive -----------------------------------------------------------------------------------------------
def the_money_is_settled_and_the_project_archived(life: Life) -> None:
    team, case = life.team, life.case
    papers.settlement(case, 478_900, by=team.secretary, at=on("2021-07-05"))
    step(case, "settle", team.secretary, on("2021-07-05"))
    notices.publicise(case, "fund_use", by=team.secretary, at=on("2021-07-06"))
    assert turned_down(case, "archive", team.secretary, on("2021-07-09")) == [
        "project_archive.needs",
        "project_archive.decision",
        "project_archive.notices",
        "project_archive.interests",
        "publicity.fund_use",
    ]
    papers.answer(case, "project_archive", words.ARCHIVE, by=team.secretary, at=on("2021-07-14"))
    moved = step(case, "archive", team.secretary, on("2021-07-14"))
    assert (state_of(case), moved.passage.end) == ("archived", "done")
    assert moved.act.clause == ("S0 §11.2",)


# --- 9. the answer ------------------------------------------------------------------------------------------------------
def the_one_who_asked_is_told(life: Life) -> None:
    """Nobody has to ask what became of it: the need is closed with a reason, and 王阿姨 has heard every turn of it."""
    assert need_state(life.need) == "solved"
    assert Answer.objects.get(need=life.need).verdict == "solved"
    told = [each.kind for each in Telling.objects.filter(need=life.need)]
    assert told == ["raised", "adopted", "progress", "outcome", "answered"]


def and_everything_can_be_read_again(life: Life) -> None:
    """Thirteen acts, each with its clause and its sealed decision, in the order in which they were taken."""
    entries = timeline(life.case)
    assert [entry.act for entry in entries] == [
        "design",
        "select",
        "submit_for_evaluation",
        "evaluate",
        "determine",
        "submit_filing",
        "accept_filing",
        "start",
        "finish",
        "accept",
        "appraise",
        "settle",
        "archive",
    ]
    assert all(entry.clause and len(entry.decision) == 64 for entry in entries)
    sealed = events_of(life.case.subject).filter(kind="case.act_taken")
    assert [event.decision for event in sealed] == [entry.decision for entry in entries]
