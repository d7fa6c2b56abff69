"""Reference: every procedure of every pack: its states, its acts, by whom, under which clause, on what conditions."""

from collections.abc import Iterator
from datetime import date

from linli.records.rulebook.selectors import library
from linli.rules.policy.models import Act, Procedure, State
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words

_HEAD = """# Procedures

Written by `make docs` from `packs/`; do not edit. Each pack is laid over what it extends, on the day of its latest change.
"""


def page() -> str:
    return "\n".join([_HEAD, *(line for pack in sorted(library().packs) for line in _pack(pack)), ""])


def _pack(id: str) -> Iterator[str]:
    rules = library().rules(id)
    day = max(rules.days_of_change(), default=date(2000, 1, 1))
    yield f"## {rules.pack.title.zh} · {rules.pack.title.en}\n"
    yield f"`{rules.version}`, {day.isoformat()}\n"
    for name, procedure in sorted(rules.procedures(day).items()):
        lines, above = list(_procedure(procedure, rules, day)), _above(rules, name, day)
        if above == lines:
            yield f"### {procedure.title.zh} · {procedure.title.en}\n\nAs in `{rules.pack.extends}`.\n"
        else:
            yield from lines


def _above(rules: Rules, name: str, day: date) -> list[str]:
    """How the law above tells the same procedure on that day."""
    if not rules.pack.extends:
        return []
    wider = library().rules(rules.pack.extends)
    known = wider.procedures(day).get(name)
    return list(_procedure(known, wider, day)) if known else []


def _procedure(procedure: Procedure, rules: Rules, day: date) -> Iterator[str]:
    yield f"### {procedure.title.zh} · {procedure.title.en}\n"
    yield f"`{procedure.id}` moves a {procedure.moves}. States, from `{procedure.starts}`:\n"
    for stage in procedure.stages.values():
        states = " · ".join(_state(procedure.states[state]) for state in stage.states)
        yield f"- {stage.title.zh} · {stage.title.en}: {states}"
    yield ""
    for act in procedure.acts.values():
        yield from _act(act, procedure, rules, day)
    yield ""


def _state(state: State) -> str:
    return f"{state.title.en} (`{state.id}`{', rests' if state.rests else ''})"


def _act(act: Act, procedure: Procedure, rules: Rules, day: date) -> Iterator[str]:
    by = ", ".join(_actor(name, procedure, rules) for name in act.by)
    clauses = f" [{'; '.join(act.clause)}]" if act.clause else ""
    apart = f", apart from {', '.join(act.apart_from)}" if act.apart_from else ""
    yield f"- **{act.title.zh} · {act.title.en}** `{act.id}`: {' / '.join(act.from_states)} → {act.to}, by {by}{apart}{clauses}"
    for check in act.checks:
        said = check_words(check, procedure, rules, day)
        yield f"  - {said.zh} · {said.en} [{check.clause}]"


def _actor(name: str, procedure: Procedure, rules: Rules) -> str:
    role = procedure.roles.get(name)
    if role is None:
        return _office(name, rules)
    return f"{name} ({', '.join(_office(office, rules) for office in role.offices)})"


def _office(name: str, rules: Rules) -> str:
    try:
        return rules.office_title(name).en
    except KeyError:
        return name
