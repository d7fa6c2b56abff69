"""Acts of meetings."""

from linli.records.meetings.services.calling import ItemDraft, call_meeting, cancel_meeting, invite
from linli.records.meetings.services.holding import close_meeting, mark_attendance, open_meeting
from linli.records.meetings.services.minutes import add_annex, name_signatory, sign_minutes, write_minutes
from linli.records.meetings.services.opinions import answer_opinion, record_opinion
from linli.records.meetings.services.recusal import declare_interest
from linli.records.meetings.services.voting import count_votes, put_motion, roll_call, void_vote

__all__ = [
    "ItemDraft",
    "add_annex",
    "answer_opinion",
    "call_meeting",
    "cancel_meeting",
    "close_meeting",
    "count_votes",
    "declare_interest",
    "invite",
    "mark_attendance",
    "name_signatory",
    "open_meeting",
    "put_motion",
    "record_opinion",
    "roll_call",
    "sign_minutes",
    "void_vote",
    "write_minutes",
]
