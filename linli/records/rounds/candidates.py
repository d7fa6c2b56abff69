"""The candidates of a selection: the children of the round that stand where the pack says, with their exact scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from linli.records.cases.models import Case
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import rules_at, standing
from linli.records.rulebook.standing import Standing
from linli.records.scorecards.selectors import Result, latest, results_of
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import Selection
from linli.rules.policy.reading import Reading


@dataclass(frozen=True)
class Entrant:
    """`score` None: not scored yet, or the scoring is not complete."""

    case: Case
    part: Place | None
    score: Fraction | None
    result: Result | None


@dataclass(frozen=True)
class Field:
    """A round with everything its choice rests on. `quotas`: places by the code of a part, only where one is set."""

    round: Case
    now: Standing
    selection: Selection
    places: Reading
    entrants: tuple[Entrant, ...]
    waiting: tuple[Case, ...]
    quotas: Mapping[str, int]

    @property
    def scored(self) -> tuple[Entrant, ...]:
        return tuple(each for each in self.entrants if each.score is not None)


def selection_of(now: Standing) -> Selection:
    """The choice this matter makes. Raises NotFound for a matter that chooses nobody."""
    found = [each for each in now.rules.selections(now.rules_on).values() if each.procedure == now.passage.procedure]
    if not found:
        raise NotFound
    return found[0]


def field_of(round: Case) -> Field:
    """A constant number of queries, and one more for each part that has a quota."""
    now = standing(round.subject)
    selection = selection_of(now)
    procedure, state = selection.candidates
    children = list(round.children.filter(procedure=procedure).select_related("passage", "place").order_by("code"))
    there = [each for each in children if each.passage is not None and each.passage.state == state]
    waiting = [each for each in children if each.passage is not None and each not in there and each.passage.ended_at is None]
    parts = _parts(there, now, selection)
    return Field(
        round,
        now,
        selection,
        now.rules.read(selection.places, on=now.rules_on),
        _entrants(there, selection.rank_by, parts),
        tuple(waiting),
        _quotas(parts, now, selection),
    )


def _entrants(cases: list[Case], card: str, parts: Mapping[int, Place]) -> tuple[Entrant, ...]:
    scorings = latest("case", [str(case.pk) for case in cases], card)
    results = results_of(scorings.values())
    found = []
    for case in cases:
        scoring = scorings.get(str(case.pk))
        result = results[scoring.pk] if scoring else None
        score = result.tally.score if result and result.complete else None
        found.append(Entrant(case, parts.get(case.pk), score, result))
    return tuple(found)


def _parts(cases: list[Case], now: Standing, selection: Selection) -> dict[int, Place]:
    if not selection.quota:
        return {}
    level = now.rules.quotas(now.rules_on)[selection.quota].per
    known: dict[str, Place | None] = {}
    found = {}
    for case in cases:
        if case.place_id not in known:
            known[case.place_id] = at_level(case.place, level)
        part = known[case.place_id]
        if part is not None:
            found[case.pk] = part
    return found


def _quotas(parts: Mapping[int, Place], now: Standing, selection: Selection) -> dict[str, int]:
    if not selection.quota:
        return {}
    parameter = now.rules.quotas(now.rules_on)[selection.quota].places
    found = {}
    for part in {place.pk: place for place in parts.values()}.values():
        value = rules_at(part, now.rules_on).read(parameter, on=now.rules_on).value
        if isinstance(value, int) and not isinstance(value, bool):
            found[part.pk] = value
    return found
