"""What is written down, answered and kept: forms, checklists, scorecards, catalogues, registers, wordings."""

from linli.rules.plain.texts import Text
from linli.rules.policy.build_checks import conditions
from linli.rules.policy.context import Context
from linli.rules.policy.models import (
    NOWHERE,
    Answering,
    Catalogue,
    Checklist,
    ChecklistItem,
    Entry,
    Field,
    Form,
    Register,
    Scorecard,
    ScoreItem,
    Verdict,
    Wording,
)
from linli.rules.policy.shapes import Rec

_NOTHING = Text("", "")
_EMPTY = Rec({}, NOWHERE, {})


def form(id: str, rec: Rec, ctx: Context) -> Form:
    fields = rec.get("fields", _EMPTY)
    clause = ctx.whole(rec, Text(f"表单“{id}”", f"form {id}"), tuple(fields.values()))
    return Form(
        id=id,
        title=rec.get("title", _NOTHING),
        fields={key: _field(key, part, ctx, clause) for key, part in fields.items()},
        filled_by=tuple(rec.get("filled_by", ())),
        parts=dict(rec.get("parts", {})),
        min_characters=rec.get("min_characters", ""),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _field(key: str, rec: Rec, ctx: Context, above: str) -> Field:
    required = rec.get("required", False)
    clause = ctx.clause(rec, Text(f"栏目“{key}”", f"field {key}"), above)
    when = conditions(required.get("when", ()), ctx, clause) if isinstance(required, Rec) else ()
    columns = rec.get("columns", _EMPTY)
    return Field(
        key=key,
        title=rec.get("title", _NOTHING),
        type=rec.get("type", "text"),
        required=required is True,
        required_when=when,
        catalogue=rec.get("catalogue", ""),
        columns=tuple((name, part.get("title", _NOTHING), part.get("type", "text")) for name, part in columns.items()),
        min_rows=rec.get("min_rows", 0),
        min_characters=rec.get("min_characters", ""),
        public=rec.get("public", "public"),
        feeds=rec.get("feeds", ""),
        hint=rec.get("hint"),
        online=rec.get("online", ""),
        clause=clause,
        part=rec.get("part", ""),
        draft=_draft(rec, columns, ctx),
        meets=tuple(rec.get("meets", ())),
    )


def _draft(rec: Rec, columns: Rec, ctx: Context) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Rows are drafted column by column, everything else as a whole."""
    said = rec.get("draft", _EMPTY)
    if isinstance(said, Rec):
        for column in said.keys() - columns.keys():
            ctx.findings.add("unknown_word", said.at(column), word=column, known=tuple(columns))
        return tuple((column, tuple(words)) for column, words in said.items())
    if columns:
        ctx.findings.add("stray_modifier", rec.at("draft"), key="draft", needs="draft: {…}")
    return (("", (said,)),)


def checklist(id: str, rec: Rec, ctx: Context) -> Checklist:
    items = rec.get("items", _EMPTY)
    if not items and "each_of" not in rec:
        ctx.findings.add("items_or_each_of", rec.where, id=id)
    clause = ctx.whole(rec, Text(f"清单“{id}”", f"checklist {id}"), tuple(items.values()))
    return Checklist(
        id=id,
        title=rec.get("title", _NOTHING),
        items={key: _item(key, part, ctx, clause) for key, part in items.items()},
        answered_by=tuple(rec.get("answered_by", ())),
        each_of=rec.get("each_of", ""),
        each_must_be=rec.get("must_be", "no"),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _item(key: str, rec: Rec, ctx: Context, above: str) -> ChecklistItem:
    clause = ctx.clause(rec, Text(f"事项“{key}”", f"item {key}"), above)
    return ChecklistItem(
        key=key,
        text=rec.get("text", _NOTHING),
        must_be=rec.get("must_be", "yes"),
        slot=rec.get("evidence", ""),
        exception=ctx.exception(rec.get("exception"), clause),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
    )


def scorecard(id: str, rec: Rec, ctx: Context) -> Scorecard:
    items = rec.get("items", _EMPTY)
    clause = ctx.whole(rec, Text(f"评分表“{id}”", f"scorecard {id}"), tuple(items.values()))
    return Scorecard(
        id=id,
        title=rec.get("title", _NOTHING),
        items={
            key: ScoreItem(key, part.get("title", _NOTHING), ctx.clause(part, Text(f"评分项“{key}”", f"item {key}"), clause))
            for key, part in items.items()
        },
        rated_by=tuple(rec.get("rated_by", ())),
        about=rec.get("about", "case"),
        scale=rec.get("scale", "points"),
        weights=rec.get("weights", ""),
        grades=rec.get("grades", ""),
        secret=rec.get("secret", False),
        verdicts=tuple(_verdict(key, part) for key, part in rec.get("verdicts", _EMPTY).items()),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _verdict(key: str, rec: Rec) -> Verdict:
    return Verdict(
        id=key,
        title=rec.get("title", _NOTHING),
        share_of=tuple(rec.get("share_of", ())),
        at_least=rec.get("at_least", ""),
        more_than=rec.get("more_than", ""),
        score_at_least=rec.get("score_at_least", ""),
        otherwise=rec.get("otherwise", False),
    )


def catalogue(id: str, rec: Rec, ctx: Context) -> Catalogue:
    entries = rec.get("entries", _EMPTY)
    clause = ctx.whole(rec, Text(f"目录“{id}”", f"catalogue {id}"), tuple(entries.values()))
    return Catalogue(
        id=id,
        title=rec.get("title", _NOTHING),
        entries={
            key: Entry(
                key,
                part.get("title", _NOTHING),
                ctx.clause(part, Text(f"条目“{key}”", f"entry {key}"), clause),
                tuple(part.get("aliases", ())),
                dict(part.get("columns", {})),
                part.where,
            )
            for key, part in entries.items()
        },
        clause=clause,
        kept_by=tuple(rec.get("kept_by", ())),
        lower_levels_may=rec.get("lower_levels_may", "keep"),
        open=rec.get("open", False),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def register(id: str, rec: Rec, ctx: Context) -> Register:
    clause = ctx.whole(rec, Text(f"台账“{id}”", f"register {id}"))
    answer = rec.get("answer")
    return Register(
        id=id,
        title=rec.get("title", _NOTHING),
        kept_by=tuple(rec.get("kept_by", ())),
        at=rec.get("at", ""),
        form=rec.get("form", ""),
        key=rec.get("key", ""),
        dated=rec.get("dated", False),
        log=rec.get("log", False),
        public=rec.get("public", "public"),
        answer=None if answer is None else _answering(answer, ctx, clause),
        carries_out=rec.get("carries_out", ""),
        meets_with=tuple(rec.get("meets_with", ())),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _answering(rec: Rec, ctx: Context, above: str) -> Answering:
    return Answering(
        by=tuple(rec.get("by", ())),
        within=rec.get("within", ""),
        verdicts=rec.get("verdicts", ""),
        escalate_to=tuple(rec.get("escalate_to", ())),
        clause=ctx.clause(rec, Text("答复", "the answer a row is owed"), above),
    )


def wording(id: str, rec: Rec, ctx: Context) -> Wording:
    return Wording(
        id=id,
        title=rec.get("title", _NOTHING),
        body=rec.get("body", _NOTHING),
        shown=tuple(rec.get("shown", ())),
        of=tuple(rec.get("of", ())),
        clause=ctx.whole(rec, Text(f"文字“{id}”", f"wording {id}")),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )
