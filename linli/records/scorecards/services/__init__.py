"""What is done with scorings."""

from linli.records.scorecards.services.closing import close_scoring
from linli.records.scorecards.services.opening import open_scoring
from linli.records.scorecards.services.paper import enter_paper_sheet
from linli.records.scorecards.services.recusal import recuse_rater
from linli.records.scorecards.services.scoring import give_scores

__all__ = ["close_scoring", "enter_paper_sheet", "give_scores", "open_scoring", "recuse_rater"]
