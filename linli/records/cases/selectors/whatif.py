"""How a case would fare under other rules. Nothing is touched."""

from datetime import datetime

from linli.records.cases.models import Case
from linli.records.cases.readings import readings_of
from linli.records.people.models import Person
from linli.records.rulebook import selectors as rulebook
from linli.rules.gates.model import Decision
from linli.rules.plain.days import day_in_china
from linli.rules.policy.rules import Rules


def decide_under(rules: Rules, case: Case, act: str, person: Person | None, at: datetime) -> Decision:
    """The gate's answer under these rules, such as those of a draft pack. KeyError if they lack the procedure."""
    readings = readings_of(case, person, at)
    return rulebook.decide_under(rules, subject=case.subject, act=act, by=person, on=day_in_china(at), readings=readings)
