"""Acts of the rulebook. Each is one transaction and writes nothing when it is turned down."""

from linli.records.rulebook.selectors.acts import preview
from linli.records.rulebook.services.acts import Moved, lock, move, take
from linli.records.rulebook.services.adopt import adopt_pack, set_local
from linli.records.rulebook.services.deadlines import move_deadline
from linli.records.rulebook.services.exceptions import ask_exception, grant_exception, refuse_exception
from linli.records.rulebook.services.holds import answer_hold, pause_passage, place_hold, release_hold, resume_passage
from linli.records.rulebook.services.passages import open_passage, open_passages

__all__ = [
    "Moved",
    "adopt_pack",
    "answer_hold",
    "ask_exception",
    "grant_exception",
    "lock",
    "move",
    "move_deadline",
    "open_passage",
    "open_passages",
    "pause_passage",
    "place_hold",
    "preview",
    "refuse_exception",
    "release_hold",
    "resume_passage",
    "set_local",
    "take",
]
