"""A procedure as steps one can read: who does what when, under which conditions, by which clause."""

from dataclasses import dataclass
from datetime import date

from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Check, Procedure
from linli.rules.policy.rules import Rules
from linli.rules.policy.words import check_words
from linli.web.portal.clauses import clause_link
from linli.web.shared.shapes import Link

_HERE = Text("本级", "of the same level")


@dataclass(frozen=True)
class Condition:
    """`when`: it only counts if this holds."""

    text: Text
    clause: Link | None
    when: Text | None
    excusable: bool


@dataclass(frozen=True)
class ReadableStep:
    act: Act
    of: list[Text]  # states it starts from
    to: Text | None
    who: list[Text]
    conditions: list[Condition]
    clauses: list[Link]


@dataclass(frozen=True)
class ReadableStage:
    title: Text
    states: list[Text]
    steps: list[ReadableStep]


def stages_of(way: Procedure, rules: Rules, on: date) -> list[ReadableStage]:
    """Stage by stage; an act stands where it starts."""
    found = []
    for stage in way.stages.values():
        acts = [act for act in way.acts.values() if act.from_states and act.from_states[0] in stage.states]
        states = [way.states[id].title for id in stage.states]
        found.append(ReadableStage(stage.title, states, [_step(act, way, rules, on) for act in acts]))
    return found


def _step(act: Act, way: Procedure, rules: Rules, on: date) -> ReadableStep:
    links = [clause_link(rules.pack.id, clause) for clause in act.clause]
    return ReadableStep(
        act=act,
        of=[way.states[id].title for id in act.from_states],
        to=way.states[act.to].title if act.to in way.states else None,
        who=[_who(name, way, rules) for name in act.by],
        conditions=[_condition(check, way, rules, on) for check in act.checks],
        clauses=[link for link in links if link is not None],
    )


def _who(name: str, way: Procedure, rules: Rules) -> Text:
    role = way.roles.get(name)
    if role is None:
        return _office(name, rules)
    offices = [_office(office, rules) for office in role.offices]
    zh, en = "、".join(one.zh for one in offices), ", ".join(one.en for one in offices)
    if role.instead:
        others = list(dict.fromkeys(office for instead in role.instead for office in instead.offices))
        zh += f"（规定情形下由{'、'.join(_office(office, rules).zh for office in others)}）"
        en += f" (in the cases named: {', '.join(_office(office, rules).en for office in others)})"
    return Text(zh, en)


def _office(name: str, rules: Rules) -> Text:
    level, _, rest = name.partition(".")
    if level != "here":
        return rules.office_title(name)
    word = rules.vocabulary.offices.get(rest)
    return Text(f"{_HERE.zh}{word.title.zh}", f"{word.title.en} {_HERE.en}") if word else Text(name, name)


def _condition(check: Check, way: Procedure, rules: Rules, on: date) -> Condition:
    when = [check_words(one, way, rules, on) for one in check.when]
    said = Text("且".join(one.zh for one in when), " and ".join(one.en for one in when)) if when else None
    return Condition(
        check_words(check, way, rules, on), clause_link(rules.pack.id, check.clause), said, check.exception is not None
    )
