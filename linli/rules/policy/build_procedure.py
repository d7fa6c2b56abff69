"""Procedures: stages and states, roles, slots, acts."""

from linli.rules.plain.texts import Text
from linli.rules.policy.build_checks import checks, conditions
from linli.rules.policy.context import Context
from linli.rules.policy.models import NOWHERE, Act, Due, Effect, Procedure, Role, RoleInstead, Slot, Stage, State
from linli.rules.policy.shapes import Rec

_NOTHING = Text("", "")
_EMPTY = Rec({}, NOWHERE, {})


def procedure(id: str, rec: Rec, ctx: Context) -> Procedure:
    acts = rec.get("acts", _EMPTY)
    clause = ctx.whole(rec, Text(f"程序“{id}”", f"procedure {id}"), tuple(acts.values()))
    ctx = ctx.within(columns(rec))
    stages = rec.get("stages", _EMPTY)
    return Procedure(
        id=id,
        title=rec.get("title", _NOTHING),
        moves=rec.get("moves", ""),
        at=tuple(rec.get("at", ())),
        starts=rec.get("starts", ""),
        stages={key: Stage(key, part.get("title", _NOTHING), tuple(part.get("states", ()))) for key, part in stages.items()},
        states=_states(stages, ctx, clause),
        acts={key: _act(key, part, ctx, clause) for key, part in acts.items()},
        roles={key: _role(key, part, ctx, clause) for key, part in rec.get("roles", _EMPTY).items()},
        slots={key: _slot(key, part, ctx, clause) for key, part in rec.get("slots", _EMPTY).items()},
        parent=rec.get("parent", ""),
        parent_optional=rec.get("parent_optional", False),
        while_stages=tuple(rec.get("while", ())),
        type_catalogue=rec.get("type", ""),
        category_catalogue=rec.get("category", ""),
        main_form=rec.get("main_form", ""),
        listed=rec.get("listed", False),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )


def columns(rec: Rec) -> dict[str, str]:
    """Which fact names the entry of the catalogues that sort the matters of a procedure."""
    named = ((rec.get("category"), "case.category"), (rec.get("type"), "case.type"))
    return {catalogue: fact for catalogue, fact in named if catalogue}


def _states(stages: Rec, ctx: Context, above: str) -> dict[str, State]:
    states: dict[str, State] = {}
    for stage, part in stages.items():
        for key, state in part.get("states", _EMPTY).items():
            if key in states:
                ctx.findings.add("state_in_two_stages", state.where, state=key, stage=states[key].stage)
                continue
            states[key] = State(
                id=key,
                title=state.get("title", _NOTHING),
                stage=stage,
                due=_due(state.get("due"), ctx, above),
                end=state.get("end", ""),
                rests=state.get("rests", False),
                where=state.where,
            )
    return states


def _due(rec: Rec | None, ctx: Context, above: str) -> Due | None:
    if rec is None:
        return None
    if ("within" in rec) == ("by_date" in rec):
        ctx.findings.add("due_within_or_by_date", rec.where)
    return Due(
        by=tuple(rec.get("by", ())),
        within=rec.get("within", ""),
        counted_from=rec.get("counted_from", "state"),
        by_date=rec.get("by_date", ""),
        title=rec.get("title"),
        clause=ctx.clause(rec, Text("期限", "a deadline"), above),
    )


def _role(key: str, rec: Rec, ctx: Context, above: str) -> Role:
    clause = ctx.clause(rec, Text(f"角色“{key}”", f"role {key}"), above)
    instead = tuple(
        RoleInstead(
            conditions(part.get("when", ()), ctx, clause),
            tuple(part.get("is", ())),
            ctx.clause(part, Text(f"角色“{key}”的改由", f"instead of role {key}"), clause),
        )
        for part in rec.get("instead", ())
    )
    return Role(
        id=key,
        offices=tuple(rec.get("is", ())),
        clause=clause,
        assisted_by=tuple(rec.get("assisted_by", ())),
        instead=instead,
        title=rec.get("title"),
        meets=tuple(rec.get("meets", ())),
    )


def _slot(key: str, rec: Rec, ctx: Context, above: str) -> Slot:
    return Slot(
        id=key,
        title=rec.get("title", _NOTHING),
        kinds=tuple(rec.get("kinds", ())),
        public=rec.get("public", "staff"),
        form=rec.get("form", ""),
        scorecard=rec.get("scorecard", ""),
        session=rec.get("session", ""),
        point=rec.get("point", ""),
        clause=ctx.clause(rec, Text(f"材料位“{key}”", f"slot {key}"), above),
        pack=rec.pack,
    )


def _act(key: str, rec: Rec, ctx: Context, above: str) -> Act:
    clause = ctx.clauses(rec, Text(f"步骤“{key}”", f"act {key}"), above)
    effect = rec.get("effect")
    return Act(
        id=key,
        title=rec.get("title", _NOTHING),
        from_states=tuple(rec.get("from", ())),
        to=rec.get("to", ""),
        by=tuple(rec.get("by", ())),
        kind=rec.get("kind", "advance"),
        jointly=rec.get("jointly", False),
        makes_public=rec.get("makes_public", False),
        apart_from=tuple(rec.get("apart_from", ())),
        checks=checks(rec.get("checks", ()), ctx, clause[0]),
        fills=tuple(rec.get("fills", ())),
        locks=tuple(rec.get("locks", ())),
        amends=tuple(rec.get("amends", ())),
        voids=tuple(rec.get("voids", ())),
        opens=tuple(rec.get("opens", ())),
        publishes=tuple(rec.get("publishes", ())),
        tells=tuple(rec.get("tells", ())),
        copies_to=tuple(rec.get("copies_to", ())),
        enters=tuple(rec.get("enters", ())),
        strikes=tuple(rec.get("strikes", ())),
        reports_to=tuple(rec.get("reports_to", ())),
        effect=Effect(effect.get("kind", "amend"), effect.get("form", "")) if effect is not None else None,
        bypasses=tuple(rec.get("bypasses", ())),
        clause=clause,
        meets=tuple(rec.get("meets", ())),
        pack=rec.pack,
        where=rec.where,
    )
