"""What happens to a scoring, as it is sealed under its matter. Of a secret card no event says who gave what."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("scoring.opened", title=Text("评分已开始", "Scoring opened"))
class ScoringOpened:
    scoring: int
    card: str
    slot: str
    raters: list[str]
    recused: int
    secret: bool


@event("scoring.person_recused", title=Text("评分人已回避", "A rater stands aside"))
class RaterRecused:
    scoring: int
    person: str
    source: str
    reason: Personal[str]


@event("scoring.sheet_given", title=Text("评分表已交", "Sheet handed in"))
class SheetGiven:
    scoring: int
    version: int
    digest: str


@event("scoring.paper_entered", title=Text("已录入纸质评分表", "Paper sheet entered"))
class PaperSheetEntered:
    scoring: int
    resident: str
    secret: bool


@event("scoring.closed", title=Text("评分已截止", "Scoring closed"))
class ScoringClosed:
    scoring: int
    sheets: int
    missing: int
    recused: int
    score: str
    grade: str
    result: str
    reason: str
