"""What the page of one list shows, at both doors: its rows under filters that stay in the address, and its sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest

from linli.records.registers.book import Keeping
from linli.records.registers.models import Row
from linli.records.registers.selectors import Totals, rows_of, said_on, seen_fields, totals_of
from linli.records.registers.selectors.rows import in_force
from linli.rules.gates.model import Facts
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field
from linli.web.shared import clock
from linli.web.shared.days import day_in_address
from linli.web.shared.paging import page_of
from linli.web.shared.rows import cell, column_of, names_of_places, short_fields, stamp_of, words
from linli.web.shared.shapes import Column, Filter, Link, Page, Tab, Table

NOW, STRUCK, OPEN, LATE, INCOMPLETE, ALL = "now", "struck", "unanswered", "overdue", "incomplete", "all"
MOST = 10_000
_SUMMED = 5_000


@dataclass(frozen=True)
class ListPage:
    """`shelf` tabs are the entries of the list's first class, each with its count."""

    kept: Keeping
    on: date
    totals: Totals
    page: Page
    table: Table | None
    classes: list[Tab]
    states: list[Tab]
    filters: list[Filter]
    sums: list[tuple[Text, int]]
    asked: bool


def list_page(request: HttpRequest, kept: Keeping, *, staff: bool, url: Callable[[Row], str] | None = None) -> ListPage:
    on, fields = day_asked(request), seen_fields(kept, staff=staff)
    here = rows_of(kept.place, kept.register.id)
    sums = totals_of(kept.place, kept.register.id, on)
    page = page_of(narrowed(request, here, kept, on), request)
    asked = any(request.GET.get(key) for key in ("q", "class", "on")) or state_asked(request) != NOW
    return ListPage(
        kept=kept,
        on=on,
        totals=sums,
        page=page,
        table=table_of(kept, short_fields(kept, fields), page.items, on, url) if page.items else None,
        classes=_classes(request, here, kept, on),
        states=_states(request, sums, kept),
        filters=[
            Filter("q", Text("内容", "Words"), kind="text"),
            Filter("class", Text("类别", "Class"), kind="hidden"),
            Filter("state", Text("状态", "State"), kind="hidden"),
            Filter("on", Text("日期", "Day"), kind="hidden"),
        ],
        # Of a log: what was given or paid adds up. The fees of a catalogue do not.
        sums=_sums(here, fields, on) if kept.register.log else [],
        asked=asked,
    )


def day_asked(request: HttpRequest) -> date:
    """As things stood on the day the address names; a day that makes no sense, or lies ahead, is today."""
    return min(day_in_address(request.GET.get("on", "")), clock.today())


def state_asked(request: HttpRequest) -> str:
    asked = request.GET.get("state", NOW)
    return asked if asked in (NOW, STRUCK, OPEN, LATE, INCOMPLETE, ALL) else NOW


def narrowed(request: HttpRequest, rows: "QuerySet[Row]", kept: Keeping, on: date) -> "QuerySet[Row]":
    rows = _in_state(rows, state_asked(request), on)
    words, chosen, field = request.GET.get("q", "").strip()[:60], request.GET.get("class", ""), class_field(kept)
    if words:
        rows = rows.filter(words__icontains=words)
    if chosen and field is not None:
        rows = rows.filter(**{f"data__{field.key}": chosen})
    return rows


def _in_state(rows: "QuerySet[Row]", state: str, on: date) -> "QuerySet[Row]":
    if state == ALL:
        return rows.filter(since__lte=on)
    if state == STRUCK:
        return rows.filter(struck_on__lte=on)
    rows = rows.filter(in_force(on))
    if state == INCOMPLETE:
        return rows.filter(complete=False)
    if state in (OPEN, LATE):
        rows = rows.filter(answered_at__isnull=True).exclude(owes="")
    return rows.filter(due_on__lt=on) if state == LATE else rows


