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


@event("test.asked", title=Text("已提问", "Asked"))
class Asked:
    words: Personal[str]
    number: int


@event("test.told", title=Text("已说明", "Told"))
class Told:
    words: Personal[str]
