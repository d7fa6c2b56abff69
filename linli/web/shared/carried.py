"""What a list asks of a place again and again, and what was done, as a table."""

from linli.records.registers.selectors import Item, Round
from linli.rules.plain.texts import Text
from linli.web.shared.rows import titles
from linli.web.shared.shapes import Column, Stamp, Table

_COLUMNS = (
    Column(Text("事项", "Item")),
    Column(Text("阶段", "Phase")),
    Column(Text("本期", "This time"), "stamp"),
    Column(Text("期限", "Due"), "date"),
    Column(Text("最近一次", "Last done"), "date"),
    Column(Text("漏掉的各期", "Missed")),
)
_STATES = {
    "done": Stamp(Text("已公开", "Done"), "done"),
    "due": Stamp(Text("待公开", "Due"), "waiting"),
    "overdue": Stamp(Text("逾期", "Late"), "action"),
    "open": Stamp(Text("即时公开", "At once"), "running"),
}


def round_table(found: Round) -> Table:
    return Table(found.of.register.title, _COLUMNS, [_row(found, item) for item in found.items], hide_caption=True)


def _row(found: Round, item: Item) -> list[object]:
    phase = titles(found.log, found.phase_field, item.phase) if found.phase_field and item.phase else ""
    last = item.last.since if item.last else None
    return [item.row.key, phase, _STATES[item.state], item.due_on if item.state != "done" else None, last, "、".join(item.missed)]
