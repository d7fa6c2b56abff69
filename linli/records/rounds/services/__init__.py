"""What is done in a round."""

from linli.records.rounds.services.answers import record_upper_answer
from linli.records.rounds.services.choosing import decide_tie, rank_candidates
from linli.records.rounds.services.results import file_results

__all__ = ["decide_tie", "file_results", "rank_candidates", "record_upper_answer"]
