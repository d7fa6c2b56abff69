"""What happens in a round, as it is sealed."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("round.ranked", title=Text("候选已排序", "Candidates ranked"))
class CandidatesRanked:
    code: str
    number: int
    candidates: int
    chosen: list[str]
    tied: list[str]
    digest: str


@event("round.tie_decided", title=Text("并列已决定", "Tie decided"))
class TieDecided:
    code: str
    tied: list[str]
    chosen: list[str]
    reason: str


@event("round.upper_recorded", title=Text("上级结果已登记", "Answer from above recorded"))
class UpperRecorded:
    code: str
    chosen: list[str]
    others: list[str]


@event("round.results_filed", title=Text("各地成效已汇总", "Results of the parts filed"))
class ResultsFiled:
    code: str
    graded: int
    parts: int
