"""A scoring with its card, its rules and what was given: the result as it stands, with the arithmetic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from linli.records.rulebook.selectors import library, rules_at
from linli.records.scorecards.models import Rater, Scoring, Sheet
from linli.rules.gates.model import Plain
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Scorecard
from linli.rules.policy.rules import Rules
from linli.rules.policy.tallying import Tally, tally


@dataclass(frozen=True)
class Result:
    """`grade` is the verdict of the card, what all raters agree on, or what was decided at the end. "" while there is none."""

    scoring: Scoring
    raters: tuple[Rater, ...]
    tally: Tally
    rules: Rules
    card: Scorecard

    @property
    def counted(self) -> tuple[Rater, ...]:
        return tuple(rater for rater in self.raters if rater.recused_at is None)

    @property
    def recused(self) -> tuple[Rater, ...]:
        return tuple(rater for rater in self.raters if rater.recused_at is not None)

    @property
    def missing(self) -> tuple[Rater, ...]:
        return tuple(rater for rater in self.counted if not rater.given)

    @property
    def on_paper(self) -> int:
        """Of the sheets that count, those a clerk handed in."""
        return sum(rater.on_paper for rater in self.counted)

    @property
    def complete(self) -> bool:
        """Closed, with at least one sheet and nobody missing."""
        return not self.scoring.open and self.tally.sheets > 0 and not self.missing

    @property
    def shown(self) -> bool:
        """Whether the figures may be seen: those of a secret card only when it is over."""
        return not (self.scoring.secret and self.scoring.open)

    @property
    def agreed(self) -> str:
        """The grade every answer gives, of a card without verdicts."""
        if self.card.scale != "grades" or self.card.verdicts or len(self.tally.shares) != 1:
            return ""
        return next(iter(self.tally.shares))

    @property
    def must_decide(self) -> bool:
        """Whether somebody must name the grade, with a reason: the card has grades, and no rule that leads to one."""
        return bool(self.card.grades) and not self.card.verdicts and not self.agreed and self.tally.sheets > 0

    @property
    def grade(self) -> str:
        return self.tally.verdict or self.agreed or self.scoring.grade

    @cached_property
    def grades(self) -> Catalogue | None:
        return self.rules.catalogue(self.card.grades, self.scoring.rules_on) if self.card.grades else None

    @property
    def grade_title(self) -> Text | None:
        if self.tally.verdict_title is not None:
            return self.tally.verdict_title
        entry = self.grades.entries.get(self.grade) if self.grades else None
        return entry.title if entry else None

    def facts(self) -> dict[str, Plain]:
        """What a gate reads."""
        return _appraisal(self) if self.scoring.kind == "satisfaction" else _score(self)


def _score(result: Result) -> dict[str, Plain]:
    facts: dict[str, Plain] = {"complete": result.complete, "raters": result.tally.sheets}
    if result.complete and result.grade:
        facts["grade"] = result.grade
    if result.shown and result.tally.score is not None:
        facts |= {"score": str(result.tally.score), "out_of": str(result.tally.out_of)}
    return facts | {"missing": len(result.missing), "recused": len(result.recused)}


def _appraisal(result: Result) -> dict[str, Plain]:
    facts: dict[str, Plain] = {"respondents": result.tally.sheets}
    share = satisfied_share(result)
    if share is not None and result.shown:
        facts["satisfied_share"] = str(share)
    return facts


def satisfied_share(result: Result) -> Fraction | None:
    """The share of yes, or of the grades the card's first verdict counts. None where the card says no such thing."""
    wanted = ("yes",) if result.card.scale == "yes_no" else result.card.verdicts[0].share_of if result.card.verdicts else ()
    if not wanted or not result.tally.shares:
        return None
    return sum((result.tally.shares.get(grade, Fraction(0)) for grade in wanted), Fraction(0))


def rules_of(scoring: Scoring) -> Rules:
    return rules_at(scoring.place, scoring.rules_on)


def card_of(scoring: Scoring) -> Scorecard:
    return rules_of(scoring).scorecard(scoring.card, scoring.rules_on)


def result_of(scoring: Scoring) -> Result:
    return results_of([scoring])[scoring.pk]


def results_of(scorings: Iterable[Scoring]) -> Mapping[int, Result]:
    """By scoring; two queries however many."""
    found = list(scorings)
    raters: dict[int, list[Rater]] = {}
    for rater in Rater.objects.filter(scoring__in=found).select_related("person", "place").order_by("pk"):
        raters.setdefault(rater.scoring_id, []).append(rater)
    sheets: dict[int, list[Sheet]] = {}
    for sheet in Sheet.objects.filter(scoring__in=found, current=True):
        sheets.setdefault(sheet.scoring_id, []).append(sheet)
    return {one.pk: _result(one, raters.get(one.pk, []), sheets.get(one.pk, [])) for one in found}


def _result(scoring: Scoring, raters: Sequence[Rater], sheets: Sequence[Sheet]) -> Result:
    rules = rules_of(scoring)
    card = rules.scorecard(scoring.card, scoring.rules_on)
    reckoned = tally(
        card,
        [sheet.answers for sheet in sheets],
        full={item: Fraction(marks) for item, marks in scoring.full.items()},
        read=lambda parameter: rules.read(parameter, on=scoring.rules_on),
    )
    if scoring.secret and scoring.open:
        reckoned = _covered(reckoned)
    return Result(scoring, tuple(raters), reckoned, rules, card)


def _covered(reckoned: Tally) -> Tally:
    """Of a secret card that still runs only the number of sheets: two figures an hour apart would give one rater away."""
    items = tuple(replace(item, mean=None, counts={}) for item in reckoned.items)
    return Tally(reckoned.sheets, items, reckoned.method, out_of=reckoned.out_of)


def vocabulary_kind(kinds: Iterable[str]) -> str:
    """The kind of evidence this component files into a slot that takes these kinds; "" if it files none of them."""
    words = library().vocabulary.evidence
    return next((kind for kind in kinds if kind in words and words[kind].by == "scorecards"), "")
