"""What happens to needs, as it is sealed."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("need.raised", title=Text("需求已提出", "Need raised"))
class NeedRaised:
    code: str
    year: int
    channel: str
    mode: str
    asker: str
    entered_by: str
    what: Personal[str]
    where: Personal[str]


@event("need.visited", title=Text("已走访，暂无需求", "Asked, nothing wished for"))
class NothingWished:
    year: int
    channel: str
    household: str


@event("need.checked", title=Text("需求已核实", "Need checked"))
class NeedChecked:
    real: bool
    findings: Personal[str]


@event("need.answered", title=Text("需求已答复", "Need answered"))
class NeedAnswered:
    verdict: str
    reason: Personal[str]


@event("need.linked", title=Text("需求已纳入", "Need taken up"))
class NeedLinked:
    by_subject: str


@event("need.unlinked", title=Text("需求已退回", "Need let go"))
class NeedUnlinked:
    by_subject: str
    reason: str


@event("need.withdrawn", title=Text("需求已撤回", "Need withdrawn"))
class NeedWithdrawn:
    reason: Personal[str]


@event("need.contact_read", title=Text("查看了提出人的联系方式", "Contact of the proposer read"))
class ContactRead:
    reason: Personal[str]


@event("need.pair_judged", title=Text("相似需求已判断", "Similar needs judged"))
class PairJudged:
    other: str
    same: bool
    reason: Personal[str]


@event("need.clustered", title=Text("需求已归并到一组", "Need put into a cluster"))
class NeedClustered:
    cluster: int
    title: str


@event("need.unclustered", title=Text("需求已移出分组", "Need taken out of its cluster"))
class NeedUnclustered:
    cluster: int
    reason: str


@event("needs.import_began", title=Text("需求表格开始导入", "Import of needs began"))
class ImportBegan:
    digest: str


@event("needs.rows_imported", title=Text("已导入一批需求", "A batch of rows imported"))
class RowsImported:
    """`rows_digest` is a keyed digest over every row in order with what became of it."""

    first: int
    last: int
    accepted: int
    rejected: int
    duplicates: int
    rows_digest: str


@event("needs.import_left", title=Text("需求表格没有导完，已关闭", "Import of needs left unfinished and closed"))
class ImportLeft:
    rows_in: int


@event("needs.import_done", title=Text("需求表格导入完毕", "Import of needs finished"))
class ImportDone:
    rows_in: int
    accepted: int
    rejected: int
    duplicates: int
