"""What a meeting does is sealed by whoever does it, and only while the meeting stands where it can be done."""

from collections.abc import Callable
from datetime import date

import pytest

from linli.records.meetings import services
from linli.records.meetings.models import Meeting, Motion
from linli.records.meetings.selectors import locked_minutes, minutes_of
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.meetings.world import HELD, LATER, Council
from tests.records.people import world as people
from tests.records.rulebook.world import row_counts

OWNER = "community.residents_committee"
Line = tuple[str, str, dict[str, object]]


def sealed(meeting: Meeting, *kinds: str) -> list[Line]:
    """Kind (without `meeting.`), who, and what was said openly: a personal field stands as a commitment."""
    found = sorted(events_of(meeting.subject), key=lambda event: event.pk)
    lines = [(event.kind.removeprefix("meeting."), event.by, event.data) for event in found]
    return [
        (kind, by, {name: said for name, said in data.items() if not isinstance(said, dict) or "commitment" not in said})
        for kind, by, data in lines
        if kind in kinds
    ]


def put(council: Council, present: int = 9) -> Motion:
    _, item = council.open(present)
    return services.put_motion(item=item, text=" 同意实施 ", by=council.host, at=HELD)


def count(motion: Motion, council: Council, in_favour: int = 9) -> Motion:
    return services.count_votes(motion=motion, in_favour=in_favour, against=0, abstain=0, by=council.host, at=HELD)


# ── votes ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_motion_its_vote_and_its_voiding_are_sealed_with_the_whole_reckoning(council: Council) -> None:
    motion = count(put(council), council)
    services.void_vote(motion=motion, reason=" 清点有误 ", by=council.host, at=HELD)
    host = council.host.ref
    assert sealed(motion.item.meeting, "motion_put", "motion_voted", "vote_voided") == [
        ("motion_put", host, {"item": 1, "motion": 1, "text": "同意实施", "decides": True}),
        ("motion_voted", host, {"item": 1, "motion": 1, "result": motion.result}),
        ("vote_voided", host, {"item": 1, "motion": 1, "reason": "清点有误"}),
    ]


def test_a_vote_is_set_aside_once(council: Council) -> None:
    motion = services.void_vote(motion=count(put(council), council), reason="清点有误", by=council.host, at=HELD)
    before = row_counts()
    with pytest.raises(Refused, match="已经作废"):
        services.void_vote(motion=motion, reason="改口", by=council.host, at=HELD)
    motion.refresh_from_db()
    assert (row_counts(), motion.void_reason) == (before, "清点有误")


def test_an_interest_known_since_the_call_still_leaves_the_count(council: Council) -> None:
    _, item = council.open(9, parties=(council.supplier.ref,))
    motion = services.put_motion(item=item, text="同意实施", by=council.host, at=HELD)
    council.works_for_supplier(council.members[0])
    voted = count(motion, council, 8)
    assert (voted.result["entitled"], voted.result["present"], voted.result["recused_present"]) == (11, 8, 1)


def test_a_name_is_called_to_be_for_against_or_abstaining_and_nothing_else(council: Council) -> None:
    motion = put(council)
    before = row_counts()
    with pytest.raises(Invalid):
        services.roll_call(motion=motion, answers={council.members[0]: "maybe"}, by=council.host, at=HELD)
    assert row_counts() == before


Act = Callable[[Council, Meeting, Motion], object]
WHILE_IT_LASTS: dict[str, Act] = {
    "a motion": lambda c, m, _: services.put_motion(item=m.items.get(), text="再议", by=c.host, at=LATER, decides=False),
    "a vote": lambda c, _, motion: count(motion, c),
    "a voiding": lambda c, _, motion: services.void_vote(motion=motion, reason="晚了", by=c.host, at=LATER),
}


@pytest.mark.parametrize("act", WHILE_IT_LASTS.values(), ids=WHILE_IT_LASTS.keys())
def test_nothing_is_voted_once_the_meeting_is_closed(council: Council, act: Act) -> None:
    motion = put(council)
    meeting = motion.item.meeting
    services.close_meeting(meeting=meeting, by=council.host, at=HELD)
    before = row_counts()
    with pytest.raises(Refused):
        act(council, meeting, motion)
    assert row_counts() == before


BEFORE_IT_BEGINS: dict[str, Act] = {
    "an opinion": lambda c, m, _: services.record_opinion(
        meeting=m, topic="路灯", text="装", owner=OWNER, speaker_name="演示", by=c.host, at=LATER
    ),
    "minutes": lambda c, m, _: services.write_minutes(meeting=m, text="演示", by=c.host, at=LATER),
    "a signatory": lambda c, m, _: services.name_signatory(meeting=m, person=c.members[0], role="attendee", by=c.host, at=LATER),
}


@pytest.mark.parametrize("act", BEFORE_IT_BEGINS.values(), ids=BEFORE_IT_BEGINS.keys())
def test_nothing_is_written_of_a_meeting_that_has_not_begun(council: Council, act: Act) -> None:
    meeting = council.call()
    before = row_counts()
    with pytest.raises(Refused):
        act(council, meeting, Motion())
    assert row_counts() == before


# ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def signed(council: Council) -> Meeting:
    meeting = count(put(council), council).item.meeting
    services.write_minutes(meeting=meeting, text="演示：同意。", by=council.host, at=HELD)
    services.close_meeting(meeting=meeting, by=council.host, at=HELD)
    services.name_signatory(meeting=meeting, person=council.members[0], role="chair", by=council.host, at=LATER)
    digest = minutes_of(meeting).digest  # type: ignore[union-attr]
    services.sign_minutes(meeting=meeting, digest=digest, by=council.members[0], at=LATER, dissent="本人反对")
    services.add_annex(meeting=meeting, text="附说明", by=council.host, at=LATER)
    return meeting


def test_minutes_are_sealed_from_the_first_word_to_the_last_signature(council: Council) -> None:
    meeting = signed(council)
    locked = locked_minutes(meeting)
    assert locked is not None
    version, first = {"version": 1, "digest": locked.digest}, council.members[0]
    annex = {"version": 1, "digest": locked.annexes.get().digest}
    assert sealed(meeting, "minutes_written", "signatory_named", "minutes_signed", "minutes_locked", "annex_added", "motion_put")[
        1:
    ] == [
        ("minutes_written", council.host.ref, version),
        ("signatory_named", council.host.ref, {"person": first.ref, "role": "chair"}),
        ("minutes_signed", first.ref, version),
        ("minutes_locked", first.ref, {**version, "signatures": 1, "needed": 1}),
        ("annex_added", council.host.ref, annex),
    ]


def test_once_locked_nobody_is_named_any_more_and_a_role_is_one_of_those_known(council: Council) -> None:
    meeting, last = signed(council), council.members[1]
    before = row_counts()
    with pytest.raises(Refused, match="会签锁定"):
        services.name_signatory(meeting=meeting, person=last, role="attendee", by=council.host, at=LATER)
    assert row_counts() == before


def test_a_signatory_signs_as_something_the_house_knows(council: Council) -> None:
    meeting, _ = council.open(3)
    before = row_counts()
    with pytest.raises(Invalid) as wrong:
        services.name_signatory(meeting=meeting, person=council.members[0], role="king", by=council.host, at=HELD)
    assert (set(wrong.value.fields), row_counts()) == ({"role"}, before)


# ── opinions and interests ──────────────────────────────────────────────────────────────────────────────────────────
def test_an_opinion_and_its_answer_are_sealed_and_kept(council: Council) -> None:
    meeting, _ = council.open(3)
    opinion = services.record_opinion(
        meeting=meeting,
        topic="路灯",
        text="三栋门口也要装",
        owner=OWNER,
        speaker_name="演示·王阿姨",
        due_on=date(2021, 4, 22),
        by=council.host,
        at=HELD,
    )
    clerk = council.cast.residents
    services.answer_opinion(opinion=opinion, verdict="采纳", reply="一并安装。", by=clerk, at=LATER)
    opinion.refresh_from_db()
    assert (opinion.verdict, opinion.reply, opinion.replied_at, opinion.replied_by) == ("采纳", "一并安装。", LATER, clerk)
    assert sealed(meeting, "opinion_recorded", "opinion_answered") == [
        ("opinion_recorded", council.host.ref, {"number": 1, "owner": OWNER, "due_on": "2021-04-22"}),
        ("opinion_answered", clerk.ref, {"number": 1, "verdict": "采纳"}),
    ]


def test_an_answer_is_given_once(council: Council) -> None:
    meeting, _ = council.open(3)
    said = {"topic": "路灯", "text": "装", "owner": OWNER, "speaker_name": "演示"}
    opinion = services.record_opinion(meeting=meeting, by=council.host, at=HELD, **said)  # type: ignore[arg-type]
    clerk = council.cast.residents
    services.answer_opinion(opinion=opinion, verdict="采纳", reply="好", by=clerk, at=LATER)
    before = row_counts()
    with pytest.raises(Refused, match="已经答复"):
        services.answer_opinion(opinion=opinion, verdict="不采纳", reply="不", by=clerk, at=LATER)
    opinion.refresh_from_db()
    assert (row_counts(), opinion.verdict) == (before, "采纳")


def test_only_who_was_called_or_who_keeps_the_meeting_declares_an_interest_in_an_item(council: Council) -> None:
    _, item = council.open(3)
    before = row_counts()
    with pytest.raises(NotAllowed):
        services.declare_interest(item=item, person=council.members[0], reason="演示", by=people.person("演示·路人"), at=HELD)
    with pytest.raises(NotFound):
        services.declare_interest(item=item, person=people.person("演示·没请来"), reason="演示", by=council.host, at=HELD)
    assert {**row_counts(), "people.Person": 0} == {**before, "people.Person": 0}
    services.declare_interest(item=item, person=council.members[0], reason="演示", by=council.members[0], at=HELD)
    [recused] = sealed(item.meeting, "person_recused")
    assert recused == (
        "person_recused",
        council.members[0].ref,
        {"item": 1, "person": council.members[0].ref, "source": "declared"},
    )
