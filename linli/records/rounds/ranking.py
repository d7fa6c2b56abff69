"""The order of the candidates and what becomes of each, in words. Ties that were decided stand as they were decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.records.rounds.candidates import Entrant, Field
from linli.records.rounds.models import TieDecision
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.choosing import Candidate, Choice, choose
from linli.rules.policy.tallying import plain


@dataclass(frozen=True)
class Row:
    entrant: Entrant
    rank: int
    outcome: str
    reason: Text


def ranked(field: Field, decisions: Sequence[TieDecision]) -> tuple[Choice, list[Row]]:
    """The choice and a row for every scored candidate, best first."""
    entrants = sorted(field.scored, key=lambda each: (-_score(each), each.case.code))
    preferred = {case.pk: decision for decision in decisions for case in decision.chosen.all()}
    passed_over = {case.pk: decision for decision in decisions for case in decision.tied.all() if case.pk not in preferred}
    places = field.places.value if isinstance(field.places.value, int) else None
    choice = choose(_candidates(entrants, preferred), places, field.quotas)
    ranks = _ranks(entrants)
    return choice, [
        Row(each, ranks[each.case.pk], *_outcome(each, field, choice, ranks, preferred, passed_over)) for each in entrants
    ]


def _score(entrant: Entrant) -> Fraction:
    assert entrant.score is not None
    return entrant.score


def _candidates(entrants: Iterable[Entrant], preferred: Mapping[int, TieDecision]) -> list[Candidate]:
    """Only their order matters to the choice; somebody preferred in a tie stands just above those of the same score."""
    keys = {each.case.pk: (_score(each), each.case.pk in preferred) for each in entrants}
    order = {key: Fraction(number) for number, key in enumerate(sorted(set(keys.values())))}
    return [Candidate(str(each.case.pk), order[keys[each.case.pk]], each.part.pk if each.part else "") for each in entrants]


def _ranks(entrants: Sequence[Entrant]) -> dict[int, int]:
    """Equal scores share a rank, and the next one counts all before it."""
    return {each.case.pk: 1 + sum(_score(other) > _score(each) for other in entrants) for each in entrants}


def _outcome(
    entrant: Entrant,
    field: Field,
    choice: Choice,
    ranks: Mapping[int, int],
    preferred: Mapping[int, TieDecision],
    passed_over: Mapping[int, TieDecision],
) -> tuple[str, Text]:
    key, score, rank = str(entrant.case.pk), plain(_score(entrant)), ranks[entrant.case.pk]
    limit = field.places.value
    if key in choice.chosen:
        if entrant.case.pk in preferred:
            why = _because(preferred[entrant.case.pk])
            return "chosen", Text(
                f"得分 {score}，与另外的候选同分；由规定的单位决定入选，理由：{why.zh}",
                f"Score {score}, equal to others; the office the rules name decided for it: {why.en}",
            )
        within = f"在 {limit} 个名额以内" if isinstance(limit, int) else "没有名额限制"
        place_en = f"within {_the_places(limit)}" if isinstance(limit, int) else "there is no limit"
        return "chosen", Text(f"得分 {score}，第 {rank} 名，{within}。", f"Score {score}, rank {rank}, {place_en}.")
    if key in choice.tied:
        return "tied", Text(
            f"得分 {score}，{len(choice.tied)} 个候选同分，只剩 {choice.left} 个名额，等规定的单位决定并写明理由。",
            f"Score {score}: {len(choice.tied)} stand equal for {_places(choice.left)}. The office named decides, with a reason.",
        )
    if key in choice.over_quota:
        name = entrant.part.short_name if entrant.part else ""
        number = field.quotas.get(entrant.part.pk if entrant.part else "", 0)
        if any(each.part == entrant.part and _score(each) == _score(entrant) for each in _chosen(choice, field)):
            return "over_quota", Text(
                f"得分 {score}，第 {rank} 名；{name}的 {number} 个名额给了同分的候选，由规定的单位决定。",
                f"Score {score}, rank {rank}; {_the_places(number)} of {name} went to an equal, as the office named decided.",
            )
        return "over_quota", Text(
            f"得分 {score}，第 {rank} 名；{name}的 {number} 个名额已由得分更高的占用。",
            f"Score {score}, rank {rank}; {_the_places(number)} of {name} went to higher scores.",
        )
    if entrant.case.pk in passed_over:
        why = _because(passed_over[entrant.case.pk])
        return "not_chosen", Text(
            f"得分 {score}，与入选的同分；由规定的单位决定给了别的候选，理由：{why.zh}",
            f"Score {score}, equal to one chosen; the office named decided for another: {why.en}",
        )
    return "not_chosen", _too_low(score, rank, limit, choice, field)


def _places(number: object) -> str:
    return "one place" if number == 1 else f"{number} places"


def _the_places(number: object) -> str:
    return f"the {_places(number)}"


def _because(decision: TieDecision) -> Text:
    """The reason an office wrote stays in its words; what a draw adds is said in both languages."""
    drawn = getattr(decision, "draw", None)
    if drawn is None:
        return Text(decision.reason, decision.reason)
    day = day_in_china(drawn.announced_at)
    announced = f"by the draw announced on {day.day} {day:%B} {day.year}; the seed is checkpoint {drawn.checkpoint} of the trail"
    return Text(decision.reason, f"{announced}. The reason then: {drawn.reason}")


def _chosen(choice: Choice, field: Field) -> list[Entrant]:
    return [each for each in field.scored if str(each.case.pk) in choice.chosen]


def _too_low(score: str, rank: int, limit: object, choice: Choice, field: Field) -> Text:
    if choice.tied:
        return Text(
            f"得分 {score}，第 {rank} 名；等前面的并列决定。", f"Score {score}, rank {rank}; a tie before it is not decided."
        )
    last = min((_score(each) for each in _chosen(choice, field)), default=None)
    if last is None:
        return Text(f"得分 {score}，第 {rank} 名；没有名额。", f"Score {score}, rank {rank}; there are no places.")
    return Text(
        f"得分 {score}，第 {rank} 名；{limit} 个名额已满，最后入选的得分是 {plain(last)}。",
        f"Score {score}, rank {rank}; {_the_places(limit)} went to others, the last with a score of {plain(last)}.",
    )
