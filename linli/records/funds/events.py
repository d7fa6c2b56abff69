"""What is sealed about money."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("envelope.set", title=Text("核定年度经费", "Year's money set"))
class EnvelopeSet:
    place: str
    year: int
    amount_fen: int
    source: str
    dedicated: bool
    approved: bool


@event("money.committed", title=Text("列支经费", "Money committed"))
class MoneyCommitted:
    place: str
    year: int
    amount_fen: int
    left_fen: int


@event("money.released", title=Text("退回经费", "Money released"))
class MoneyReleased:
    place: str
    year: int
    amount_fen: int
    left_fen: int


@event("money.sources_named", title=Text("登记资金来源", "Sources of money named"))
class SourcesNamed:
    sources: list[str]
    total_fen: int
