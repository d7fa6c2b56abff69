"""Evidence filed by hand into a case, held to what was decided by it, and taken out of account again."""

import pytest

from linli.records.cases.services import file_case_evidence, take_act, void_case_evidence
from linli.records.duties.models import Duty
from linli.records.duties.services import open_duty
from linli.records.evidence.models import Piece
from linli.records.evidence.selectors import pieces
from linli.records.people.models import Person
from linli.records.rulebook.models import Passage, Step
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from linli.rules.plain.texts import Text
from tests.records.cases.life import YUAN, Life
from tests.records.rulebook.world import row_counts

pytestmark = pytest.mark.django_db


def test_a_limit_an_act_was_decided_by_holds_for_what_is_filed_afterwards(life: Life) -> None:
    """The project was begun with a contract of 175,000 within its 180,000: no later contract passes them."""
    life.running()
    before = row_counts()
    with pytest.raises(Refused, match="原来的不变") as no:
        life.hand_in("contract", "contract", amount=180_001 * YUAN)
    assert [(reason.key, reason.outcome) for reason in no.value.reasons] == [("contract.amount", "refused")]  # type: ignore[attr-defined]
    assert row_counts() == before
    assert pieces(life.case.subject)["contract"].facts == {"amount": 175_000 * YUAN}
    life.hand_in("contract", "contract", amount=180_000 * YUAN)
    assert pieces(life.case.subject)["contract"].facts == {"amount": 180_000 * YUAN}


def test_what_is_owed_about_a_case_is_settled_by_the_paper_it_asks_for(life: Life) -> None:
    duty = open_duty(
        office="community.party_committee",
        place=life.case.place,
        subject=life.case.subject,
        title=Text("交合同", "File the contract"),
        clause="open",
        due_on=None,
        source="演示",
        key="1",
        at=life.day,
        done_by=("evidence", "contract"),
    )
    life.hand_in("contract", "contract", amount=1)
    assert Duty.objects.get(pk=duty.pk).outcome == "done"


def test_the_papers_of_a_matter_that_has_ended_are_not_changed_any_more(life: Life) -> None:
    life.draft()
    life.hand_in("contract", "contract", amount=1)
    life.act("withdraw", note="演示")
    before = row_counts()
    with pytest.raises(Refused, match="已经办结"):
        life.hand_in("contract", "contract", amount=2)
    with pytest.raises(Refused, match="已经办结"):
        void(life)
    assert row_counts() == before


def void(life: Life, slot: str = "contract", *, by: Person | None = None, reason: str = "演示·填错了") -> int:
    return void_case_evidence(case=life.case, slot=slot, reason=reason, by=by or life.cast.secretary, at=life.day)


def test_what_was_filed_by_hand_is_taken_out_of_account_with_a_reason_and_stays_readable(life: Life) -> None:
    life.hand_in("contract", "contract", amount=1)
    assert void(life) == 1
    assert "contract" not in pieces(life.case.subject)
    assert [(piece.current, piece.void_reason) for piece in Piece.objects.filter(slot="contract")] == [(False, "演示·填错了")]
    with pytest.raises(NotFound):
        void(life)


def test_what_others_filed_or_a_component_keeps_is_not_taken_out_by_hand(life: Life) -> None:
    life.draft()
    life.hand_in("contract", "contract", amount=1)
    before = row_counts()
    with pytest.raises(NotAllowed):
        void(life, by=life.cast.stranger)
    with pytest.raises(Invalid):
        void(life, reason=" ")
    with pytest.raises(Refused, match="自动归集"):
        void(life, "design_consultation")
    assert row_counts() == before


def test_a_paper_says_something(life: Life) -> None:
    with pytest.raises(Invalid):
        file_case_evidence(
            case=life.case, slot="selection", kind="document", facts={}, by=life.cast.secretary, at=life.day, summary=" "
        )


def test_a_refused_act_leaves_no_step(life: Life) -> None:
    with pytest.raises(Refused):
        take_act(case=life.case, act="determine", by=life.cast.secretary, at=life.day)
    assert (Step.objects.filter(passage=life.case.passage).count(), Passage.objects.get(pk=life.case.passage_id).taken) == (0, 0)


def test_only_an_act_that_reports_to_the_year_leaves_something_there(life: Life) -> None:
    life.draft()
    life.act("design")
    assert not Piece.objects.filter(subject_kind="place_year", kind="outcome").exists()
