"""Values of a lower level against those of the law above, on every day on which either changes."""

from datetime import date, timedelta

from linli.rules.plain.texts import Text
from linli.rules.policy.errors import Findings
from linli.rules.policy.lookup import entry, row_in_force
from linli.rules.policy.models import Dated, Parameter, Value
from linli.rules.policy.overlay import Layers
from linli.rules.policy.pieces import Piece
from linli.rules.policy.values import may_replace
from linli.rules.policy.words import value_words

_TIGHTER = {
    "replace": ("raise", "lower", "keep", "replace"),
    "raise": ("raise", "keep"),
    "lower": ("lower", "keep"),
    "keep": ("keep",),
}
_MAY = {
    "keep": Text("照搬", "keep"),
    "lower": Text("调低", "lower"),
    "raise": Text("调高", "raise"),
    "replace": Text("另定", "replace"),
}


def lint_values(layers: Layers, findings: Findings) -> None:
    names = {id: _entries_of(layers, id) for id in (*layers.pieces["catalogues"], *layers.pieces["scorecards"])}
    for id, pieces in layers.pieces["parameters"].items():
        parameter = layers.parameter(id)
        if parameter is None or pieces[0].adds_to:
            continue
        _entries(parameter, names, findings)
        _patches(pieces, findings)
        if len({piece.pack for piece in pieces}) > 1:
            _allowed(parameter, pieces, layers, findings)


def _entries_of(layers: Layers, id: str) -> set[str]:
    """The entries a catalogue or scorecard has on any day."""
    pieces = [*layers.pieces["catalogues"].get(id, ()), *layers.pieces["scorecards"].get(id, ())]
    return {key for piece in pieces for part in ("entries", "items") for key in piece.rec.get(part, ())}


def _entries(parameter: Parameter, names: dict[str, set[str]], findings: Findings) -> None:
    if not parameter.by:
        return
    if parameter.by not in names:
        findings.add("by_what", parameter.where, id=parameter.id, by=parameter.by)
        return
    for row in parameter.values:
        for key in row.entries:
            if key and key not in names[parameter.by]:
                findings.add("no_such_entry", row.where, by=parameter.by, key=key, known=sorted(names[parameter.by]))


def _patches(pieces: list[Piece], findings: Findings) -> None:
    """A patch of a parameter brings values, who sets them, and at most a tighter permission."""
    first, *patches = pieces
    held = first.rec.get("lower_levels_may", "keep")
    for patch in patches:
        for key in ("title", "unit", "by", "until_set", "exception", "about"):
            if key in patch.rec:
                findings.add("changes_law_above", patch.rec.at(key), key=key, pack=first.pack)
        new = patch.rec.get("lower_levels_may", held)
        if new not in _TIGHTER[held]:
            findings.add("loosens", patch.rec.at("lower_levels_may"), id=patch.id, old=held, new=new)


def _allowed(parameter: Parameter, pieces: list[Piece], layers: Layers, findings: Findings) -> None:
    chain = [pack.id for pack in layers.chain]
    level = layers.chain[-1].level
    above = [piece for piece in pieces if piece.pack != chain[-1]]
    if not above or len(above) == len(pieces):
        return
    may, set_by = "keep", set()
    for piece in above:
        may = piece.rec.get("lower_levels_may", may)
        set_by |= set(piece.rec.get("set_by", ()))
    named = any(office.partition(".")[0] == level for office in set_by)
    reported: set[tuple[object, str]] = set()
    for day in _days(parameter):
        for key in sorted({key for row in parameter.values for key in row.entries}):
            row, law = row_in_force(parameter, chain, day, key), row_in_force(parameter, chain[:-1], day, key)
            if row is None or row.pack != chain[-1] or (row.where, key) in reported:
                continue
            held = None if law is None else entry(law, key)
            if not may_replace(held, entry(row, key), may, named=named):
                reported.add((row.where, key))
                _report(findings, parameter, row, day, key, held, may)


def _report(findings: Findings, parameter: Parameter, row: Dated, day: date, key: str, held: Value | None, may: str) -> None:
    findings.add(
        "not_allowed_value",
        row.where,
        day=day,
        key=key or parameter.id,
        value=value_words(entry(row, key), parameter.unit),
        above=value_words(held, parameter.unit),
        may=_MAY[may],
    )


def _days(parameter: Parameter) -> list[date]:
    ends = {row.until + timedelta(days=1) for row in parameter.values if row.until}
    return sorted({row.since for row in parameter.values} | ends)
