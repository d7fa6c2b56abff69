"""Who meets, who stops, who must, who pays: bodies, sessions, holds, obligations, grants, responsibilities, documents."""

from linli.rules.plain.texts import Text
from linli.rules.policy.build_checks import conditions
from linli.rules.policy.context import Context
from linli.rules.policy.models import (
    NOWHERE,
    BodyKind,
    Document,
    Grant,
    HoldKind,
    Obligation,
    Responsibility,
    Seat,
    Session,
)
from linli.rules.policy.shapes import Rec

_NOTHING = Text("", "")
_EMPTY = Rec({}, NOWHERE, {})


def body(id: str, rec: Rec, ctx: Context) -> BodyKind:
    seats = rec.get("seats", _EMPTY)
    clause = ctx.whole(rec, Text(f"组织“{id}”", f"body {id}"), tuple(seats.values()))
    return BodyKind(
        id=id,
        title=rec.get("title", _NOTHING),
        at=rec.get("at", ""),
        kind=rec.get("kind", ""),
        seats={key: _seat(key, part, ctx, clause) for key, part in seats.items()},
        term=rec.get("term", ""),
        mandate=rec.get("mandate", ""),
        charter=rec.get("charter", ""),
        answers_to=tuple(rec.get("answers_to", ())),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def _seat(key: str, rec: Rec, ctx: Context, above: str) -> Seat:
    return Seat(
        key=key,
        title=rec.get("title", _NOTHING),
        chosen_by=tuple(rec.get("chosen_by", ())),
        drawn=rec.get("drawn", False),
        min=rec.get("min", ""),
        max=rec.get("max", ""),
        apart_from=tuple(rec.get("apart_from", ())),
        clause=ctx.clause(rec, Text(f"席位“{key}”", f"seat {key}"), above),
    )


def session(id: str, rec: Rec, ctx: Context) -> Session:
    decides = rec.get("decides", _EMPTY)
    return Session(
        id=id,
        title=rec.get("title", _NOTHING),
        body=rec.get("body", ""),
        participants=tuple(rec.get("participants", ())),
        notice=rec.get("notice", ""),
        quorum=rec.get("quorum", ""),
        decides=decides.get("at_least") or decides.get("more_than") or "",
        decides_by="at_least" if "at_least" in decides else "more_than",
        decides_of=decides.get("of", "present"),
        must_cover=tuple(rec.get("must_cover", ())),
        records=tuple(rec.get("records", ())),
        result=rec.get("result", "binding"),
        clause=ctx.whole(rec, Text(f"会议“{id}”", f"session {id}")),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def hold(id: str, rec: Rec, ctx: Context) -> HoldKind:
    return HoldKind(
        id=id,
        title=rec.get("title", _NOTHING),
        placed_by=tuple(rec.get("placed_by", ())),
        over=tuple(rec.get("over", ())),
        answered_by=tuple(rec.get("answered_by", ())),
        answer_within=rec.get("answer_within", ""),
        released_by=tuple(rec.get("released_by", ())),
        tells=tuple(rec.get("tells", ())),
        clause=ctx.whole(rec, Text(f"叫停“{id}”", f"hold {id}")),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def obligation(id: str, rec: Rec, ctx: Context) -> Obligation:
    if ("every" in rec) == ("after" in rec):
        ctx.findings.add("every_or_after", rec.where, id=id)
    after, done, lasting = rec.get("after"), rec.get("done_by", _EMPTY), rec.get("while", _EMPTY)
    return Obligation(
        id=id,
        title=rec.get("title", _NOTHING),
        by=tuple(rec.get("by", ())),
        every=rec.get("every", ""),
        after=(after.get("procedure", ""), after.get("act", "")) if after is not None else None,
        within=rec.get("within", ""),
        due=rec.get("due", ""),
        times=rec.get("times", ""),
        about=rec.get("about", "this"),
        for_each_level=rec.get("for_each", _EMPTY).get("level", ""),
        while_procedure=lasting.get("procedure", ""),
        while_stages=tuple(lasting.get("stages", ())),
        jointly=rec.get("jointly", False),
        done_by_evidence=done.get("evidence", ""),
        done_by_form=done.get("form", ""),
        done_by_procedure=done.get("procedure", ""),
        done_by_register=done.get("register", ""),
        done_by_entry=(done.get("column", ""), done.get("holds", "")),
        scorecard=rec.get("scorecard", ""),
        checklist=rec.get("checklist", ""),
        late_tells=tuple(rec.get("late", _EMPTY).get("tell", ())),
        clause=ctx.whole(rec, Text(f"义务“{id}”", f"obligation {id}")),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def grant(id: str, rec: Rec, ctx: Context) -> Grant:
    clause = ctx.whole(rec, Text(f"补助“{id}”", f"grant {id}"))
    return Grant(
        id=id,
        title=rec.get("title", _NOTHING),
        payer=rec.get("payer", ""),
        amount=rec.get("amount", ""),
        to=rec.get("to", ""),
        level=rec.get("level", ""),
        when=conditions(rec.get("when", ()), ctx, clause),
        exclusive=tuple(rec.get("exclusive", ())),
        procedure=rec.get("procedure", ""),
        after=rec.get("after", ""),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def responsibility(id: str, rec: Rec, ctx: Context) -> Responsibility:
    through = tuple(tuple(reference.partition(":")[::2]) for reference in rec.get("through", ()))
    return Responsibility(
        offices=tuple(rec.get("offices", ())),
        duty=rec.get("duty", _NOTHING),
        through=tuple((kind, name) for kind, name in through),
        clause=ctx.whole(rec, Text("职责", "a responsibility")),
        together_with=tuple(rec.get("with", rec.get("together_with", ()))),
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def document(key: str, rec: Rec, ctx: Context) -> Document:
    return Document(
        key=key,
        title=rec.get("title", _NOTHING),
        role=rec.get("role", ""),
        status=rec.get("status", ""),
        clause=ctx.whole(rec, Text(f"文件“{key}”", f"document {key}")),
        number=rec.get("number", ""),
        issued=rec.get("issued"),
        until=rec.get("until"),
        term=rec.get("term", ""),
        revision=rec.get("revision", False),
        part_of=rec.get("part_of", ""),
        replaces=tuple(rec.get("replaces", ())),
        based_on=tuple(rec.get("based_on", ())),
        meets=tuple(rec.get("meets", ())),
        where=rec.where,
    )
