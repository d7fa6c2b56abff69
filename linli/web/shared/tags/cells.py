"""Cells of a table. Written here and not in a template: a long list has hundreds of them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from linli.web.shared.escaping import plain
from linli.web.shared.shapes import Column, Link
from linli.web.shared.speaking import language
from linli.web.shared.tags import figures, story
from linli.web.shared.tags.words import said

_NOTHING = SafeString('<span class="quiet">—</span>')


def heads_of(columns: Sequence[Column]) -> SafeString:
    """`<th>` after `<th>`."""
    return _heads(tuple(columns), language())


def rows_of(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> SafeString:
    """`<tr>` after `<tr>`; on a phone each becomes a card, and every cell but the first says what it is (`data-name`)."""
    heads = _cell_heads(tuple(columns), language())
    kinds = [column.kind for column in columns]
    made = []
    for row in rows:
        cells = (f"{head}{cell(kind, value)}</td>" for head, kind, value in zip(heads, kinds, row, strict=True))
        made.append(f'<tr role="row">{"".join(cells)}</tr>')
    return mark_safe("".join(made))


@lru_cache(maxsize=256)
def _heads(columns: Sequence[Column], _language: str) -> SafeString:
    heads = (f'<th role="columnheader" scope="col" class="k-{one.kind}">{plain(said(one.title))}</th>' for one in columns)
    return mark_safe("".join(heads))


@lru_cache(maxsize=256)
def _cell_heads(columns: Sequence[Column], _language: str) -> Sequence[str]:
    names = ["", *(f' data-name="{plain(said(column.title))}"' for column in columns[1:])]
    return [f'<td role="cell" class="k-{column.kind}"{name}>' for column, name in zip(columns, names, strict=True)]


def cell(kind: str, value: Any) -> str:
    """One value as its column wants it."""
    if value is None or value == "":
        return _NOTHING
    if kind == "stamp":
        return story.stamp(value.title, value.tone)
    if kind == "link":
        return _link(value)
    if kind == "date":
        return f'<time datetime="{figures.iso(value)}">{figures.date_zh(value)}</time>'
    if kind in _FIGURES:
        return plain(_FIGURES[kind](value))
    return f"<span>{plain(said(value))}</span>"


_FIGURES: dict[str, Callable[[Any], str]] = {
    "money": figures.yuan,
    "number": figures.number,
    "moment": figures.moment_zh,
    "share": figures.percent,
}


def _link(link: Link) -> str:
    title = plain(said(link.title))
    shown = f'<a href="{plain(link.url)}">{title}</a>' if link.url else title
    note = f'<small class="quiet">{plain(said(link.note))}</small>' if link.note else ""
    return f"<span>{shown}{note}</span>"
