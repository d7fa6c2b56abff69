"""What is done in a round."""

from linli.records.rounds.services.answers import record_upper_answer
from linli.records.rounds.services.choosing import decide_tie, rank_candidates
from linli.records.rounds.services.drawing import announce_draw, hold_draw
from linli.records.rounds.services.results import file_results, set_next_places

__all__ = [
    "announce_draw",
    "decide_tie",
    "file_results",
    "hold_draw",
    "rank_candidates",
    "record_upper_answer",
    "set_next_places",
]
