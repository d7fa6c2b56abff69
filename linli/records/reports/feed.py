"""What has happened at a place, for feeds: read off the trail, so an entry is a sealed act and its id a receipt.

Only acts everybody may know of: steps of public matters, notices, meetings. Texts that name people are not in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import Concat

from linli.records.cases.models import Case
from linli.records.cases.selectors import rows, visible_to
from linli.records.meetings.models import Meeting
from linli.records.notices.models import Notice
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.trail.models import Event
from linli.rules.plain.texts import Text

ENTRIES = 50
# For larger places the newest events of the whole site are looked through, this many at most.
_LATELY = 200_000
# So many events are looked through for entries everybody may know of.
_LOOKED_THROUGH = 20 * ENTRIES
KINDS = {
    "project": ("case.act_taken",),
    "notice": ("notice.published", "notice.changed", "notice.taken_down"),
    "meeting": ("meeting.called", "meeting.closed", "meeting.cancelled"),
}


@dataclass(frozen=True)
class Happening:
    """One entry: what was done, to what, where it can be read. `kind` is project, notice or meeting; `ref` its address's part."""

    receipt: str
    at: datetime
    done: Text
    title: str
    kind: str
    ref: str
    place: str


def happenings(place: Place, on: date, kind: str = "") -> list[Happening]:
    """The latest at a place and in everything inside it, the latest first; of one kind, or of all."""
    events, found = _events(place, kind), list[Happening]()
    for begin in range(0, _LOOKED_THROUGH, ENTRIES):
        some = list(events[begin : begin + ENTRIES])
        found += _told(some, on)
        if len(found) >= ENTRIES or len(some) < ENTRIES:
            break
    return found[:ENTRIES]


def _told(events: Sequence[Event], on: date) -> list[Happening]:
    cases = _cases(events, on)
    notices = {one.pk: one for one in Notice.objects.filter(pk__in=_numbers(events, "notice.")).select_related("place")}
    titles = {pk: notice.content.title for pk, notice in notices.items()}
    meetings = Meeting.objects.select_related("place").in_bulk(
        [int(event.subject_id) for event in events if event.kind.startswith("meeting.")]
    )
    found = (_happening(event, cases, notices, titles, meetings) for event in events)
    return [one for one in found if one is not None]


def _events(place: Place, kind: str) -> "QuerySet[Event]":
    kinds = KINDS[kind] if kind else [each for several in KINDS.values() for each in several]
    found = Event.objects.filter(kind__in=kinds)
    if place.level == "community":
        return found.filter(stream=place.pk).order_by("-seq")
    newest = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    inside = list(Place.objects.filter(beneath(place)).values_list("pk", flat=True))
    # Said so that the database walks the events backwards and stops, and does not gather every stream first.
    walked = found.annotate(where=Concat("stream", Value(""))).filter(where__in=inside, pk__gt=newest - _LATELY)
    return walked.order_by("-pk")


def _numbers(events: Iterable[Event], of: str) -> list[int]:
    return [int(event.data["notice"]) for event in events if event.kind.startswith(of)]


def _cases(events: Sequence[Event], on: date) -> Mapping[str, tuple[Case, Mapping[str, Text]]]:
    """Cases everybody may see, by id, with the titles of their acts."""
    ids = [int(event.subject_id) for event in events if event.kind == "case.act_taken" and event.subject_id.isdecimal()]
    return {
        str(row.case.pk): (row.case, {act: said.title for act, said in row.procedure.acts.items()})
        for row in rows(visible_to(None, on).filter(pk__in=ids))
    }


def _happening(
    event: Event,
    cases: Mapping[str, tuple[Case, Mapping[str, Text]]],
    notices: Mapping[int, Notice],
    titles: Mapping[int, str],
    meetings: Mapping[int, Meeting],
) -> Happening | None:
    receipt = f"{event.stream}/{event.seq}/{event.sha256[:16]}"
    if event.kind == "case.act_taken":
        known = cases.get(event.subject_id)
        if known is None:
            return None
        case, acts = known
        done = acts.get(event.data["act"], event.title)
        return Happening(receipt, event.at, done, case.title, "project", case.code, case.place.short_name)
    if event.kind.startswith("notice."):
        notice = notices.get(int(event.data["notice"]))
        if notice is None:
            return None
        return Happening(receipt, event.at, event.title, titles[notice.pk], "notice", str(notice.pk), notice.place.short_name)
    meeting = meetings.get(int(event.subject_id))
    if meeting is None:
        return None
    return Happening(receipt, event.at, event.title, meeting.title, "meeting", str(meeting.pk), meeting.place.short_name)
