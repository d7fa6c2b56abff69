"""The trail: checkpoints, and the events of a place in order. What an outsider may not know stays sealed, with its digests."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from linli.records.cases.selectors import visible_to
from linli.records.trail.models import Checkpoint, Event
from linli.records.trail.selectors import checkpoint_file, events_in
from linli.records.trail.selectors import checkpoints as all_checkpoints
from linli.records.trail.spelling import line_of
from linli.web.api.asking import SIZE, listed
from linli.web.api.shapes import Listed, Words, words
from linli.web.api.site import reading
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC

# Everybody may read what is sealed about these; of a case only once it has left its draft. People, households, who sits
# where and what is owed inside the office stay sealed.
_OPEN = ("place", "need", "meeting")


class CheckpointOut(Schema):
    number: int
    at: datetime
    size: int
    short_code: str
    body: str
    prev_sha256: str
    sha256: str
    prev_sm3: str
    sm3: str


class EventOut(Schema):
    """`body` is the sealed text, null where it is withheld; the digests are always those of the whole."""

    stream: str
    seq: int
    kind: str
    title: Words
    at: datetime
    withheld: bool
    subject: str
    body: str | None
    prev_sha256: str
    sha256: str
    prev_sm3: str
    sm3: str


class EventsOut(Schema):
    items: list[EventOut]
    next: int | None  # pass it as `after`; null when there is nothing more yet


@reading("/trail/checkpoints", may=PUBLIC, answer=Listed[CheckpointOut], tags=["trail"])
def checkpoints(request: HttpRequest) -> Listed[CheckpointOut]:
    """Published checkpoints, the newest first. `body` with its digests is what `linli verify --anchor` takes."""
    return listed(all_checkpoints(), request, lambda rows: [_checkpoint_out(row) for row in rows], by=("-number",))


@reading("/trail/events", may=PUBLIC, answer=EventsOut, tags=["trail"])
def events(request: HttpRequest, stream: str, after: Annotated[int, Field(ge=0, lt=2**63)] = 0) -> EventsOut:
    """The events of one stream (a place code) in order, from the one after `after`.

    What is sealed about people, and about matters that are still drafts, comes without its text.
    """
    found = list(events_in(stream, after, SIZE + 1))
    page, more = found[:SIZE], len(found) > SIZE
    return EventsOut(items=events_out(page, clock.today()), next=page[-1].seq if more else None)


def events_out(events: Sequence[Event], on: date) -> list[EventOut]:
    cases = [int(event.subject_id) for event in events if event.subject_kind == "case" and event.subject_id.isdecimal()]
    seen = {str(pk) for pk in visible_to(None, on).filter(pk__in=cases).values_list("pk", flat=True)}
    return [_event_out(event, _may_be_read(event, seen)) for event in events]


def _may_be_read(event: Event, cases_seen: set[str]) -> bool:
    return event.subject_id in cases_seen if event.subject_kind == "case" else event.subject_kind in _OPEN


def _event_out(event: Event, readable: bool) -> EventOut:
    line = line_of(event)
    return EventOut(
        stream=event.stream,
        seq=event.seq,
        kind=event.kind,
        title=words(event.title),
        at=event.at,
        withheld=not readable,
        subject=str(event.subject) if readable else "",
        body=str(line["body"]) if readable else None,
        prev_sha256=event.prev_sha256,
        sha256=event.sha256,
        prev_sm3=event.prev_sm3,
        sm3=event.sm3,
    )


def _checkpoint_out(checkpoint: Checkpoint) -> CheckpointOut:
    file = checkpoint_file(checkpoint)
    return CheckpointOut(
        number=checkpoint.number,
        at=checkpoint.at,
        size=checkpoint.size,
        short_code=checkpoint.short_code,
        **{name: str(value) for name, value in file.items()},
    )
