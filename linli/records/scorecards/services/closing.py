"""The end of a scoring: nothing is changed any more, and the result is sealed with its arithmetic."""

from datetime import datetime

from django.db import transaction

from linli.records.evidence.forms.characters import clean
from linli.records.evidence.sealing import digest_of
from linli.records.people.models import Person
from linli.records.scorecards import events
from linli.records.scorecards.filing import locked, refile, seal, still_open
from linli.records.scorecards.models import Scoring, Sheet
from linli.records.scorecards.owing import settle_all
from linli.records.scorecards.reckoning import Result, result_of
from linli.records.scorecards.selectors import is_host
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Invalid, NotAllowed, Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def close_scoring(*, scoring: Scoring, by: Person, at: datetime, grade: str = "", reason: str = "") -> Scoring:
    """Close it with what is there; whoever is missing stays missing. Where the card has grades and no rule that leads to
    one, `grade` is decided here, with the reason. Raises NotAllowed, Invalid, Refused (closed, or nobody has scored).
    """
    scoring = locked(scoring)
    still_open(scoring)
    if not is_host(scoring, by, day_in_china(at)) and not _alone(scoring, by):
        raise NotAllowed(Text("评分由组织它的单位截止。", "The office that organises it closes it."))
    if not Sheet.objects.filter(scoring=scoring, current=True).exists():
        raise Refused(Text("还没有人评，不能截止出结果。", "Nobody has scored; there is no result to close with."))
    scoring.closed_at, scoring.closed_by = at, by
    result = result_of(scoring)
    if result.must_decide:
        scoring.grade, scoring.reason = _decided(result, grade, reason)
    scoring.result = _kept(result_of(scoring))
    scoring.save(update_fields=["closed_at", "closed_by", "grade", "reason", "result"])
    event = events.ScoringClosed(
        scoring=scoring.pk,
        sheets=result.tally.sheets,
        missing=len(result.missing),
        recused=len(result.recused),
        score=str(result.tally.score or ""),
        grade=scoring.result["grade"],
        result=digest_of(scoring.result),
        reason=scoring.reason,
    )
    seal(event, scoring, by=by, at=at)
    refile(scoring, by=by, at=at)
    settle_all(scoring, by=by, at=at)
    return scoring


def _alone(scoring: Scoring, by: Person) -> bool:
    """Whoever alone was asked closes by handing in: nobody else's sheet is waited for."""
    return not scoring.on_roll and list(scoring.raters.values_list("person", flat=True)) == [by.pk]


def _decided(result: Result, grade: str, reason: str) -> tuple[str, str]:
    wrong: dict[str, Text] = {}
    if result.grades is None or grade not in result.grades.entries:
        wrong["grade"] = Text("请评定一个等次。", "Please decide on a grade.")
    why = clean(reason).strip()
    if not why:
        wrong["reason"] = Text("请写明评定理由。", "Please give the reason.")
    if wrong:
        raise Invalid(Text("评定等次要写明理由，再截止。", "A grade is decided with a reason; then it closes."), fields=wrong)
    return grade, why


def _kept(result: Result) -> dict[str, Plain]:
    """Method, inputs, readings and reasons: what an outsider needs to reckon it again."""
    tally, sheets = result.tally, Sheet.objects.filter(scoring=result.scoring, current=True).order_by("id")
    inputs: list[Plain] = [digest_of({"answers": sheet.answers}) for sheet in sheets]
    if not result.scoring.secret:
        inputs = [{"rater": str(sheet.rater_id), **sheet.answers} for sheet in sheets]
    return {
        "method": tally.method.zh,
        "full": dict(result.scoring.full),
        "inputs": sorted(inputs, key=str),
        "items": [
            {"item": item.key, "answered": item.answered, "mean": _text(item.mean), "counts": dict(item.counts)}
            for item in tally.items
        ],
        "score": _text(tally.score),
        "out_of": _text(tally.out_of),
        "shares": {grade: str(share) for grade, share in tally.shares.items()},
        "grade": result.grade,
        "reasons": [text.zh for text in tally.reasons],
        "unset": list(tally.unset),
        "recused": [rater.person.ref for rater in result.recused],
        "missing": [rater.person.ref for rater in result.missing],
    }


def _text(number: object) -> str:
    return "" if number is None else str(number)
