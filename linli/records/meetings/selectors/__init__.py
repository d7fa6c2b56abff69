"""Questions about meetings."""

from linli.records.meetings.selectors.ledger import opinion_facts, opinions_of
from linli.records.meetings.selectors.meetings import items_about, meeting, meetings_at, room_of, votes_about
from linli.records.meetings.selectors.minutes import (
    Needed,
    awaiting_signature,
    locked_minutes,
    minutes_of,
    signatures_needed,
)

__all__ = [
    "Needed",
    "awaiting_signature",
    "items_about",
    "locked_minutes",
    "meeting",
    "meetings_at",
    "minutes_of",
    "opinion_facts",
    "opinions_of",
    "room_of",
    "signatures_needed",
    "votes_about",
]
