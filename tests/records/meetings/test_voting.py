"""Votes by hand: who counts, who may not, and what the gate then sees."""

from datetime import date

import pytest

from linli.records.evidence.selectors import piece_history, pieces
from linli.records.meetings import services
from linli.records.meetings.models import Recusal, Voice
from linli.records.people.models import Interest
from linli.rules.plain.refusals import Invalid, Refused
from tests.records.meetings.world import CASE, HELD, LATER, SLOT, Council, at, set_value
from tests.records.people import world as people
from tests.records.rulebook.world import row_counts


def filed() -> dict[str, object]:
    return pieces(CASE)[SLOT].facts


@pytest.mark.requirement("S0-43", how="kept")
@pytest.mark.requirement("S0-69", how="kept")
def test_a_hand_vote_is_kept_with_its_whole_reckoning(council: Council) -> None:
    result = council.voted(9, 7, 1, 1).result
    assert (result["entitled"], result["present"], result["for"], result["against"], result["abstain"]) == (12, 9, 7, 1, 1)
    assert (result["approve_share"], result["for_share_of_entitled"], result["method"]) == ("7/9", "7/12", "count")
    assert result["decides"]["share"] == "2/3"
    assert result["decides"]["answer"] == "yes"


def test_the_gate_sees_a_quorum_that_is_not_set_as_not_known(council: Council) -> None:
    council.voted(12, 12)
    assert filed() == {
        "quorum_met": None,
        "approve_share": "1/1",
        "recusals_observed": True,
        "minutes_signed": False,
        "held": "2021-04-15",
    }


@pytest.mark.parametrize(("present", "met"), [(5, False), (6, True), (7, True)])
def test_exactly_half_of_the_members_make_a_quorum_of_one_half(council: Council, present: int, met: bool) -> None:
    set_value(council.cast.civil, "council_quorum", "1/2", since=date(2021, 1, 4))
    council.voted(present, present)
    assert filed()["quorum_met"] is met


def test_a_quorum_set_for_later_days_does_not_reach_a_meeting_called_before(council: Council) -> None:
    _meeting, item = council.open(12)
    set_value(council.cast.civil, "council_quorum", "1/2", since=date(2021, 4, 9))
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    voted = services.count_votes(motion=motion, in_favour=12, against=0, abstain=0, by=council.host, at=HELD)
    assert voted.result["quorum"]["answer"] == "unset"


def test_before_the_vote_the_slot_is_empty(council: Council) -> None:
    _, item = council.open(9)
    services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    assert SLOT not in pieces(CASE)


def test_more_hands_than_people_are_refused(council: Council) -> None:
    _, item = council.open(9)
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    before = row_counts()
    with pytest.raises(Refused, match="多于可以表决的 9 人"):
        services.count_votes(motion=motion, in_favour=9, against=1, abstain=0, by=council.host, at=HELD)
    with pytest.raises(Invalid):
        services.count_votes(motion=motion, in_favour=-1, against=0, abstain=0, by=council.host, at=HELD)
    assert row_counts() == before


def test_a_known_interest_leaves_both_counts_of_that_item(council: Council) -> None:
    council.works_for_supplier(council.members[0])
    motion = council.voted(9, 8, parties=(council.supplier.ref,))
    result = motion.result
    assert (result["entitled"], result["present"], result["recused_entitled"], result["recused_present"]) == (11, 8, 1, 1)
    recusal = Recusal.objects.get()
    assert (recusal.person, recusal.source, result["recused"]) == (council.members[0], "known", [recusal.ref])
    assert filed()["recusals_observed"] is True


def test_the_recused_vote_is_one_too_many(council: Council) -> None:
    council.works_for_supplier(council.members[0])
    _, item = council.open(9, parties=(council.supplier.ref,))
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    with pytest.raises(Refused, match="多于可以表决的 8 人"):
        services.count_votes(motion=motion, in_favour=9, against=0, abstain=0, by=council.host, at=HELD)


def test_a_recused_person_cannot_answer_a_roll_call_and_then_nobody_has(council: Council) -> None:
    _meeting, item = council.open(9)
    services.declare_interest(item=item, person=council.members[2], reason="本人住在楼下", by=council.members[2], at=HELD)
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    before = row_counts()
    with pytest.raises(Refused, match="应当回避"):
        services.roll_call(motion=motion, answers=dict.fromkeys(council.members[:9], "for"), by=council.host, at=HELD)
    assert row_counts() == before
    others = [member for member in council.members[:9] if member != council.members[2]]
    voted = services.roll_call(motion=motion, answers=dict.fromkeys(others, "for"), by=council.host, at=HELD)
    assert (voted.result["approve_share"], voted.result["method"], Voice.objects.count()) == ("1/1", "roll_call", 8)


