"""Kinds of events that exist only for these tests."""

from linli.records.trail import Personal, event
from linli.rules.plain.texts import Text


@event("test.noted", title=Text("已记录", "Noted"))
class Noted:
    words: str
    count: int = 0


@event("test.visited", title=Text("已走访", "Visited"))
class Visited:
    household: Personal[str]
    remarks: Personal[str | None] = None
    round: str = ""
