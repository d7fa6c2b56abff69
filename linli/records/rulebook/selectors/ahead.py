"""What lies ahead of a passage: to-dos of the present state, and the shortest way to the end."""

from collections import deque
from dataclasses import dataclass
from datetime import date

from linli.records.rulebook.deadlines import deadline_in
from linli.records.rulebook.roles import known_roles, offices_of
from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Readings
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Procedure, State


@dataclass(frozen=True)
class Due:
    """A to-do while a state lasts. `due_on` is None while the length is not set; `unset` names the parameter then."""

    state: str
    offices: tuple[str, ...]
    title: Text
    clause: str
    due_on: date | None
    unset: str = ""


def due_in(now: Standing, readings: Readings) -> Due | None:
    """What falls due in the present state, for whom, until when. None if the pack asks nothing."""
    state = now.procedure.states[now.passage.state]
    if state.due is None:
        return None
    entered = day_in_china(now.passage.entered_at)
    completed = now.complete(readings, "", entered)
    roles = known_roles(now.rules, now.procedure, completed, entered, now.rules_on)
    offices = offices_of(state.due.by, roles, now.procedure, now.passage.place.level)
    deadline = deadline_in(now, state, readings)
    return Due(state.id, offices, deadline.title, deadline.clause, deadline.on, deadline.unset)


def taken_at(act: Act, level: str) -> bool:
    """Whether an act can ever be taken in a matter at a place of this level: some ways are for cities alone."""
    for check in act.checks:
        if (check.source, check.name, check.operator) == ("fact", "place.level", "equals") and not check.when:
            return level in (*check.operand.codes, check.operand.literal)
    return True


def states_ahead(procedure: Procedure, state: str, level: str = "") -> list[tuple[Act, State]]:
    """The shortest way from a state to a good end: the acts still to take and the states they lead to.

    `level`: of the matter's place, so that ways of other levels are left out; "" for all.

    Ways that skip acts by saying so (`bypasses`) are taken only where nothing else leads on.
    """
    return _shortest(procedure, state, level, bypassing=False) or _shortest(procedure, state, level, bypassing=True)


def _shortest(procedure: Procedure, start: str, level: str, *, bypassing: bool) -> list[tuple[Act, State]]:
    came: dict[str, tuple[str, Act]] = {}
    queue, seen = deque([start]), {start}
    while queue:
        state = queue.popleft()
        if procedure.states[state].end == "done":
            return _traced(procedure, came, start, state)
        for act in procedure.acts.values():
            onward = act.kind == "advance" and act.to != "same" and (bypassing or not act.bypasses)
            onward = onward and (not level or taken_at(act, level))
            if onward and state in act.from_states and act.to not in seen:
                seen.add(act.to)
                came[act.to] = (state, act)
                queue.append(act.to)
    return []


def _traced(procedure: Procedure, came: dict[str, tuple[str, Act]], start: str, end: str) -> list[tuple[Act, State]]:
    path: list[tuple[Act, State]] = []
    while end != start:
        before, act = came[end]
        path.append((act, procedure.states[end]))
        end = before
    return path[::-1]
