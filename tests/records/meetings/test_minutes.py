"""Minutes: no decision takes effect before they are countersigned, and nobody edits them afterwards."""

import pytest

from linli.records.evidence.selectors import pieces
from linli.records.meetings import selectors, services
from linli.records.meetings.models import Meeting
from linli.rules.plain.refusals import NotAllowed, NotFound, Refused
from tests.records.meetings.world import CASE, HELD, LATER, SLOT, Council
from tests.records.people import world as people
from tests.records.rulebook.world import row_counts


def decided(council: Council, **calling) -> Meeting:
    motion = council.voted(9, 9, **calling)
    services.write_minutes(meeting=motion.item.meeting, text="演示:同意实施路灯项目。", by=council.host, at=HELD)
    return services.close_meeting(meeting=motion.item.meeting, by=council.host, at=HELD)


def name(council: Council, meeting: Meeting, *members: int) -> None:
    for role, number in zip(("chair", "secretary", "attendee"), members, strict=False):
        services.name_signatory(meeting=meeting, person=council.members[number], role=role, by=council.host, at=LATER)


def sign(council: Council, meeting: Meeting, member: int, dissent: str = "") -> None:
    digest = selectors.minutes_of(meeting).digest
    services.sign_minutes(meeting=meeting, digest=digest, by=council.members[member], at=LATER, dissent=dissent)


def test_signed_only_when_the_last_of_those_named_has_signed(council: Council) -> None:
    meeting = decided(council)
    name(council, meeting, 0, 1, 2)
    for member in (0, 1):
        sign(council, meeting, member)
        assert pieces(CASE)[SLOT].facts["minutes_signed"] is False
    sign(council, meeting, 2, dissent="本人反对")
    assert pieces(CASE)[SLOT].facts["minutes_signed"] is True
    locked = selectors.locked_minutes(meeting)
    assert (locked.needed["by"], locked.needed["count"], locked.signatures.count()) == ("named", 3, 3)


def test_others_present_may_sign_but_do_not_stand_in_for_those_named(council: Council) -> None:
    meeting = decided(council)
    name(council, meeting, 0, 1)
    for member in (2, 3, 4):
        sign(council, meeting, member)
    assert selectors.locked_minutes(meeting) is None


def test_with_nobody_named_and_no_number_set_they_stay_open(council: Council) -> None:
    meeting = decided(council)
    sign(council, meeting, 0)
    assert selectors.signatures_needed(meeting).count == 0
    assert selectors.locked_minutes(meeting) is None


def test_a_number_set_by_the_place_is_enough(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = decided(council)
    needed = selectors.Needed(2, "parameter")
    monkeypatch.setattr("linli.records.meetings.services.minutes.signatures_needed", lambda meeting: needed)
    sign(council, meeting, 3)
    assert selectors.locked_minutes(meeting) is None
    sign(council, meeting, 4)
    assert selectors.locked_minutes(meeting).version == 1


def test_nobody_signs_twice_or_without_having_been_there(council: Council) -> None:
    meeting = decided(council)
    name(council, meeting, 0, 1)
    sign(council, meeting, 0)
    before = row_counts()
    with pytest.raises(Refused, match="已经签过"):
        sign(council, meeting, 0)
    with pytest.raises(NotAllowed):
        sign(council, meeting, 11)
    with pytest.raises(Refused, match="没有到会"):
        services.name_signatory(meeting=meeting, person=council.members[11], role="chair", by=council.host, at=LATER)
    with pytest.raises(NotFound):
        services.name_signatory(meeting=meeting, person=people.person(), role="chair", by=council.host, at=LATER)
    assert {**row_counts(), "people.Person": 0} == {**before, "people.Person": 0}


def test_a_changed_text_starts_without_signatures(council: Council) -> None:
    meeting = decided(council)
    name(council, meeting, 0, 1)
    old = selectors.minutes_of(meeting).digest
    sign(council, meeting, 0)
    services.write_minutes(meeting=meeting, text="演示:同意实施，另加长椅。", by=council.host, at=LATER)
    with pytest.raises(Refused, match="已经改动"):
        services.sign_minutes(meeting=meeting, digest=old, by=council.members[1], at=LATER)
    sign(council, meeting, 1)
    assert selectors.locked_minutes(meeting) is None
    sign(council, meeting, 0)
    assert selectors.locked_minutes(meeting).version == 2


def test_locked_minutes_take_no_new_text_only_an_annex(council: Council) -> None:
    meeting = decided(council)
    name(council, meeting, 0, 1)
    with pytest.raises(Refused, match="还没有锁定"):
        services.add_annex(meeting=meeting, text="更正", by=council.host, at=LATER)
    sign(council, meeting, 0)
    sign(council, meeting, 1)
    before = row_counts()
    with pytest.raises(Refused, match="不能再改"):
        services.write_minutes(meeting=meeting, text="改成反对", by=council.host, at=LATER)
    with pytest.raises(Refused, match="不能再改"):
        sign(council, meeting, 2)
    assert row_counts() == before
    services.add_annex(meeting=meeting, text="路灯位置有笔误", by=council.host, at=LATER)
    assert selectors.locked_minutes(meeting).annexes.get().text == "路灯位置有笔误"


def test_nobody_signs_before_the_meeting_is_over(council: Council) -> None:
    meeting, _ = council.open(9)
    minutes = services.write_minutes(meeting=meeting, text="演示", by=council.host, at=HELD)
    with pytest.raises(Refused, match="还没有结束"):
        services.sign_minutes(meeting=meeting, digest=minutes.digest, by=council.members[0], at=HELD)


@pytest.mark.requirement("S0-66", how="kept")
def test_a_consultation_counts_the_residents_who_came_once_its_minutes_are_signed(council: Council) -> None:
    meeting, _ = council.open(8, kind="consultation")
    services.invite(meeting=meeting, person=council.cast.residents, by=council.host, at=HELD)
    services.mark_attendance(meeting=meeting, person=council.cast.residents, by=council.host, at=HELD)
    services.write_minutes(meeting=meeting, text="演示", by=council.host, at=HELD)
    services.close_meeting(meeting=meeting, by=council.host, at=HELD)
    assert SLOT not in pieces(CASE)
    name(council, meeting, 0)
    sign(council, meeting, 0)
    piece = pieces(CASE)[SLOT]
    assert (piece.kind, piece.facts) == ("consultation", {"residents": 8})
