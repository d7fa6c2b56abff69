"""Versions of a form in words: what stands in it, and what changed from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Protocol

from django.utils.translation import gettext as _

from linli.records.evidence.models import Filling
from linli.records.evidence.places_named import places_named
from linli.rules.plain import money
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Field, Form
from linli.rules.policy.rules import Rules
from linli.web.shared.shapes import Column, Table
from linli.web.shared.tags.figures import date_zh, percent
from linli.web.shared.tags.words import said

NOTHING = "—"
# Figures stand under figures; the words are made already, so no column makes them again.
_FIGURES = frozenset({"money", "number", "share"})


class InForce(Protocol):
    """Rules and the day they are read on."""

    @property
    def rules(self) -> Rules: ...
    @property
    def rules_on(self) -> date: ...


@dataclass(frozen=True)
class Value:
    """One field with what it holds: a line of text, or rows under heads."""

    title: Text
    text: str
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()

    @property
    def table(self) -> Table:
        """On a phone every figure says what it is."""
        return Table(self.title, self.columns, self.rows, hide_caption=True)


@dataclass(frozen=True)
class Change:
    """A version against the one before it: field, what stood there, what stands there now."""

    version: Filling
    fields: Sequence[tuple[Text, str, str]]
    first: bool


def shown_values(now: InForce, form: Form, filling: Filling) -> list[Value]:
    """Every field in the order of the form; sealed ones say that they are sealed."""
    places = places_named([(form, filling.data)])
    return [_value(now, field, filling.data.get(field.key), places) for field in form.fields.values()]


def _value(now: InForce, field: Field, value: Any, places: Mapping[str, str]) -> Value:
    if field.public == "sealed":
        return Value(field.title, _("已加密保存，不在这里显示"))
    if field.type == "lines":
        heads = [Column(title, "figure" if kind in _FIGURES else "text") for _key, title, kind in field.columns]
        rows = [[words(now, kind, row.get(key), places=places) for key, _title, kind in field.columns] for row in value or ()]
        return Value(field.title, "" if rows else NOTHING, heads, rows)
    return Value(field.title, words(now, field.type, value, field.catalogue, places))


def changes(now: InForce, form: Form, history: Sequence[Filling]) -> list[Change]:
    """Newest first."""
    pairs, places = list(zip([None, *history], history, strict=False)), places_named((form, each.data) for each in history)
    return [Change(filling, _changed(now, form, before, filling, places), before is None) for before, filling in reversed(pairs)]


def _changed(
    now: InForce, form: Form, before: Filling | None, after: Filling, places: Mapping[str, str]
) -> list[tuple[Text, str, str]]:
    if before is None:
        return []
    found = []
    for field in form.fields.values():
        if field.public == "sealed":
            continue
        was, is_now = before.data.get(field.key), after.data.get(field.key)
        if was != is_now:
            found.append((field.title, _line(now, field, was, places), _line(now, field, is_now, places)))
    return found


def _line(now: InForce, field: Field, value: Any, places: Mapping[str, str]) -> str:
    if field.type != "lines":
        return words(now, field.type, value, field.catalogue, places)
    lines = [[words(now, kind, row.get(key), places=places) for key, _title, kind in field.columns] for row in value or ()]
    return "；".join("　".join(cells) for cells in lines) or NOTHING


def words(now: InForce, kind: str, value: Any, catalogue: str = "", places: Mapping[str, str] = MappingProxyType({})) -> str:
    """A stored value as people read it. `places`: code -> name."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    match kind:
        case "money":
            return f"{money.yuan(value)} {_('元')}"
        case "share":
            return percent(value)
        case "date":
            return date_zh(value)
        case "place":
            return places.get(str(value), str(value))
        case "choice" | "choices":
            return _entries(now, catalogue, value if isinstance(value, list) else [value])
        case "file":
            return _("%(n)s 个文件") % {"n": len(value)}
    return str(value)


def _entries(now: InForce, catalogue: str, codes: Sequence[str]) -> str:
    known = now.rules.catalogues(now.rules_on).get(catalogue)
    titles = [said(known.entries[code].title) if known and code in known.entries else code for code in codes]
    return _("、").join(titles)
