"""What a list asks of a place again and again, and what was done, as a table."""

import re
from calendar import month_abbr
from collections.abc import Iterator, Sequence

from linli.records.registers.selectors import Item, Round
from linli.rules.plain.texts import Text
from linli.web.shared.rows import titles
from linli.web.shared.shapes import Column, Stamp, Table

_COLUMNS = (
    Column(Text("事项", "Item")),
    Column(Text("阶段", "Phase")),
    Column(Text("现在", "Now"), "stamp"),
    Column(Text("本期期限", "Due"), "date"),
    Column(Text("最近一次", "Last done"), "date"),
    Column(Text("漏掉的各期", "Missed")),
)
_STATES = {
    "done": Stamp(Text("已公开", "Done"), "done"),
    "due": Stamp(Text("待公开", "Due"), "waiting"),
    "overdue": Stamp(Text("有漏掉的", "Some missed"), "action"),
    "open": Stamp(Text("即时公开", "At once"), "running"),
}


_SPAN = re.compile(r"\d{4}-([QH]?)(\d+)")
_QUARTERS = "一二三四"


def missed_words(names: Sequence[str]) -> Text | None:
    """`2026-01`, `2026-02`, `2026-03` as 1–3月, `2026-Q1` as 一季度: runs of parts of one year."""
    found = [_SPAN.fullmatch(name) for name in names]
    if not names or not all(found):
        return Text("、".join(names), ", ".join(names)) if names else None
    kind, numbers = next(one[1] for one in found if one), [int(one[2]) for one in found if one]
    runs = list(_runs(numbers))
    return Text("、".join(_zh(kind, *run) for run in runs), ", ".join(_en(kind, *run) for run in runs))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _zh(kind: str, first: int, last: int) -> str:
    ends = [first] if first == last else [first, last]
    if kind == "Q":
        return "至".join(_QUARTERS[one - 1] for one in ends) + "季度"
    if kind == "H":
        return "全年" if first != last else ("上半年" if first == 1 else "下半年")
    return "–".join(str(one) for one in ends) + "月"


def _en(kind: str, first: int, last: int) -> str:
    ends = [first] if first == last else [first, last]
    return "–".join(f"{kind}{one}" if kind else month_abbr[one] for one in ends)


def round_table(found: Round) -> Table:
    return Table(found.of.register.title, _COLUMNS, [_row(found, item) for item in found.items], hide_caption=True)


def _row(found: Round, item: Item) -> list[object]:
    phase = titles(found.log, found.phase_field, item.phase) if found.phase_field and item.phase else ""
    last = item.last.since if item.last else None
    return [
        item.row.key,
        phase,
        _STATES[item.state],
        item.due_on if item.state != "done" else None,
        last,
        missed_words(item.missed),
    ]
