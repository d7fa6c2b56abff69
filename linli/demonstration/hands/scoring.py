"""Scoring a matter: opened, every sheet given, closed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring


def score(
    case: Case,
    raters: Sequence[Person],
    marks: Sequence[Mapping[str, str]],
    *,
    host: Person,
    at: datetime,
    slot: str = "score",
    grade: str = "",
    reason: str = "",
) -> Scoring:
    """Every rater gives a sheet, in the order of the marks; then it closes."""
    scored = open_scoring(
        subject=case.subject,
        slot=slot,
        place=case.place,
        title=case.title,
        by=host,
        at=at,
        raters=raters,
        demonstration=case.demonstration,
    )
    for rater, sheet in zip(raters, marks, strict=True):
        give_scores(scoring=scored, by=rater, answers=sheet, at=at)
    return close_scoring(scoring=scored, by=host, grade=grade, reason=reason, at=at)
