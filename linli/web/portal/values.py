"""The values of a pack over time, in words: what, since when, by which clause, and what a place set itself."""

from dataclasses import dataclass
from datetime import date

from linli.records.places.models import Place
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Dated, Parameter, Special, Value
from linli.rules.policy.reading import LocalValue
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import value_words
from linli.web.portal.clauses import clause_link
from linli.web.shared.shapes import Link

_LEVELS_MAY = {
    "keep": Text("下级不得改动", "lower levels keep it"),
    "raise": Text("下级只可提高", "lower levels may only raise it"),
    "lower": Text("下级只可降低", "lower levels may only lower it"),
    "replace": Text("下级可以另定", "lower levels may set their own"),
}


@dataclass(frozen=True)
class Row:
    """One value of one time. `now`: it is the one in force on the day asked."""

    since: date
    until: date | None
    values: list[tuple[Text | None, Text, bool]]  # for what, the value, whether it is unset
    clause: Link | None
    now: bool


@dataclass(frozen=True)
class Local:
    """A value a place has set itself."""

    local: LocalValue
    for_what: Text | None
    value: Text
    place: str
    now: bool


@dataclass(frozen=True)
class Shown:
    parameter: Parameter
    rows: list[Row]
    local: list[Local]
    unset: bool  # nobody has set it, here and now
    may: Text


def values_of(rules: Rules, on: date) -> list[Shown]:
    """Every parameter, those with a value first as the packs name them."""
    names = {place.code: place.short_name for place in Place.objects.filter(pk__in={one.place for one in rules.local})}
    return [_shown(rules, one, on, names) for one in rules.parameters().values()]


def _shown(rules: Rules, parameter: Parameter, on: date, names: dict[str, str]) -> Shown:
    keys = _keys(rules, parameter, on)
    rows = [_row(rules, parameter, row, keys, on) for row in parameter.values]
    local = [_local(rules, parameter, one, keys, on, names) for one in rules.local if one.parameter == parameter.id]
    return Shown(parameter, rows[::-1], local[::-1], _unset(rules, parameter, on), _LEVELS_MAY[parameter.lower_levels_may])


def _keys(rules: Rules, parameter: Parameter, on: date) -> dict[str, Text]:
    return dict(rules.entry_titles(parameter, on))


def _row(rules: Rules, parameter: Parameter, row: Dated, keys: dict[str, Text], on: date) -> Row:
    values = [
        (keys.get(key, Text(key, key)) if key else None, _words(value, parameter), _open(value))
        for key, value in row.entries.items()
    ]
    current = row.since <= on and (row.until is None or on <= row.until)
    later = any(row.since < other.since <= on and other.pack == row.pack for other in parameter.values)
    return Row(row.since, row.until, values, clause_link(rules.pack.id, row.clause), current and not later)


def _words(value: Value, parameter: Parameter) -> Text:
    said = value_words(value, parameter.unit)
    return Text(f"{said.zh}左右", f"about {said.en}") if parameter.about and not isinstance(value, Special) else said


def _open(value: Value) -> bool:
    return value is Special.UNSET


def _local(rules: Rules, parameter: Parameter, one: LocalValue, keys: dict[str, Text], on: date, names: dict[str, str]) -> Local:
    in_force = one.since <= on and (one.until is None or on <= one.until)
    return Local(
        one,
        keys.get(one.key, Text(one.key, one.key)) if one.key else None,
        value_words(one.value, parameter.unit),
        names.get(one.place, one.place),
        in_force,
    )


def _unset(rules: Rules, parameter: Parameter, on: date) -> bool:
    keys = {key for row in parameter.values for key in row.entries}
    return any(rules.read(parameter.id, on=on, key=key).state == "unset" for key in keys)
