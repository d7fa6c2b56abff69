"""Laying a patch over a construct: lists grow, tables gain rows, and nothing that stands is changed."""

from typing import Any

from linli.rules.policy.errors import Findings
from linli.rules.policy.pieces import Piece
from linli.rules.policy.shapes import Keyed, Or, Rec, Record, Shape, Table

_OF_THE_PATCH = ("adds_to", "since", "id", "act", "key", "clause")


def merged(base: Rec, patch: Piece, shape: Record, findings: Findings) -> Rec:
    """A new record; `base` stays as it is. Mistakes are reported where the patch is written."""
    may = base.get("lower_levels_may", "add" if patch.kind != "catalogues" else "keep")
    if patch.pack != base.pack and may == "keep":
        findings.add("law_above_keeps", patch.rec.where, id=patch.id, pack=base.pack)
        return base
    if patch.kind == "catalogues" and patch.pack != base.pack and may == "alias":
        _only_aliases(base, patch, findings)
    free = patch.kind == "catalogues" and may == "replace"
    return _laid(base, patch.rec, shape, findings, free=free)


def _only_aliases(base: Rec, patch: Piece, findings: Findings) -> None:
    for key, entry in patch.rec.get("entries", {}).items():
        if key not in base.get("entries", {}):
            findings.add("only_aliases", entry.where, key=key, id=patch.id, pack=base.pack)


def _laid(base: Rec, patch: Rec, shape: Record, findings: Findings, *, free: bool) -> Rec:
    result = base.copy()
    for key, value in patch.items():
        inner = shape.keys.get(key) or shape.free
        if key in _OF_THE_PATCH and not (key == "clause" and isinstance(value, tuple)):
            continue
        if key in shape.frozen and not free and base.get(key) != value:
            findings.add("touches_law_above", patch.at(key), key=key, pack=base.pack, name=shape.title)
        elif key not in base or key in shape.replaced or (free and key in shape.frozen):
            result[key], result.lines[key] = value, patch.at(key)
        else:
            result[key] = _joined(base[key], value, inner, patch, key, findings, free=free)
    return result


def _joined(old: Any, new: Any, shape: Shape | None, patch: Rec, key: str, findings: Findings, *, free: bool) -> Any:
    match shape:
        case Table(of=of) | Keyed(of=of):
            return _rows(old, new, of, findings, free=free)
        case Record():
            return _laid(old, new, shape, findings, free=free)
        case Or() if isinstance(old, Rec) and isinstance(new, Rec) and isinstance(shape.other, Record):
            return _laid(old, new, shape.other, findings, free=free)
    if isinstance(old, tuple) and isinstance(new, tuple):
        return old + tuple(item for item in new if item not in old)
    if old != new:
        findings.add("changes_law_above", patch.at(key), key=key, pack=patch.pack)
    return old


def _rows(old: Rec, new: Rec, of: Shape, findings: Findings, *, free: bool) -> Rec:
    result = old.copy()
    for key, row in new.items():
        if key not in old:
            result[key], result.lines[key] = row, new.at(key)
        elif isinstance(of, Record):
            result[key] = _laid(old[key], row, of, findings, free=free)
        elif old[key] != row:
            findings.add("changes_law_above", new.at(key), key=key, pack=new.pack)
    return result
