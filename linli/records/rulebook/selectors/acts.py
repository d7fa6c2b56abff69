"""May this act be taken, by this person, on this day? Asking changes nothing."""

from datetime import date

from linli.records.people.models import Person
from linli.records.people.selectors import actor_for
from linli.records.rulebook.selectors.passages import standing
from linli.records.rulebook.standing import Standing
from linli.rules.gates.decide import decide
from linli.rules.gates.model import Actor, Decision, Readings
from linli.rules.plain.subjects import Subject
from linli.rules.policy.rules import Rules


def judge(at: Standing, act: str, *, actor: Actor, on: date, readings: Readings, rules: Rules | None = None) -> Decision:
    """Decide one act for a passage; under other rules where they are given. Writes nothing."""
    passage = at.passage
    completed = at.complete(readings, act, on)
    return decide(rules or at.rules, passage.procedure, act, state=passage.state, actor=actor, on=on, readings=completed)


def preview(*, subject: Subject, act: str, by: Person | None, on: date, readings: Readings) -> Decision:
    """What the gate would answer. Raises NotFound."""
    now = standing(subject)
    return judge(now, act, actor=actor_for(by, now.passage.place, on), on=on, readings=readings)


def decide_under(rules: Rules, *, subject: Subject, act: str, by: Person | None, on: date, readings: Readings) -> Decision:
    """The same question under other rules, such as a draft pack. Touches nothing. KeyError if they lack the procedure."""
    now = standing(subject)
    return judge(now, act, actor=actor_for(by, now.passage.place, on), on=on, readings=readings, rules=rules)
