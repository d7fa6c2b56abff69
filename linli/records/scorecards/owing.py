"""A scoring on the lists of the offices whose people have not scored yet."""

from datetime import datetime

from linli.records.duties.services import fulfil, open_duty, settle_duty
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.scorecards.models import Rater, Scoring
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard
from linli.rules.policy.rules import Rules

SOURCE = "scoring"


def owe(scoring: Scoring, rules: Rules, card: Scorecard, at: datetime) -> None:
    """One line for each office at each place; no regulation here sets a day."""
    for office, place in _desks(scoring):
        open_duty(
            office=office,
            place=place,
            subject=scoring.subject,
            title=Text(f"评分：{card.title.zh}", f"Score: {card.title.en}"),
            clause=card.clause,
            due_on=None,
            source=SOURCE,
            key=str(scoring.pk),
            at=at,
        )


def _desks(scoring: Scoring) -> list[tuple[str, Place]]:
    waiting = scoring.raters.filter(given=False, recused_at__isnull=True).select_related("place")
    return list({(rater.office, rater.place_id): (rater.office, rater.place) for rater in waiting}.values())


def settle_if_done(rater: Rater, *, at: datetime) -> None:
    """Off the list of an office once all its people have scored or stand aside."""
    scoring = rater.scoring
    left = scoring.raters.filter(office=rater.office, place=rater.place, given=False, recused_at__isnull=True)
    if not left.exists():
        settle_duty(
            subject=scoring.subject,
            source=SOURCE,
            key=str(scoring.pk),
            office=rater.office,
            place=rater.place,
            by=None if scoring.secret else rater.person,
            at=at,
        )


def settle_all(scoring: Scoring, *, by: Person | None, at: datetime) -> None:
    """It is over: what was not given need not be given any more, and what waited for the result is done."""
    settle_duty(subject=scoring.subject, source=SOURCE, key=str(scoring.pk), by=by, at=at, outcome="lapsed")
    fulfil(subject=scoring.subject, through=("evidence", scoring.kind), by=by, at=at)
    fulfil(subject=scoring.subject, through=("scorecard", scoring.card), by=by, at=at)
