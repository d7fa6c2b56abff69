"""The life of a case for everybody: acts, published evidence, exceptions, changes, on one line with the clause at each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from linli.records.cases.models import Case
from linli.records.cases.selectors.timeline import Entry, timeline_of
from linli.records.evidence.models import Piece
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.texts import Text

_PUBLIC = ("public", "redacted")


@dataclass(frozen=True)
class StoryEntry:
    """`at` is None for what is still to come. `office` says who; persons are not named to the public."""

    kind: Literal["opened", "act", "ahead", "evidence", "exception", "change"]
    title: Text
    at: datetime | None
    clause: tuple[str, ...] = ()
    office: Text | None = None
    state: Text | None = None
    note: str = ""
    piece: Piece | None = None
    case: Case | None = None
    entry: Entry | None = None


def story(case: Case) -> list[StoryEntry]:
    """Oldest first, then what is still to come."""
    now = standing(case.subject)
    acts = [_of_act(entry) for entry in timeline_of(now)]
    past = [_opened(case, now), *(each for each in acts if each.at), *_evidence(case, now), *_exceptions(now), *_changes(case)]
    past.sort(key=lambda entry: (entry.at is None, entry.at))
    return past + [each for each in acts if each.at is None]


def _opened(case: Case, now: Standing) -> StoryEntry:
    office = now.rules.office_title(case.owner_office)
    return StoryEntry("opened", Text("立项", "Opened"), case.opened_at, (now.procedure.clause,), office)


def _of_act(entry: Entry) -> StoryEntry:
    office = entry.offices[0] if entry.offices else None
    kind: Literal["act", "ahead"] = "act" if entry.at else "ahead"
    return StoryEntry(kind, entry.title, entry.at, entry.clause, office, entry.state, entry.note, entry=entry)


def _evidence(case: Case, now: Standing) -> list[StoryEntry]:
    """Current pieces of slots that are published; voided versions are not shown here, they stay in the dossier."""
    slots = {name: slot for name, slot in now.procedure.slots.items() if slot.public in _PUBLIC}
    pieces = Piece.objects.filter(subject_kind="case", subject_id=str(case.pk), current=True, slot__in=slots)
    return [
        StoryEntry("evidence", slots[piece.slot].title, piece.filed_at, (slots[piece.slot].clause,), piece=piece)
        for piece in pieces
    ]


def _exceptions(now: Standing) -> list[StoryEntry]:
    return [_exception(each, now) for each in now.granted]


def _exception(row: ExceptionAsked, now: Standing) -> StoryEntry:
    office = now.rules.office_title(row.decided_office)
    return StoryEntry("exception", Text("批准例外", "Exception granted"), row.decided_at, (), office, note=row.decided_reason)


def _changes(case: Case) -> list[StoryEntry]:
    """Public matters inside this one, when they were opened."""
    inside = case.children.filter(public=True, passage__taken__gt=0).select_related("passage")
    return [StoryEntry("change", Text(child.title, child.title), child.opened_at, case=child) for child in inside]
