"""Meetings with their agenda and votes. Who was there is counted, never named."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from linli.records.cases.selectors import visible_to
from linli.records.meetings.models import AgendaItem, Meeting, Motion
from linli.records.meetings.permissions import READ_MEETING
from linli.web.api.asking import around, asked_place, listed
from linli.web.api.shapes import Listed, PlaceRef, place_ref
from linli.web.api.site import reading
from linli.web.api.turned_down import nowhere
from linli.web.shared import clock


class MotionOut(Schema):
    text: str
    decides: bool
    voted_at: datetime | None
    voters: int
    votes_for: int
    votes_against: int
    votes_abstain: int
    voided: bool


class ItemOut(Schema):
    number: int
    title: str
    kind: str
    project: str  # its code, "" if the item is about something else
    motions: list[MotionOut]


class MeetingOut(Schema):
    id: int
    place: PlaceRef
    session: str
    title: str
    venue: str
    state: str  # called, open, closed, cancelled
    called_at: datetime
    convened_for: datetime
    held_on: date | None
    invited: int
    present: int
    items: list[ItemOut]


@reading("/meetings", may=READ_MEETING, answer=Listed[MeetingOut], tags=["meetings"])
def meetings(request: HttpRequest, place: str = "", state: str = "") -> Listed[MeetingOut]:
    """Meetings, the latest first.

    `place`: what concerns a place (in it, or in a larger place it lies in). `state`: called, open, closed or cancelled.
    """
    counted = meeting_rows()
    inside = asked_place(place)
    if inside is not None:
        counted = counted.filter(around(inside))
    if state:
        counted = counted.filter(state=state)
    return listed(counted, request, meetings_out, by=("-convened_for", "-pk"))


@reading("/meetings/{id}", may=READ_MEETING, answer=MeetingOut, tags=["meetings"])
def meeting(request: HttpRequest, id: Annotated[int, Field(ge=1, lt=2**63)]) -> MeetingOut:
    """One meeting with its agenda and votes."""
    found = meetings_out(list(meeting_rows().filter(pk=id)))
    if not found:
        raise nowhere()
    return found[0]


def meeting_rows() -> QuerySet[Meeting]:
    items = Prefetch("items", AgendaItem.objects.order_by("number").prefetch_related("motions"))
    found = Meeting.objects.select_related("place").prefetch_related(items)
    return found.annotate(
        invited=Count("attendances"), present=Count("attendances", filter=Q(attendances__present_at__isnull=False))
    )


def meetings_out(meetings: Sequence[Meeting]) -> list[MeetingOut]:
    items = [item for meeting in meetings for item in meeting.items.all()]
    cases = [int(item.subject_id) for item in items if item.subject_kind == "case" and item.subject_id.isdecimal()]
    codes = {str(pk): code for pk, code in visible_to(None, clock.today()).filter(pk__in=cases).values_list("pk", "code")}
    return [_meeting_out(meeting, codes) for meeting in meetings]


def _meeting_out(meeting: Meeting, codes: dict[str, str]) -> MeetingOut:
    return MeetingOut(
        id=meeting.pk,
        place=place_ref(meeting.place),
        session=meeting.session,
        title=meeting.title,
        venue=meeting.venue,
        state=meeting.state,
        called_at=meeting.called_at,
        convened_for=meeting.convened_for,
        held_on=meeting.held_on,
        invited=meeting.invited,  # type: ignore[attr-defined]
        present=meeting.present,  # type: ignore[attr-defined]
        items=[_item_out(item, codes) for item in meeting.items.all()],
    )


def _item_out(item: AgendaItem, codes: dict[str, str]) -> ItemOut:
    return ItemOut(
        number=item.number,
        title=item.title,
        kind=item.kind,
        project=codes.get(item.subject_id, "") if item.subject_kind == "case" else "",
        motions=[_motion_out(motion) for motion in item.motions.all()],
    )


def _motion_out(motion: Motion) -> MotionOut:
    return MotionOut(
        text=motion.text,
        decides=motion.decides,
        voted_at=motion.voted_at,
        voters=motion.voters,
        votes_for=motion.votes_for,
        votes_against=motion.votes_against,
        votes_abstain=motion.votes_abstain,
        voided=motion.voided_at is not None,
    )
