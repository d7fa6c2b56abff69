"""Calling a meeting: who is called, with how much notice, and what is refused."""

from datetime import date

import pytest

from linli.records.meetings import services
from linli.records.meetings.models import Meeting
from linli.records.trail.selectors import events_of
from linli.rules.plain.refusals import Invalid, NotAllowed, NotFound, Refused
from tests.records.meetings.world import CALLED, CASE, HELD, SLOT, Council, at, place, set_value
from tests.records.people import world as people
from tests.records.rulebook.world import row_counts
from tests.world import refused


@pytest.mark.requirement("S0-43", how="kept")
def test_everybody_with_a_seat_is_called_and_entitled(council: Council) -> None:
    meeting = council.call()
    assert meeting.attendances.filter(entitled=True, seat="member", present_at=None).count() == 12
    assert meeting.body == council.body
    assert [event.kind for event in events_of(meeting.subject)] == ["meeting.called"]


def test_a_notice_nobody_has_set_is_shown_as_unset(council: Council) -> None:
    notice = council.call().notice
    assert (notice["state"], notice["parameter"], notice["earliest"]) == ("unset", "council_notice", "")
    assert notice["set_by"] == ["district.civil_affairs", "subdistrict.office"]


@pytest.mark.parametrize(("day", "kept"), [(12, False), (13, True), (14, True)])
def test_a_notice_that_is_set_is_kept_to_the_day(council: Council, day: int, kept: bool) -> None:
    set_value(council.cast.civil, "council_notice", "5 days", since=date(2021, 1, 4))
    if kept:
        assert council.call(convened=at(2021, 4, day)).notice["earliest"] == "2021-04-13"
        return
    before = row_counts()
    with pytest.raises(Refused, match="2021年4月13日"):
        council.call(convened=at(2021, 4, day))
    assert row_counts() == before


def test_without_the_body_there_is_no_such_meeting(council: Council) -> None:
    council.body.until = date(2021, 1, 1)
    council.body.save()
    before = row_counts()
    with pytest.raises(Refused, match="还没有成立"):
        council.call()
    assert row_counts() == before


def test_a_member_whose_term_is_over_is_not_called(council: Council) -> None:
    council.body.seats.filter(person=council.members[0]).update(until=date(2021, 4, 14))
    assert council.call().attendances.count() == 11


def test_a_meeting_is_called_before_it_is_held(council: Council) -> None:
    with pytest.raises(Invalid):
        council.call(convened=at(2021, 4, 7))
    assert not Meeting.objects.exists()


def test_everything_a_call_lacks_is_said_at_once_in_both_languages(council: Council) -> None:
    def call(convened=None, items=()):
        services.call_meeting(
            place=place(),
            session="evaluation_session",
            title=" ",
            convened_for=convened,
            venue="",
            letter=" ",
            items=items,
            by=council.host,
            at=CALLED,
        )

    said = refused(Invalid, call)
    assert isinstance(said, Invalid) and list(said.fields) == ["title", "venue", "letter", "convened_for", "items"]
    assert said.text.en == "5 entries need attention. What you typed is kept."
    assert said.fields["convened_for"].en == "Give the day and the hour."
    assert len({text.en for text in said.fields.values()}) == len({text.zh for text in said.fields.values()}) == 5
    late = refused(Invalid, lambda: call(at(2021, 4, 7), [services.ItemDraft(" ")]))
    assert isinstance(late, Invalid) and late.fields["items"].zh == "请写议题。"
    assert late.fields["convened_for"].zh.startswith("开会时间要晚于现在")


def test_its_title_and_its_items_are_one_line_each(council: Council) -> None:
    meeting = services.call_meeting(
        place=place(),
        session="evaluation_session",
        title="演示·四月\r\n议事会 ",
        convened_for=HELD,
        venue="党群服务中心二楼",
        letter="请准时参加。\n请带身份证。",
        items=[services.ItemDraft("演示·路灯\n项目评议", CASE, SLOT)],
        by=council.host,
        at=CALLED,
    )
    assert (meeting.title, meeting.items.get().title) == ("演示·四月 议事会", "演示·路灯 项目评议")
    assert meeting.letter == "请准时参加。\n请带身份证。"


def test_a_stranger_or_a_member_cannot_call_it(council: Council) -> None:
    for nobody in (council.cast.stranger, council.members[0], council.cast.resident):
        council.host = nobody
        with pytest.raises(NotAllowed):
            council.call()
    assert not Meeting.objects.exists()


def test_guests_sit_in_but_are_never_entitled_where_a_body_decides(council: Council) -> None:
    meeting, guest = council.call(), people.person()
    with pytest.raises(Refused, match="列席"):
        services.invite(meeting=meeting, person=guest, entitled=True, by=council.host, at=CALLED)
    assert not services.invite(meeting=meeting, person=guest, by=council.host, at=CALLED).entitled
    with pytest.raises(Refused, match="已经在"):
        services.invite(meeting=meeting, person=guest, by=council.host, at=CALLED)


def test_it_cannot_begin_before_its_day_nor_be_entered_for_a_day_to_come(council: Council) -> None:
    meeting = council.call()
    with pytest.raises(Refused, match="2021年4月15日"):
        services.open_meeting(meeting=meeting, by=council.host, at=at(2021, 4, 14))
    with pytest.raises(Refused, match="2021年4月15日"):
        services.open_meeting(meeting=meeting, by=council.host, at=HELD, held_on=date(2021, 4, 16))
    meeting.refresh_from_db()
    assert (meeting.state, meeting.held_on) == ("called", None)


def test_a_cancelled_meeting_keeps_its_reason_and_cannot_begin(council: Council) -> None:
    meeting = council.call()
    with pytest.raises(Invalid):
        services.cancel_meeting(meeting=meeting, reason=" ", by=council.host, at=CALLED)
    assert services.cancel_meeting(meeting=meeting, reason="台风", by=council.host, at=CALLED).cancelled_reason == "台风"
    with pytest.raises(Refused, match="取消"):
        services.open_meeting(meeting=meeting, by=council.host, at=HELD)


def test_nobody_signs_in_who_was_not_called(council: Council) -> None:
    meeting, _ = council.open(3)
    with pytest.raises(NotFound):
        services.mark_attendance(meeting=meeting, person=people.person(), by=council.host, at=HELD)


def test_a_session_the_rules_do_not_know_is_refused(council: Council) -> None:
    with pytest.raises(Refused, match="没有这一类会议"):
        services.call_meeting(
            place=place(),
            session="parade",
            title="x",
            convened_for=HELD,
            venue="x",
            letter="x",
            items=[],
            by=council.host,
            at=CALLED,
        )
