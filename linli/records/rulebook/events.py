"""What the rulebook seals: which rules hold where, values set, exceptions, holds."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("rules.adopted", title=Text("采用办法", "Rules adopted"))
class RulesAdopted:
    place: str
    pack: str
    version: str
    digest: str
    since: str


@event("rules.value_set", title=Text("设定本地数值", "Local value set"))
class LocalValueSet:
    place: str
    parameter: str
    key: str
    value: str
    unit: str
    since: str
    until: str
    document: str


@event("exception.asked", title=Text("申请例外", "Exception asked for"))
class ExceptionWasAsked:
    excuses: str
    reason: str
    ground: str
    up_to: int | None


@event("exception.granted", title=Text("批准例外", "Exception granted"))
class ExceptionGranted:
    excuses: str
    reason: str
    ground: str
    up_to: int | None


@event("exception.refused", title=Text("不批准例外", "Exception turned down"))
class ExceptionRefused:
    excuses: str
    reason: str


@event("deadline.moved", title=Text("期限顺延", "Deadline moved"))
class DeadlineMoved:
    state: str
    by: str
    because: str


@event("hold.placed", title=Text("叫停", "Stopped"))
class HoldPlaced:
    kind: str
    reason: str


@event("hold.answered", title=Text("答复叫停", "Hold answered"))
class HoldAnswered:
    kind: str
    answer: str


@event("hold.released", title=Text("解除叫停", "Hold released"))
class HoldReleased:
    kind: str
