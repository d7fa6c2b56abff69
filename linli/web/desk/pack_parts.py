"""The parts of a pack in words: what is done, by whom, by which value, on which clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text
from linli.rules.policy.cases import Result, load_cases, run_cases
from linli.rules.policy.models import OPEN, TEMPLATE, Act, Check, Clause, Dated, Parameter, Procedure
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words, value_words
from linli.web.desk.diagram import Diagram
from linli.web.shared.shapes import Stamp

_FAR = date(9999, 12, 31)
_KINDS: Mapping[str, Stamp] = {
    "return": Stamp(Text("退回", "Sent back"), "waiting"),
    "refuse": Stamp(Text("不同意", "Refused"), "refused"),
    "withdraw": Stamp(Text("撤回", "Withdrawn"), "closed"),
    "pause": Stamp(Text("暂停", "Paused"), "waiting"),
    "resume": Stamp(Text("恢复", "Resumed"), "running"),
    "appeal": Stamp(Text("申诉", "Appeal"), "waiting"),
}


@dataclass(frozen=True)
class Condition:
    """One check of an act in half a sentence."""

    text: Text
    clause: str
    only_when: bool = False


@dataclass(frozen=True)
class ActSaid:
    """An act as the office that wrote the regulation would say it."""

    number: int
    act: Act
    start: Text
    end: Text
    offices: tuple[str, ...]
    jointly: bool
    conditions: Sequence[Condition]
    kind: Stamp | None


@dataclass(frozen=True)
class Value:
    """What a parameter says from a day on."""

    row: Dated
    entries: Sequence[tuple[Text | str, Text]]
    pack: Text


@dataclass(frozen=True)
class ParameterSaid:
    parameter: Parameter
    values: Sequence[Value]
    over: Text  # what lower levels may do with it


@dataclass(frozen=True)
class CaseSaid:
    """An example of the pack with what it should decide and what it decides."""

    result: Result
    title: Text
    expected: Sequence[str]
    got: Sequence[str]

    @property
    def passed(self) -> bool:
        return self.result.passed


def acts_said(diagram: Diagram, rules: Rules, on: date) -> list[ActSaid]:
    procedure = diagram.procedure
    return [_act(procedure, act, number, rules, on) for number, act in enumerate(procedure.acts.values(), start=1)]


def _act(procedure: Procedure, act: Act, number: int, rules: Rules, on: date) -> ActSaid:
    offices: list[str] = []
    for name in act.by:
        role = procedure.roles.get(name)
        offices += role.offices if role else [name]
    return ActSaid(
        number,
        act,
        _titles(procedure, act.from_states),
        procedure.states[act.to].title if act.to in procedure.states else Text("原状态", "the same state"),
        tuple(dict.fromkeys(offices)),
        act.jointly,
        [_condition(check, procedure, rules, on) for check in act.checks],
        _KINDS.get(act.kind),
    )


def _titles(procedure: Procedure, states: Sequence[str]) -> Text:
    titles = [procedure.states[state].title for state in states if state in procedure.states]
    return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))


def _condition(check: Check, procedure: Procedure, rules: Rules, on: date) -> Condition:
    return Condition(check_words(check, procedure, rules, on), check.clause, bool(check.when))


def parameters_said(rules: Rules, words: str) -> list[ParameterSaid]:
    """Every parameter with its values over time, oldest first; those whose title holds the words."""
    found = [_parameter(one, rules) for one in rules.parameters().values()]
    low = words.lower()
    return [one for one in found if low in one.parameter.title.zh.lower() or low in one.parameter.title.en.lower()]


_MAY = {
    "keep": Text("下级不能改", "Lower levels keep it"),
    "raise": Text("下级只能调高", "Lower levels may raise it"),
    "lower": Text("下级只能调低", "Lower levels may lower it"),
    "replace": Text("下级可以另定", "Lower levels may set their own"),
}


def _parameter(parameter: Parameter, rules: Rules) -> ParameterSaid:
    titles = {pack.id: pack.title for pack in rules.chain}
    known = rules.catalogues(_FAR).get(parameter.by)
    values = []
    for row in parameter.values:
        entries = [
            (known.entries[key].title if known and key in known.entries else key, value_words(value, parameter.unit))
            for key, value in row.entries.items()
        ]
        values.append(Value(row, entries, titles.get(row.pack, Text(row.pack, row.pack))))
    return ParameterSaid(parameter, values, _MAY[parameter.lower_levels_may])


def clauses_of(rules: Rules) -> list[Clause]:
    """The anchors of the pack's own documents, in the order of the register."""
    sources = set(rules.pack.sources)
    return [clause for clause in library().clauses.values() if clause.source in sources]


def said_clause(clause: str) -> bool:
    return clause not in ("", OPEN, TEMPLATE)


@lru_cache(maxsize=4)
def _results(folder: Path, digest: str) -> tuple[Result, ...]:
    known = library()
    return tuple(run_cases(load_cases(folder, known), known))


def cases_said(rules: Rules, on: date) -> list[CaseSaid]:
    """The examples of this pack, each decided now; those that come out otherwise first."""
    results = [one for one in _results(Path(settings.PACKS), rules.digest) if one.case.pack == rules.pack.id]
    return sorted((_case(one, rules, on) for one in results), key=lambda one: one.passed)


def _case(result: Result, rules: Rules, on: date) -> CaseSaid:
    said = result.case.said
    procedure = rules.procedures(said.get("day", on)).get(said.get("procedure", ""))
    act = procedure.acts.get(said.get("act", "")) if procedure else None
    name = result.case.name.replace("_", " ")
    title = (
        Text(f"{procedure.title.zh}：{act.title.zh}", f"{procedure.title.en}: {act.title.en}")
        if procedure and act
        else Text(name, name)
    )
    return CaseSaid(result, title, _plain(result.expected), _plain(result.got))


_WORDS = {
    "decision": Text("结论", "decision"),
    "because": Text("因为", "because"),
    "excused": Text("例外", "excused"),
    "unset": Text("未设定", "not set"),
    "waived": Text("不要求", "waived"),
    "value": Text("数值", "value"),
    "clause": Text("依据", "clause"),
    "days": Text("日期", "days"),
}


def _plain(found: Mapping[str, Any]) -> list[str]:
    return [f"{_WORDS[word].zh if word in _WORDS else word}: {_listed(value)}" for word, value in found.items()]


def _listed(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "、".join(str(part) for part in value) or "—"
    if isinstance(value, dict):
        return "、".join(f"{key} = {part}" for key, part in value.items())
    return str(value)
