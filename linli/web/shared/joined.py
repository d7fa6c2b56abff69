"""Lists that belong together on one page: what each holds, what was kept and what was cut."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linli.records.registers.book import Keeping
from linli.records.registers.selectors import Joined
from linli.rules.plain.texts import Text
from linli.web.shared.shapes import Column, Link, Table

_INTERNAL = Text("内部登记，不公开", "Kept internally")
_PART, _ROWS = Column(Text("方面", "Respect"), "link"), Column(Text("现有", "Now"), "number")


@dataclass(frozen=True)
class JoinedTable:
    """`sums`: over all lists, how many rows chose each entry of what they have in common."""

    joined: Joined
    table: Table
    sums: Sequence[tuple[Text, int]]


def joined_table(joined: Joined, url: Callable[[Keeping], str], *, staff: bool) -> JoinedTable:
    choice = list(joined.choice.entries.values()) if joined.choice else []
    columns = (_PART, _ROWS, *(Column(entry.title, "number") for entry in choice))
    rows: list[list[object]] = []
    for part in joined.parts:
        hidden = not staff and part.register.public != "public"
        counts = [part.said.get(entry.key, 0) if part.said else None for entry in choice]
        link = Link(part.entry.title, url(part.kept) if part.kept and not hidden else "", _INTERNAL if hidden else "")
        rows.append([link, None if hidden else part.totals.rows, *([None] * len(choice) if hidden else counts)])
    sums = [(entry.title, joined.sum_of(entry.key)) for entry in choice]
    return JoinedTable(joined, Table(joined.catalogue.title, columns, rows, hide_caption=True, as_is=True), sums)