def test_kin_on_either_side_is_known(council: Council) -> None:
    proposer = people.person("演示·提议人")
    council.works_for_supplier(council.members[5])
    Interest.objects.create(
        person=proposer,
        kind="kin",
        other_person=council.members[1],
        since=date(2000, 1, 1),
        declared_by=proposer,
        declared_at=HELD,
    )
    council.call(parties=(proposer.ref, council.members[3].ref))
    assert {recusal.person for recusal in Recusal.objects.all()} == {council.members[1], council.members[3]}


def test_an_interest_that_is_over_does_not_count(council: Council) -> None:
    interest = council.works_for_supplier(council.members[0])
    interest.until = date(2020, 12, 31)
    interest.save()
    council.call(parties=(council.supplier.ref,))
    assert not Recusal.objects.exists()


def test_an_interest_that_comes_out_after_the_vote_undoes_its_standing(council: Council) -> None:
    motion = council.voted(9, 9)
    assert filed()["recusals_observed"] is True
    services.declare_interest(item=motion.item, person=council.members[0], reason="亲属承接", by=council.host, at=HELD)
    assert filed()["recusals_observed"] is False
    services.void_vote(motion=motion, reason="有人应回避未回避", by=council.host, at=HELD)
    assert SLOT not in pieces(CASE)
    again = services.put_motion(item=motion.item, text="同意", by=council.host, at=HELD)
    services.count_votes(motion=again, in_favour=8, against=0, abstain=0, by=council.host, at=HELD)
    assert (filed()["recusals_observed"], filed()["approve_share"]) == (True, "1/1")
    assert piece_history(CASE, SLOT).count() == 3


def test_those_not_present_or_not_entitled_have_no_voice(council: Council) -> None:
    meeting, item = council.open(3)
    guest = people.person()
    services.invite(meeting=meeting, person=guest, by=council.host, at=HELD)
    services.mark_attendance(meeting=meeting, person=guest, by=council.host, at=HELD)
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    for nobody in (guest, council.members[11]):
        with pytest.raises(Refused, match="没有到会或没有表决权"):
            services.roll_call(motion=motion, answers={nobody: "for"}, by=council.host, at=HELD)
    assert not Voice.objects.exists()


def test_one_motion_decides_and_it_is_voted_on_once(council: Council) -> None:
    motion = council.voted(9, 9)
    with pytest.raises(Refused, match="待决"):
        services.put_motion(item=motion.item, text="再议", by=council.host, at=HELD)
    with pytest.raises(Refused, match="已经表决过"):
        services.count_votes(motion=motion, in_favour=1, against=0, abstain=0, by=council.host, at=HELD)
    assert services.put_motion(item=motion.item, text="推迟", decides=False, by=council.host, at=HELD).number == 2


def test_a_later_meeting_speaks_instead_of_an_earlier_one(council: Council) -> None:
    first = council.voted(9, 9)
    second = council.voted(12, 6, 6)
    assert filed()["approve_share"] == "1/2"
    services.close_meeting(meeting=first.item.meeting, by=council.host, at=LATER)
    assert filed()["approve_share"] == "1/2"
    assert second.item.meeting_id != first.item.meeting_id


def test_someone_who_left_is_no_longer_present(council: Council) -> None:
    meeting, item = council.open(9)
    services.mark_attendance(meeting=meeting, person=council.members[0], present=False, by=council.host, at=HELD)
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    voted = services.count_votes(motion=motion, in_favour=8, against=0, abstain=0, by=council.host, at=HELD)
    assert voted.result["present"] == 8


def test_nothing_is_voted_on_once_the_meeting_is_over(council: Council) -> None:
    meeting, item = council.open(9)
    motion = services.put_motion(item=item, text="同意", by=council.host, at=HELD)
    services.close_meeting(meeting=meeting, by=council.host, at=HELD)
    with pytest.raises(Refused, match="已经结束"):
        services.count_votes(motion=motion, in_favour=9, against=0, abstain=0, by=council.host, at=at(2021, 4, 16))
