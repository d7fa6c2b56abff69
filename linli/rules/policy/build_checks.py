"""Checks: one source, at most one operator, an operand that is no number of its own."""

from typing import Any, cast

from linli.rules.plain.texts import Text
from linli.rules.policy.context import Context
from linli.rules.policy.grammar import OPERATORS, SOURCES
from linli.rules.policy.models import Check, ExceptionRule, Of, Operand, Operator, Source_
from linli.rules.policy.shapes import Rec
from linli.rules.policy.yaml12 import Mapping, Node, Scalar, Sequence

_NAME = Text("检查", "a check")
_FACT_OF = {"evidence": "fact", "form": "field", "register": "fact", "body": "fact"}
_ORDERED = ("at_least", "at_most", "more_than", "less_than", "no_later_than", "no_earlier_than")
_FLAGS = ("filled", "listed")
# What an exception may be granted in amounts of, and which way each comparison lets it lead.
_COUNTED = ("yuan", "count", "people_or_households", "points", "characters")
_REACHES = {"at_most": "up_to", "less_than": "up_to", "at_least": "down_to", "more_than": "down_to"}


def checks(recs: tuple[Rec, ...], ctx: Context, above: str) -> tuple[Check, ...]:
    """Build checks; `above` is the clause of what they belong to."""
    built = tuple(check(rec, ctx, above) for rec in recs)
    seen: dict[str, Rec] = {}
    for rec, one in zip(recs, built, strict=True):
        if one.key in seen:
            ctx.findings.add("same_check_key", rec.where, key=one.key, first=seen[one.key].where.line)
        seen.setdefault(one.key, rec)
    return built


def conditions(recs: tuple[Rec, ...], ctx: Context, above: str) -> tuple[Check, ...]:
    """Conditions (`when`, `any_of`) may repeat a key: nobody excuses them one by one."""
    return tuple(check(rec, ctx, above, condition=True) for rec in recs)


def check(rec: Rec, ctx: Context, above: str, *, condition: bool = False) -> Check:
    source = _source(rec, ctx)
    name = str(rec.get(source, ""))
    fact = str(rec.get(_FACT_OF.get(source, ""), ""))
    operator, operand = _operation(rec, ctx)
    clause = above or "open" if condition and "clause" not in rec else ctx.clause(rec, _NAME, above)
    return Check(
        key=rec.get("key") or _key(source, name, fact, operand, rec),
        source=source,
        name=name,
        fact=fact,
        operator=operator,
        operand=operand,
        when=conditions(rec.get("when", ()), ctx, clause),
        any_of=conditions(rec.get("any_of", ()), ctx, clause),
        of=_of(rec, ctx),
        as_of=rec.get("as_of", ""),
        row_key=rec.get("row_key", ""),
        exception=_exception(rec, operator, operand, ctx, clause),
        clause=clause,
        title=rec.get("title"),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _source(rec: Rec, ctx: Context) -> Source_:
    named = [
        key for key in SOURCES if key in rec and not (key == "fact" and ("evidence" in rec or "register" in rec or "body" in rec))
    ]
    if len(named) == 1:
        return cast(Source_, named[0])
    if named or "any_of" not in rec:
        ctx.findings.add("one_source", rec.where, found=tuple(named), known=SOURCES)
    return "fact"


def _key(source: str, name: str, fact: str, operand: Operand, rec: Rec) -> str:
    if operand.kind == "parameter":
        return operand.name
    if source == "publicity":
        return f"publicity.{name}"
    if not name and "any_of" in rec:
        return "any_of"
    return f"{name}.{fact}" if fact else name


def _of(rec: Rec, ctx: Context) -> Of | None:
    if "of" not in rec:
        for stray in ("level", "year"):
            if stray in rec:
                ctx.findings.add("stray_modifier", rec.at(stray), key=stray, needs="of: place_year")
        return None
    return Of("place_year", rec.get("level", ""), rec.get("year", "this"))


def _operation(rec: Rec, ctx: Context) -> tuple[Operator, Operand]:
    named = [key for key in OPERATORS if key in rec]
    if not named:
        return "is_there", Operand("none")
    if len(named) > 1:
        ctx.findings.add("one_operator", rec.where, found=tuple(named))
    operator = named[0]
    return cast(Operator, operator), _operand(rec[operator], operator, rec, ctx)


def _operand(node: Node, operator: str, rec: Rec, ctx: Context) -> Operand:
    match node:
        case Sequence(items=items):
            return Operand("codes", codes=tuple(item.text for item in items if isinstance(item, Scalar)))
        case Scalar(value=bool() as flag):
            return Operand("literal", literal=flag)
        case Scalar(value=int() | float()):
            return _number(node, ctx)
        case Scalar(value=str()):
            return _named(node, operator, rec, ctx)
        case Scalar() | Mapping():
            ctx.findings.add("no_operand", node.where, operator=operator)
    return Operand("none")


def _number(node: Scalar, ctx: Context) -> Operand:
    if node.value not in (0, 1) or not isinstance(node.value, int):
        ctx.findings.add("number_outside_parameters", node.where, number=node.text)
        return Operand("literal", literal=0)
    return Operand("literal", literal=node.value)


def _named(node: Scalar, operator: str, rec: Rec, ctx: Context) -> Operand:
    name = node.text
    parameter = ctx.parameter(name)
    if parameter is not None:
        point = rec.get("at", "")
        key_fact = ctx.columns.get(parameter.by, "") if parameter.by and not point else ""
        if parameter.by and not point and not key_fact:
            ctx.findings.add("which_entry", node.where, name=name, by=parameter.by)
        return Operand("parameter", name=name, key_fact=key_fact, point=point)
    if name in ctx.catalogues and operator in ("in", "not_in", "includes", "equals"):
        return Operand("catalogue", name=name)
    if name in ctx.vocabulary.facts:
        return Operand("fact", name=name)
    if operator in _ORDERED:
        ctx.findings.add("unknown_operand", node.where, name=name)
        return Operand("none")
    if operator in ("in", "not_in"):
        return Operand("codes", codes=(name,))
    return Operand("literal", literal=name)


def _exception(rec: Rec, operator: Operator, operand: Operand, ctx: Context, clause: str) -> ExceptionRule | None:
    said: Any = rec.get("exception")
    if said is None or said is False:
        return None
    parameter = ctx.parameter(operand.name) if operand.kind == "parameter" else None
    rule = ctx.exception(said, clause) if isinstance(said, Rec) else parameter.exception if parameter else None
    if rule is None:
        ctx.findings.add("no_exception_to_use", rec.at("exception"), name=operand.name or "—")
        return None
    if parameter is not None and parameter.unit in _COUNTED and rule.reaches != _REACHES.get(operator, ""):
        wanted = _REACHES.get(operator, "—")
        ctx.findings.add("exception_other_way", rec.at("exception"), name=operand.name, operator=operator, wanted=wanted)
    return rule
