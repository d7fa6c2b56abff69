"""What may be excused in a matter (原则上), and what was asked and decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from linli.records.cases.selectors.timeline import persons_of
from linli.records.people.models import Person
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.sealing import every_part
from linli.records.rulebook.services.exceptions import exception_rules
from linli.records.rulebook.standing import Standing
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Check, ExceptionRule
from linli.web.shared.shapes import Stamp, Tone

STATES: Mapping[str, tuple[Text, Tone]] = {
    "asked": (Text("等批准", "Awaiting a decision"), "waiting"),
    "granted": (Text("已批准", "Granted"), "done"),
    "refused": (Text("不批准", "Refused"), "refused"),
}


@dataclass(frozen=True)
class ExcuseRow:
    """One request, in words. `unit` is of `up_to`: "yuan", another unit, or ""."""

    row: ExceptionAsked
    title: Text
    stamp: Stamp
    asked_by: Person | None
    decided_by: Person | None
    rule: ExceptionRule | None
    unit: str

    @property
    def open(self) -> bool:
        return self.row.state == "asked"


def excuse_rows(now: Standing) -> list[ExcuseRow]:
    """Every request of the passage, oldest first; two queries."""
    rows = list(now.exceptions)
    persons = persons_of(ref for row in rows for ref in (row.asked_by, row.decided_by))
    rules = exception_rules(now)
    return [
        ExcuseRow(
            row,
            title_of(now, row.excuses),
            Stamp(*STATES[row.state]),
            persons.get(row.asked_by),
            persons.get(row.decided_by),
            rules.get(row.excuses),
            unit_of(now, row.excuses),
        )
        for row in rows
    ]


def title_of(now: Standing, excuses: str) -> Text:
    """What a key excuses: the ceiling, the checklist item, the reading."""
    name, _, item = excuses.partition(".")
    checklist = now.rules.checklists(now.rules_on).get(name)
    if checklist is not None and item in checklist.items:
        return checklist.items[item].text
    if name in now.rules.parameters():
        return now.rules.parameter(name).title
    check = _checks(now).get(excuses)
    if check is not None and check.title is not None:
        return check.title
    fact = check.fact or check.name if check is not None else excuses
    return now.rules.vocabulary.fact_title(fact)


def unit_of(now: Standing, excuses: str) -> str:
    """The unit in which "how far" is asked; "" where the exception is granted in no amounts."""
    rule = exception_rules(now).get(excuses)
    if rule is None or not rule.reaches:
        return ""
    if excuses in now.rules.parameters():
        return now.rules.parameter(excuses).unit
    check = _checks(now).get(excuses)
    return now.rules.parameter(check.operand.name).unit if check and check.operand.kind == "parameter" else ""


def _checks(now: Standing) -> dict[str, Check]:
    acts = now.procedure.acts.values()
    return {part.key: part for act in acts for check in act.checks for part in every_part(check)}
