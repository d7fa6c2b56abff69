"""The packs: which there are, their parameters with every dated value and its clause, their procedures."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from linli.records.rulebook.selectors import library
from linli.rules.plain.refusals import NotFound
from linli.rules.policy.models import Act, Parameter, Procedure
from linli.rules.policy.pieces import Pack
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words, value_words
from linli.web.api.shapes import Scalar, Words, scalar, words
from linli.web.api.site import reading
from linli.web.shared import clock
from linli.web.shared.doors import PUBLIC


class PackOut(Schema):
    id: str
    title: Words
    version: str
    digest: str
    level: str
    jurisdiction: str
    extends: str
    sources: list[str]


class ValueOut(Schema):
    since: date
    until: date | None
    key: str
    value: Scalar  # money in fen, lengths as `5 working_days`, shares as `2/3`, null if it is left to be set
    words: Words
    clause: str
    pack: str


class ParameterOut(Schema):
    id: str
    title: Words
    unit: str  # fen where the pack speaks of yuan
    set_by: list[str]
    lower_levels_may: str
    values: list[ValueOut]


class CheckOut(Schema):
    key: str
    words: Words
    clause: str


class RuleActOut(Schema):
    id: str
    title: Words
    from_states: list[str]
    to: str
    by: list[str]
    apart_from: list[str]
    clauses: list[str]
    checks: list[CheckOut]


class StateOut(Schema):
    id: str
    title: Words
    stage: str
    end: str


class ProcedureOut(Schema):
    id: str
    title: Words
    moves: str
    states: list[StateOut]
    acts: list[RuleActOut]


class RulesOut(PackOut):
    """A pack laid over everything it extends, on one day."""

    on: date
    parameters: list[ParameterOut]
    procedures: list[ProcedureOut]


@reading("/rules", may=PUBLIC, answer=list[PackOut], tags=["rules"])
def packs(request: HttpRequest) -> list[PackOut]:
    """Every pack of this installation."""
    return [PackOut(**_pack(pack)) for pack in library().packs.values()]


@reading("/rules/{pack}", may=PUBLIC, answer=RulesOut, tags=["rules"])
def pack(request: HttpRequest, pack: str, on: date | None = None) -> RulesOut:
    """One pack with what it extends: parameters with dated values and clauses, procedures as they stand on a day.

    `on`: the day, today unless given. Values set locally are not part of a pack.
    """
    known, day = library().packs.get(pack), on or clock.today()
    if known is None:
        raise NotFound
    rules = library().rules(pack)
    return RulesOut(
        **_pack(known),
        on=day,
        parameters=[parameter_out(each) for each in rules.parameters().values()],
        procedures=[procedure_out(each, rules, day) for each in rules.procedures(day).values()],
    )


def _pack(pack: Pack) -> dict[str, Any]:
    plain = {name: getattr(pack, name) for name in ("id", "version", "digest", "level", "jurisdiction", "extends")}
    return {**plain, "title": words(pack.title), "sources": list(pack.sources)}


def parameter_out(parameter: Parameter) -> ParameterOut:
    return ParameterOut(
        id=parameter.id,
        title=words(parameter.title),
        unit="fen" if parameter.unit == "yuan" else parameter.unit,
        set_by=list(parameter.set_by),
        lower_levels_may=parameter.lower_levels_may,
        values=[
            ValueOut(
                since=row.since,
                until=row.until,
                key=key,
                value=scalar(value),
                words=words(value_words(value, parameter.unit)),
                clause=row.clause,
                pack=row.pack,
            )
            for row in parameter.values
            for key, value in row.entries.items()
        ],
    )


def procedure_out(procedure: Procedure, rules: Rules, on: date) -> ProcedureOut:
    states = [
        StateOut(id=state.id, title=words(state.title), stage=state.stage, end=state.end) for state in procedure.states.values()
    ]
    acts = [_act_out(act, procedure, rules, on) for act in procedure.acts.values()]
    return ProcedureOut(id=procedure.id, title=words(procedure.title), moves=procedure.moves, states=states, acts=acts)


def _act_out(act: Act, procedure: Procedure, rules: Rules, on: date) -> RuleActOut:
    checks = [
        CheckOut(key=check.key, words=words(check_words(check, procedure, rules, on)), clause=check.clause)
        for check in act.checks
    ]
    return RuleActOut(
        id=act.id,
        title=words(act.title),
        from_states=list(act.from_states),
        to=act.to,
        by=list(act.by),
        apart_from=list(act.apart_from),
        clauses=list(act.clause),
        checks=checks,
    )
