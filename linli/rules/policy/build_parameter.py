"""Parameters: dated values in a unit, of one pack or laid over those of the law above."""

from collections.abc import Sequence
from datetime import date
from functools import reduce

from linli.rules.plain.texts import Text
from linli.rules.policy.context import Context
from linli.rules.policy.models import NOWHERE, OPEN, Dated, Parameter, Special, Value
from linli.rules.policy.pieces import Piece
from linli.rules.policy.shapes import Rec
from linli.rules.policy.values import value_of
from linli.rules.policy.yaml12 import Node, Scalar

_EMPTY = Rec({}, NOWHERE, {})


def parameter(pieces: Sequence[Piece], ctx: Context) -> Parameter:
    """One parameter out of its definition and its patches, the law above first."""
    first = pieces[0]
    rec = first.rec
    unit, by = rec.get("unit", "text"), rec.get("by", "")
    rows = [row for piece in pieces for row in _rows(piece, unit, by, ctx)]
    lowest = reduce(lambda held, piece: piece.rec.get("lower_levels_may", held), pieces, "keep")
    set_by = [office for piece in pieces for office in piece.rec.get("set_by", ())]
    _unset_by_whom(first.id, rows, set_by, ctx)
    return Parameter(
        id=first.id,
        title=rec.get("title", Text("", "")),
        unit=unit,
        values=tuple(sorted(rows, key=lambda row: row.since)),
        by=by,
        lower_levels_may=lowest,  # type: ignore[arg-type]
        set_by=tuple(dict.fromkeys(set_by)),
        until_set=rec.get("until_set", "block"),
        exception=ctx.exception(rec.get("exception"), ""),
        about=rec.get("about", False),
        meets=tuple(sentence for piece in pieces for sentence in piece.rec.get("meets", ())),
        pack=first.pack,
        where=rec.where,
    )


def _rows(piece: Piece, unit: str, by: str, ctx: Context) -> list[Dated]:
    table: Rec = piece.rec.get("values", _EMPTY)
    rows = []
    before = ""
    for day, row in table.items():
        if day < before:
            ctx.findings.add("days_out_of_order", row.where, day=day, before=before)
        before = max(day, before)
        rows.append(_row(piece, day, row, unit, by, ctx))
    return sorted(rows, key=lambda row: row.since)


def _row(piece: Piece, day: str, row: Rec, unit: str, by: str, ctx: Context) -> Dated:
    since, until = date.fromisoformat(day), row.get("until")
    if until is not None and until < since:
        ctx.findings.add("until_before_since", row.at("until"), until=until, since=since)
    entries: dict[str, Value] = {}
    for key, node in row.items():
        if key in ("until", "clause"):
            continue
        if not by and key != "value":
            ctx.findings.add("row_key", row.at(key), key=key, id=piece.id)
            continue
        value = _value(node, unit, ctx)
        if value is not None:
            entries["" if key == "value" else key] = value
    if not entries and not set(row.lines) - {"until", "clause"}:
        ctx.findings.add("row_empty", row.where, id=piece.id)
    name = Text(f"参数“{piece.id}”的取值", f"values of parameter {piece.id}")
    clause = ctx.clause(row, name, piece.rec.get("clause", "")) or OPEN
    return Dated(since, until, entries, clause, row.where, piece.pack)


def _value(node: Node, unit: str, ctx: Context) -> Value | None:
    value = value_of(node, unit) if isinstance(node, Scalar) else None
    if value is None:
        found = node.text if isinstance(node, Scalar) else "…"
        ctx.findings.add("wrong_value", node.where, found=found, unit=unit, example=EXAMPLES[unit])
    return value


EXAMPLES = {
    "yuan": "500000",
    "count": "3",
    "people_or_households": "500",
    "share": '"2/3"',
    "points": "40",
    "characters": "800",
    "period": '"5 working_days"',
    "date": "2023-03-17",
    "day_of_year": '"03-31"',
    "day_of_month": "15",
    "flag": "true",
    "text": '"…"',
}


def _unset_by_whom(id: str, rows: list[Dated], set_by: list[str], ctx: Context) -> None:
    for row in rows:
        if Special.UNSET in row.entries.values() and not set_by:
            ctx.findings.add("unset_by_nobody", row.where, id=id)
