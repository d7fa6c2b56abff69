"""Long lists: tables that become cards on a phone, pagers, filters that stay in the address, tabs."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from linli.web.shared.shapes import Filter, Page, Tab, Table, Words
from linli.web.shared.speaking import language
from linli.web.shared.tags.cells import heads_of, rows_of
from linli.web.shared.tags.library import register
from linli.web.shared.tags.words import said


@register.inclusion_tag("shared/pieces/table.html")
def table(table: Table, tight: bool = False) -> dict[str, Any]:
    """`{% table projects %}` with a Table of columns and rows. `tight`: where it may scroll sideways, by keyboard as well."""
    return {"table": table, "tight": tight, "heads": heads_of(table.columns), "rows": rows_of(table.columns, table.rows)}


@register.inclusion_tag("shared/pieces/pager.html", takes_context=True)
def pager(context: Context, page: Page) -> dict[str, Any]:
    """`{% pager page %}`: the next and the earlier part of a list; filters in the address are kept."""
    return {
        "page": page,
        "next_url": _address(context, "after", page.next),
        "previous_url": _address(context, "before", page.previous),
    }


def _address(context: Context, key: str, cursor: str) -> str:
    if not cursor:
        return ""
    query = context["request"].GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[key] = cursor
    return "?" + str(query.urlencode())


@register.inclusion_tag("shared/pieces/filters.html", takes_context=True)
def filters(context: Context, filters: Sequence[Filter], action: str = "") -> dict[str, Any]:
    """`{% filters questions %}`: a GET form, and what is asked now as chips that can be taken off one by one."""
    asked = context["request"].GET
    return {
        "filters": [(question, asked.get(question.key, "")) for question in filters],
        "chips": [chip for question in filters if (chip := _chip(asked, question))],
        "action": action,
    }


@register.simple_tag
def options(choices: Sequence[tuple[Any, Words]], chosen: str) -> SafeString:
    """`{% options question.choices value %}`: of a list to choose from, the chosen one marked."""
    return _options(tuple((str(code), words) for code, words in choices), chosen, language())


@lru_cache(maxsize=1024)
def _options(choices: tuple[tuple[str, Words], ...], chosen: str, _language: str) -> SafeString:
    made = []
    for code, words in choices:
        marked = " selected" if code == chosen else ""
        made.append(f'<option value="{escape(code)}"{marked}>{escape(str(said(words)))}</option>')
    return mark_safe("".join(made))


def _chip(asked: Any, question: Filter) -> dict[str, Any] | None:
    value = asked.get(question.key, "")
    if not value or question.kind == "hidden":
        return None
    without = asked.copy()
    for key in (question.key, "after", "before"):
        without.pop(key, None)
    shown = dict(question.choices).get(value, value)
    return {"title": question.title, "value": shown, "url": "?" + without.urlencode()}


@register.inclusion_tag("shared/pieces/tabs.html")
def tabs(tabs: Sequence[Tab], label: Any = "") -> dict[str, Any]:
    """`{% tabs ways label="…" %}`: links, the present one marked."""
    return {"tabs": tabs, "label": label}
