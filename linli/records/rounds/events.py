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


@event("round.draw_announced", title=Text("抽签已公布", "Draw announced"))
class DrawAnnounced:
    code: str
    tied: list[str]
    left: int
    held_from: str
    reason: str


@event("round.draw_held", title=Text("已抽签", "Lots drawn"))
class DrawHeld:
    code: str
    checkpoint: int
    seed: str
    numbers: list[list[str]]
    chosen: list[str]


@event("round.next_places_set", title=Text("来年名额已写进设定", "Places of next year set"))
class NextPlacesSet:
    code: str
    since: str
    places: dict[str, int]


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
