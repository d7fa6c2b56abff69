"""Meetings: calling, attendance, recusal, motions and hand votes, minutes, the opinion ledger."""

from linli.records.meetings.models.calling import AgendaItem, Attendance, Meeting, Recusal
from linli.records.meetings.models.minutes import Annex, Minutes, MinutesSignature, Signatory
from linli.records.meetings.models.opinions import Opinion
from linli.records.meetings.models.voting import Motion, Voice

__all__ = [
    "AgendaItem",
    "Annex",
    "Attendance",
    "Meeting",
    "Minutes",
    "MinutesSignature",
    "Motion",
    "Opinion",
    "Recusal",
    "Signatory",
    "Voice",
]
