"""The parts of a pack in words: what is done, by whom, by which value, on which clause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from linli.records.rulebook.selectors import library
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.cases import Result, load_cases, run_cases
from linli.rules.policy.models import Act, Check, Clause, Dated, Parameter, Procedure
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
    expected: Sequence[Text]
    got: Sequence[Text]

    @property
    def passed(self) -> bool:
        return self.result.passed


def acts_said(diagram: Diagram, rules: Rules, on: date) -> list[ActSaid]:
    return [_act(diagram.procedure, act, diagram.numbered[act.id], rules, on) for act in diagram.acts]


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
    return listed(procedure.states[state].title for state in states if state in procedure.states)


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
    known = rules.entry_titles(parameter, _FAR)
    values = []
    for row in parameter.values:
        entries = [(known.get(key, key), value_words(value, parameter.unit)) for key, value in row.entries.items()]
        values.append(Value(row, entries, titles.get(row.pack, Text(row.pack, row.pack))))
    return ParameterSaid(parameter, values, _MAY[parameter.lower_levels_may])


def clauses_of(rules: Rules) -> list[Clause]:
    """The anchors of the pack's own documents, in the order of the register."""
    sources = set(rules.pack.sources)
    return [clause for clause in library().clauses.values() if clause.source in sources]


def one_clause(parts: Iterable[Any]) -> str:
    """The clause all of them stand on, "" where there are several."""
    found = {part.clause for part in parts}
    return found.pop() if len(found) == 1 else ""


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
    title = Text(name, name)
    if procedure and act:
        title = Text(f"{procedure.title.zh}：{act.title.zh}", f"{procedure.title.en}: {act.title.en}")
    return CaseSaid(result, title, _sentences(result, result.expected, rules), _sentences(result, result.got, rules))


_WORDS = {
    "decision": Text("结论", "Decision"),
    "because": Text("因为", "Because"),
    "excused": Text("已准例外", "Excused"),
    "unset": Text("本地还没定", "Not set here"),
    "waived": Text("本地不要求", "Not asked for here"),
    "value": Text("数值", "Value"),
    "clause": Text("依据", "Clause"),
    "days": Text("日期", "Days"),
}
_VERDICTS = {
    "open": Text("可以办", "may be taken"),
    "refused": Text("不能办", "may not be taken"),
    "unknown_act": Text("还轮不到", "not its turn"),
}


def _sentences(result: Result, found: Mapping[str, Any], rules: Rules) -> list[Text]:
    """What was found, said with the words of the findings instead of their keys."""
    said = {finding.key: finding.text for finding in result.findings}
    lines = []
    for word, value in found.items():
        head = _WORDS.get(word, Text(word, word))
        parts = [_part(each, said, rules) for each in _each(value)] or [Text("没有", "nothing")]
        zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
        lines.append(Text(f"{head.zh}：{zh}", f"{head.en}: {en}"))
    return lines


def _each(value: Any) -> Sequence[Any]:
    if isinstance(value, Mapping):
        return list(value.items())
    return value if isinstance(value, tuple | list) else [value]


def _part(value: Any, said: Mapping[str, Text], rules: Rules) -> Text:
    if isinstance(value, tuple):
        parameter = rules.parameter(value[0])
        words = value_words(value[1], parameter.unit) if value[1] != "not read" else Text("没有读到", "not read")
        return Text(f"{parameter.title.zh} {words.zh}", f"{parameter.title.en} {words.en}")
    return _VERDICTS.get(value) or said.get(value) or Text(str(value), str(value))
