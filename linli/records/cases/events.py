"""What is sealed about cases."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("case.opened", title=Text("立项", "Case opened"))
class CaseOpened:
    code: str
    procedure: str
    year: int
    title: str
    parent: str


@event("case.act_taken", title=Text("办理", "Act taken"))
class ActTaken:
    code: str
    procedure: str
    act: str
    from_state: str
    to_state: str
    moved: bool
    note: Personal[str]


@event("case.fed", title=Text("更新项目要素", "Figures of the case updated"))
class CaseFed:
    code: str
    form: str
    amount_fen: int | None
    type: str
    category: str


@event("case.needs_linked", title=Text("对应居民需求", "Needs linked"))
class NeedsLinked:
    code: str
    needs: list[str]


@event("case.party_named", title=Text("登记相关方", "Party named"))
class PartyNamed:
    code: str
    relation: str
    ref: str


@event("case.amended", title=Text("按批准的变更修改", "Amended by an approved change"))
class CaseAmended:
    code: str
    by_case: str
    form: str
    version: int


@event("case.heard_from", title=Text("收到相关事项结果", "Result of another matter"))
class HeardFrom:
    code: str
    other: str
    act: str
    to_state: str
