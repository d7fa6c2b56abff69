"""Calling and holding the two meetings of a project: residents heard on the design, and the evaluation."""

from collections.abc import Sequence
from datetime import datetime

from linli.demonstration.hands.team import Team
from linli.records.cases.models import Case
from linli.records.meetings import services as meetings
from linli.records.meetings.models import Meeting, Minutes
from linli.records.meetings.selectors import room_of
from linli.records.people.models import Person
from linli.rules.plain.texts import quoted


def call_forum(team: Team, case: Case, *, at: datetime, held: datetime) -> Meeting:
    """Residents are asked to come and say what they think of the design."""
    return meetings.call_meeting(
        place=team.place,
        session="design_forum",
        title=f"{quoted(case.title)}方案征求居民意见会",
        convened_for=held,
        venue=f"{team.place.short_name}党群服务中心二楼",
        letter="请附近居民来谈谈方案，也可以线上留言。",
        items=[meetings.ItemDraft(case.title, case.subject, "design_consultation", kind="consultation")],
        by=team.secretary,
        at=at,
    )


def hold_forum(team: Team, meeting: Meeting, residents: Sequence[Person], *, at: datetime, opinion: str = "") -> None:
    """They come, say their opinion, and the minutes are countersigned: then the consultation stands as evidence."""
    host = team.secretary
    for person in residents:
        meetings.invite(meeting=meeting, person=person, by=host, at=at)
    gather(meeting, residents, host=host, at=at)
    if opinion:
        said = meetings.record_opinion(
            meeting=meeting, topic="方案", text=opinion, owner="community.party_committee", speaker=residents[0], by=host, at=at
        )
        meetings.answer_opinion(opinion=said, verdict="采纳", reply="已写进方案。", by=host, at=at)
    meetings.close_meeting(meeting=meeting, by=host, at=at)
    write_up(team, meeting, f"到会居民 {len(residents)} 人，对方案没有反对意见。", residents[:1], at=at)


def call_council(
    team: Team, case: Case, *, at: datetime, held: datetime, parties: Sequence[str] = (), slot: str = "evaluation"
) -> Meeting:
    """The residents' council is called; `parties` are those in whom a member may have an interest."""
    return meetings.call_meeting(
        place=team.place,
        session="evaluation_session",
        title=f"{team.place.short_name}居民议事会：{case.title}",
        convened_for=held,
        venue=f"{team.place.short_name}党群服务中心二楼",
        letter="请各位议事会成员准时到会，方案已随通知附上。",
        items=[meetings.ItemDraft(f"评议{quoted(case.title)}", case.subject, slot, parties=tuple(parties))],
        by=team.secretary,
        at=at,
    )


def vote(team: Team, meeting: Meeting, present: Sequence[Person], *, against: int = 0, abstain: int = 0, at: datetime) -> None:
    """The meeting is held and hands are counted; whoever is recused is not among them."""
    host = team.secretary
    gather(meeting, present, host=host, at=at)
    show_hands(meeting, "同意实施本项目方案", host=host, at=at, against=against, abstain=abstain)
    meetings.close_meeting(meeting=meeting, by=host, at=at)


def gather(meeting: Meeting, there: Sequence[Person], *, host: Person, at: datetime) -> None:
    """It begins, and whoever came is ticked off."""
    meetings.open_meeting(meeting=meeting, by=host, at=at)
    for person in there:
        meetings.mark_attendance(meeting=meeting, person=person, by=host, at=at)


def show_hands(meeting: Meeting, text: str, *, host: Person, at: datetime, against: int = 0, abstain: int = 0) -> None:
    """A motion on the only item: who does not vote against it or abstain is for it; whoever is recused does not count."""
    item = meeting.items.get()
    motion = meetings.put_motion(item=item, text=text, by=host, at=at)
    in_favour = room_of(item).present - against - abstain
    meetings.count_votes(motion=motion, in_favour=in_favour, against=against, abstain=abstain, by=host, at=at)


def sign(meeting: Meeting, minutes: Minutes, signers: Sequence[Person], *, named_by: Person, at: datetime) -> None:
    """Those who were there put their names under it; with the last one the decision takes effect."""
    for person in signers:
        meetings.name_signatory(meeting=meeting, person=person, role="attendee", by=named_by, at=at)
    for person in signers:
        meetings.sign_minutes(meeting=meeting, digest=minutes.digest, by=person, at=at)


def write_up(team: Team, meeting: Meeting, text: str, signers: Sequence[Person], *, at: datetime) -> None:
    minute(meeting, text, signers, host=team.secretary, at=at)


def minute(meeting: Meeting, text: str, signers: Sequence[Person], *, host: Person, at: datetime) -> None:
    """Written and signed at once."""
    minutes = meetings.write_minutes(meeting=meeting, text=text, by=host, at=at)
    sign(meeting, minutes, signers, named_by=host, at=at)
