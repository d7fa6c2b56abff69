"""What the checks of a procedure ask of the lists that a place keeps."""

from collections.abc import Iterator, Mapping
from datetime import date

from linli.records.cases.models import Case
from linli.records.registers.selectors import register_facts, total_facts
from linli.rules.gates.model import Facts
from linli.rules.policy.models import Check, Procedure
from linli.rules.policy.rules import Rules

_FORM = "form."
Forms = Mapping[str, Facts]


def rows_asked(
    case: Case, procedure: Procedure, rules: Rules, facts: Facts, forms: Forms, on: date
) -> dict[str, dict[str, Facts]]:
    """Register -> key -> columns, for the rows its checks name; a list without that row is there, empty."""
    keys: dict[str, set[str]] = {}
    columns: dict[str, set[str]] = {}
    for check in _register_checks(procedure):
        if check.row_key:
            keys.setdefault(check.name, set()).update(_key(check.row_key, facts, forms))
            columns.setdefault(check.name, set()).add(check.fact)
    asked = {name: (frozenset(keys[name]), frozenset(columns[name])) for name in keys}
    return register_facts(case.place, rules, asked, on) if asked else {}


def totals_asked(case: Case, procedure: Procedure, rules: Rules, on: date) -> dict[str, Facts]:
    """Register -> its totals at the place, for the checks that count rows."""
    asked = {check.name for check in _register_checks(procedure) if not check.row_key}
    return total_facts(case.place, rules, sorted(asked), on) if asked else {}


def _register_checks(procedure: Procedure) -> Iterator[Check]:
    for act in procedure.acts.values():
        for check in act.checks:
            yield from _of(check)
    for role in procedure.roles.values():
        for check in (check for instead in role.instead for check in instead.when):
            yield from _of(check)


def _of(check: Check) -> Iterator[Check]:
    if check.source == "register":
        yield check
    for part in (*check.when, *check.any_of):
        yield from _of(part)


def _key(name: str, facts: Facts, forms: Forms) -> set[str]:
    if name.startswith(_FORM):
        _, form, field = name.split(".", 2)
        value = forms.get(form, {}).get(field)
    else:
        value = facts.get(name)
    return {value} if isinstance(value, str) and value else set()