def class_field(kept: Keeping) -> Field | None:
    """The first question with a closed list of answers: by it a list falls into classes."""
    fields = kept.form.fields.values()
    return next((each for each in fields if each.type == "choice" and each.public == "public" and each.catalogue), None)


def _classes(request: HttpRequest, rows: "QuerySet[Row]", kept: Keeping, on: date) -> list[Tab]:
    field = class_field(kept)
    known = kept.catalogues.get(field.catalogue) if field else None
    if field is None or known is None:
        return []
    column = f"data__{field.key}"
    counted = _in_state(rows, state_asked(request), on).order_by().values_list(column).annotate(many=Count("pk"))
    counts = {str(code): many for code, many in counted}
    now = request.GET.get("class", "")
    whole = Tab(Text("全部", "All"), with_asked(request, **{"class": ""}), not now, sum(counts.values()))
    entries = [(code, entry.title) for code, entry in known.entries.items()]
    return [whole] + [
        Tab(title, with_asked(request, **{"class": code}), code == now, counts.get(code, 0)) for code, title in entries
    ]


def _states(request: HttpRequest, sums: Totals, kept: Keeping) -> list[Tab]:
    known = [(NOW, Text("有效", "In force"), sums.rows), (STRUCK, Text("已移出", "Struck"), sums.removed)]
    if kept.register.answer is not None:
        known[1:1] = [(OPEN, Text("待答复", "Waiting"), sums.unanswered), (LATE, Text("逾期", "Late"), sums.overdue)]
    if sums.incomplete:
        known.append((INCOMPLETE, Text("待补全", "Incomplete"), sums.incomplete))
    now = state_asked(request)
    return [Tab(title, with_asked(request, state=state), state == now, many) for state, title, many in known]


def with_asked(request: HttpRequest, **asked: str) -> str:
    query = request.GET.copy()
    for key in ("after", "before", "print"):
        query.pop(key, None)
    for key, value in asked.items():
        query.pop(key, None)
        if value:
            query[key] = value
    return "?" + str(query.urlencode())


def _sums(rows: "QuerySet[Row]", fields: Sequence[Field], on: date) -> list[tuple[Text, int]]:
    """What the money columns of the rows in force come to, in fen."""
    money = [field for field in fields if field.type == "money"]
    if not money:
        return []
    kept = list(rows.filter(in_force(on)).values_list("data", flat=True)[:_SUMMED])
    totals = [(field.title, sum(int(data.get(field.key) or 0) for data in kept)) for field in money]
    return [(title, fen) for title, fen in totals if fen]


def table_of(
    kept: Keeping, fields: Sequence[Field], rows: Sequence[Row], on: date, url: Callable[[Row], str] | None = None
) -> Table:
    """The first column leads to the row where there is a page for it; the last says how it stands."""
    data = said_on(rows, on)
    names = names_of_places(data.values(), fields)
    since = Column(Text("登记", "Entered"), "date")
    columns = [*_first(fields, url), since, Column(Text("状态", "State"), "stamp")]
    found = [[*_cells(kept, fields, row, data[row.pk], names, url), row.since, stamp_of(row, on)] for row in rows]
    return Table(kept.register.title, columns, found, hide_caption=True)


def _first(fields: Sequence[Field], url: Callable[[Row], str] | None) -> list[Column]:
    columns = [column_of(field) for field in fields]
    return [Column(columns[0].title, "link"), *columns[1:]] if url and columns else columns


def _cells(
    kept: Keeping, fields: Sequence[Field], row: Row, data: Facts, names: Any, url: Callable[[Row], str] | None
) -> list[Any]:
    cells = [cell(kept, field, data.get(field.key), names) for field in fields]
    if url and cells:
        value = data.get(fields[0].key)
        title = words(kept, fields[0], value, names) if value not in (None, "", []) else Text("（未填）", "(blank)")
        cells[0] = Link(title, url(row))
    return cells
