"""A pack in plain lines: an overview, or one construct."""

from collections.abc import Iterator
from datetime import date

from linli.rules.plain.texts import Text
from linli.rules.policy.models import Parameter, Procedure
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words, value_words

_KINDS = (
    "procedures",
    "forms",
    "checklists",
    "catalogues",
    "scorecards",
    "sessions",
    "bodies",
    "registers",
    "holds",
    "obligations",
)


def show(rules: Rules, what: str, day: date, language: str) -> list[str]:
    """Lines for `parameter:ID`, `procedure:ID`, or the whole pack."""
    kind, _, id = what.partition(":")
    if kind == "parameter" and id in rules.parameters():
        return list(_parameter(rules, rules.parameter(id), language))
    if kind == "procedure" and id in rules.procedures(day):
        return list(_procedure(rules, rules.procedure(id, day), day, language))
    return list(_overview(rules, day, language))


def _overview(rules: Rules, day: date, language: str) -> Iterator[str]:
    yield f"{rules.pack.title.in_language(language)}  {rules.version}  {day}"
    yield f"sha256 {rules.digest}"
    yield f"parameters: {', '.join(rules.parameters())}"
    for kind in _KINDS:
        found = getattr(rules, kind)(day)
        if found:
            yield f"{kind}: {', '.join(found)}"


def _parameter(rules: Rules, parameter: Parameter, language: str) -> Iterator[str]:
    yield f"{parameter.title.in_language(language)}  {parameter.id}  [{parameter.unit}]"
    if parameter.set_by:
        yield "  set_by: " + _offices(rules, parameter.set_by, language)
    for row in parameter.values:
        for key, value in row.entries.items():
            said = value_words(value, parameter.unit).in_language(language)
            until = f" – {row.until}" if row.until else ""
            yield f"  {row.since}{until}  {key or '·'}  {said}  {row.clause}  {row.pack}"


def _procedure(rules: Rules, procedure: Procedure, day: date, language: str) -> Iterator[str]:
    yield f"{procedure.title.in_language(language)}  {procedure.id}  {day}"
    for stage in procedure.stages.values():
        states = " · ".join(procedure.states[state].title.in_language(language) for state in stage.states)
        yield f"  {stage.title.in_language(language)}: {states}"
    for act in procedure.acts.values():
        starts = " / ".join(_state(procedure, state).in_language(language) for state in act.from_states)
        yield f"  {act.title.in_language(language)} ({act.id}): {starts} → {_state(procedure, act.to).in_language(language)}"
        for check in act.checks:
            yield f"    - {check_words(check, procedure, rules, day).in_language(language)}  [{check.key}] {check.clause}"


def _state(procedure: Procedure, id: str) -> Text:
    return procedure.states[id].title if id in procedure.states else Text("原状态", "same state")


def _offices(rules: Rules, offices: tuple[str, ...], language: str) -> str:
    return ", ".join(rules.office_title(office).in_language(language) for office in offices)
