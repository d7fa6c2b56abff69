"""Every change of a scoring files its evidence anew; what it decided is sealed under the matter."""

from datetime import datetime

from linli.records.evidence.models import Piece
from linli.records.evidence.services import file_piece
from linli.records.people.models import Person
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.reckoning import Result, result_of
from linli.records.trail.services import record
from linli.rules.plain.refusals import NotFound, Refused
from linli.rules.plain.texts import Text


def seal(event: object, scoring: Scoring, *, by: Person | None, at: datetime, nobody: str = "system") -> str:
    """Seal an event under what is scored; its receipt."""
    who = by.ref if by else nobody
    return record(event, stream=scoring.place_id, subject=scoring.subject, by=who, office=scoring.office, at=at).receipt


def refile(scoring: Scoring, *, by: Person | None, at: datetime) -> Piece:
    """A new version of the evidence as the result now stands. Of a secret card nobody is named as having filed it."""
    result = result_of(scoring)
    return file_piece(
        subject=scoring.subject,
        slot=scoring.slot,
        kind=scoring.kind,
        facts=result.facts(),
        by=None if scoring.secret and scoring.open else by,
        at=at,
        place=scoring.place,
        summary=summary_of(result),
    )


def summary_of(result: Result) -> Text:
    """In a few words what there is: `5 人评，1 人未交，优秀`."""
    said = [Text(f"{result.tally.sheets} 人评", f"sheets given: {result.tally.sheets}")]
    if result.missing:
        said.append(Text(f"{len(result.missing)} 人未交", f"not handed in: {len(result.missing)}"))
    if result.recused:
        said.append(Text(f"{len(result.recused)} 人回避", f"recused: {len(result.recused)}"))
    if result.shown and result.complete and result.grade_title:
        said.append(result.grade_title)
    title = result.scoring.title
    return Text(f"{title}：{'，'.join(one.zh for one in said)}", f"{title}: {', '.join(one.en for one in said)}")


def locked(scoring: Scoring) -> Scoring:
    """As it is now, locked until the transaction ends. Raises NotFound."""
    found = Scoring.objects.select_for_update(of=("self",)).select_related("place").filter(pk=scoring.pk).first()
    if found is None:
        raise NotFound
    return found


def still_open(scoring: Scoring) -> None:
    """Raises Refused once it is closed."""
    if not scoring.open:
        raise Refused(Text("评分已经截止，不能再改。", "The scoring is closed; nothing is changed any more."))
