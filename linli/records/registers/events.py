"""What is sealed about lists. Digests only: what a row says stays erasable."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("register.row_entered", title=Text("登记到清单", "Entered in a list"))
class RowEntered:
    register: str
    row: int
    digest: str
    about: str


@event("register.row_amended", title=Text("清单条目已修改", "Row of a list amended"))
class RowAmended:
    register: str
    row: int
    version: int
    digest: str
    reason: Personal[str]


@event("register.row_struck", title=Text("从清单中移出", "Struck from a list"))
class RowStruck:
    register: str
    row: int
    version: int
    reason: Personal[str]


@event("register.row_answered", title=Text("台账条目已答复", "Row of a ledger answered"))
class RowAnswered:
    register: str
    row: int
    verdict: str
    late: bool
    answer: Personal[str]


@event("register.row_passed_up", title=Text("逾期未答复，已报上级", "Unanswered too long, passed up"))
class RowPassedUp:
    register: str
    row: int
    offices: list[str]
