"""The day a state is to be left by: counted by the pack, moved by what was granted, standing still while the matter does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Readings
from linli.rules.gates.values import day_of_year
from linli.rules.plain.days import DAY_KINDS, Calendar, Period, day_in_china
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Due as DueRule
from linli.rules.policy.models import State


@dataclass(frozen=True)
class Deadline:
    """`on` is None while its length is not set (`unset` names the parameter) or while the matter is stopped."""

    state: str
    title: Text
    clause: str
    on: date | None
    unset: str = ""
    stopped: bool = False
    moved: tuple[str, ...] = ()  # by what was granted: "6 months", "2027-03-01"
    paused_days: int = 0


def deadline_of(now: Standing, readings: Readings | None = None) -> Deadline | None:
    """The deadline that runs: that of the present state, else of a state of this stage yet to come."""
    state = named_state(now)
    return deadline_in(now, state, readings or _year_of(now)) if state else None


def days_ahead(now: Standing, states: Iterable[State]) -> dict[str, date]:
    """State -> the day by which it is to be left, as far as today tells: the running deadline, and days of the year."""
    running = named_state(now)
    known = [state for state in states if state.due is not None and (state == running or state.due.by_date)]
    found = {state.id: deadline_in(now, state, _year_of(now)).on for state in known}
    return {id: on for id, on in found.items() if on is not None}


def _year_of(now: Standing) -> Readings:
    """The year of the matter is not known here; the year it was opened in stands for it."""
    return Readings({"case.year": day_in_china(now.passage.opened_at).year})


def named_state(now: Standing) -> State | None:
    """The state whose deadline runs: the present one, or one of its stage that counts from the stage's first day."""
    if now.passage.ended_at is not None:
        return None
    here = now.procedure.states[now.passage.state]
    if here.due is not None:
        return here
    ahead = (now.procedure.states[name] for name in now.procedure.stages[here.stage].states)
    return next((state for state in ahead if state.due is not None and state.due.counted_from == "stage"), None)


def deadline_in(now: Standing, state: State, readings: Readings) -> Deadline:
    """The deadline of a state that has one."""
    assert state.due is not None
    title, moved = state.due.title or state.title, tuple(each["by"] for each in now.passage.deadlines.get(state.id, ()))
    counted = _counted(state.due, now, readings)
    if counted is None:
        return Deadline(state.id, title, state.due.clause, None, state.due.within or state.due.by_date, moved=moved)
    first, plain = counted
    days, stopped = stopped_days(now, first)
    last = plain + timedelta(days=days) if state.due.within else plain
    for by in moved:
        last = longer(last, by, now.rules.calendar)
    shown = None if stopped and state.due.within else last
    return Deadline(state.id, title, state.due.clause, shown, "", stopped, moved, days)


def longer(day: date, by: str, calendar: Calendar) -> date:
    """A day moved by a length of time, or to a later day."""
    count, _, kind = by.partition(" ")
    known = next((each for each in DAY_KINDS if each == kind), None)
    return calendar.after(day, Period(int(count), known)) if known else max(day, date.fromisoformat(by))


def stopped_days(now: Standing, first: date) -> tuple[int, bool]:
    """Whole days since `first` on which another matter had stopped this one, and whether it is stopped now."""
    spans = [(day_in_china(each.placed_at), each.released_at) for each in now.pauses]
    ended = [(max(begun, first), day_in_china(released)) for begun, released in spans if released is not None]
    return sum(max((last - begun).days, 0) for begun, last in ended), any(released is None for _, released in spans)


def _counted(rule: DueRule, now: Standing, readings: Readings) -> tuple[date, date] | None:
    """The day it is counted from, and the last day as the rules alone have it."""
    entered = day_in_china(now.passage.entered_at)
    first = {"state": entered, "stage": now.rules_on, "case": day_in_china(now.passage.opened_at)}[rule.counted_from]
    value = now.rules.read(rule.within or rule.by_date, on=now.rules_on).value
    if isinstance(value, Period):
        return first, now.rules.calendar.after(first, value)
    if isinstance(value, date):
        return first, value
    if isinstance(value, str):
        year = readings.facts.get("case.year")
        return first, day_of_year(value, year if isinstance(year, int) else entered.year)
    return None
