"""The life of a case as one line: what was done, by whom, by which clause; then what is still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.prepared import Prepared
from linli.records.rulebook.models import Step
from linli.records.rulebook.selectors import days_ahead, standing, states_ahead
from linli.records.rulebook.standing import Standing
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Procedure


@dataclass(frozen=True)
class Entry:
    """One act. `at` is None for what is still to come, `due_on` then the last day for it where one is known."""

    act: str
    title: Text
    state: Text
    kind: str
    clause: tuple[str, ...]
    offices: tuple[Text, ...]
    at: datetime | None = None
    by: Person | None = None
    moved: bool = True
    note: str = ""
    decision: str = ""
    rules_version: str = ""
    step: Step | None = None
    due_on: date | None = None


def timeline(case: Case) -> list[Entry]:
    """Past acts, oldest first, then the shortest way to the end."""
    return timeline_of(standing(case.subject))


def timeline_of(now: Standing, persons: Mapping[str, Person] | None = None) -> list[Entry]:
    """`persons`: ref -> whoever took the acts, where they were read already; empty for pages that name offices alone."""
    if persons is None:
        persons = persons_of(step.by for step in now.steps)
    past = [_past(now, step, persons) for step in now.steps]
    if now.passage.ended_at is not None:
        return past
    ahead = states_ahead(now.procedure, now.passage.state, now.passage.place.level)
    left = [now.procedure.states[now.passage.state], *(state for _, state in ahead)]
    days = days_ahead(now, left)
    return past + [_ahead(now, act, state.title, days.get(before.id)) for before, (act, state) in zip(left, ahead, strict=False)]


def persons_of(refs: Iterable[str]) -> Mapping[str, Person]:
    """Ref -> person, one query."""
    ids = {ref.removeprefix("person:") for ref in refs if ref.startswith("person:")}
    return {person.ref: person for person in _PERSONS([UUID(id) for id in sorted(ids)])}


_PERSONS = Prepared(lambda ids: Person.objects.filter(pk__in=ids))


def _past(now: Standing, step: Step, persons: Mapping[str, Person]) -> Entry:
    procedure = _then(now, step)
    act = procedure.acts.get(step.act)
    state = procedure.states[step.to_state].title
    return Entry(
        act=step.act,
        title=act.title if act else Text(step.act, step.act),
        state=state,
        kind=act.kind if act else "advance",
        clause=act.clause if act else (),
        offices=(now.rules.office_title(step.office),) if step.office else (),
        at=step.at,
        by=persons.get(step.by),
        moved=step.moved,
        note=step.note,
        decision=step.decision.digest,
        rules_version=step.decision.rules_version,
        step=step,
    )


def _then(now: Standing, step: Step) -> Procedure:
    """The procedure by the rules the step was judged by; states it led to are known on its own day."""
    rules = now.rules_by(step.decision.rules_digest)
    procedure = rules.procedure(now.passage.procedure, step.decision.rules_on)
    if step.to_state in procedure.states:
        return procedure
    later = rules.procedure(now.passage.procedure, day_in_china(step.at))
    return later if step.to_state in later.states else now.procedure


def _ahead(now: Standing, act: Act, state: Text, due_on: date | None) -> Entry:
    frozen = now.passage.frozen[now.passage.stage]["roles"]
    named: list[str] = []
    for name in act.by:
        role = now.procedure.roles.get(name)
        named += (frozen.get(name) or role.offices) if role else [name]
    offices = tuple(now.rules.office_title(office) for office in dict.fromkeys(named))
    return Entry(act=act.id, title=act.title, state=state, kind=act.kind, clause=act.clause, offices=offices, due_on=due_on)
