"""Rows of registers are found by a column they have, named by a field that is filled, and hold the codes they are asked for;
so does what a page fills into a form by itself."""

from collections.abc import Iterable, Iterator

from linli.rules.policy.errors import Findings
from linli.rules.policy.lint_names import WHAT, Names
from linli.rules.policy.models import Check, Form, Obligation, Procedure, Register

_FORM = "form."


def lint_rows(names: Names, findings: Findings) -> None:
    layers, epoch = names.layers, names.layers.epoch(names.day)
    forms: dict[str, Form] = dict(layers.at("forms", epoch))
    registers: dict[str, Register] = dict(layers.at("registers", epoch))
    for form in forms.values():
        _online(form, names, findings)
    for register in registers.values():
        _key(register, forms, findings)
    for procedure in layers.at("procedures", epoch).values():
        for check in _register_checks(procedure):
            _row_key(check, names, forms, findings)
            _codes(check, registers, forms, names, findings)
    for obligation in layers.at("obligations", epoch).values():
        _entry(obligation, registers, forms, names, findings)


def _entry(
    obligation: Obligation, registers: dict[str, Register], forms: dict[str, Form], names: Names, findings: Findings
) -> None:
    """What only some rows of a register discharge names a column of it and an entry of that column's catalogue."""
    column, holds = obligation.done_by_entry
    register = registers.get(obligation.done_by_register)
    form = forms.get(register.form) if register is not None else None
    if not column or form is None:
        return
    if column not in form.fields:
        findings.add("unknown_fact", obligation.where, name=form.id, fact=column, known=tuple(form.fields))
        return
    entries = names.entries(form.fields[column].catalogue) or ()
    if holds not in entries:
        findings.add("no_such_entry", obligation.where, by=form.fields[column].catalogue or "—", key=holds, known=entries)


def _online(form: Form, names: Names, findings: Findings) -> None:
    """What a page fills in by itself is an entry the field could have been given."""
    for field in form.fields.values():
        entries = names.entries(field.catalogue) or ()
        if field.online and field.online not in entries:
            findings.add("no_such_entry", form.where, by=field.catalogue or "—", key=field.online, known=entries)


def _key(register: Register, forms: dict[str, Form], findings: Findings) -> None:
    form = forms.get(register.form)
    if register.key and form is not None and register.key not in form.fields:
        findings.add("unknown_fact", register.where, name=form.id, fact=register.key, known=tuple(form.fields))


def _register_checks(procedure: Procedure) -> Iterator[Check]:
    checks = [check for act in procedure.acts.values() for check in act.checks]
    asked = [check for role in procedure.roles.values() for instead in role.instead for check in instead.when]
    yield from (check for check in _with_parts((*checks, *asked)) if check.source == "register")


def _with_parts(checks: Iterable[Check]) -> Iterator[Check]:
    for check in checks:
        yield check
        yield from _with_parts((*check.when, *check.any_of))


def _row_key(check: Check, names: Names, forms: dict[str, Form], findings: Findings) -> None:
    if not check.row_key or check.row_key in names.vocabulary.facts:
        return
    name, _, field = check.row_key.removeprefix(_FORM).partition(".")
    form = forms.get(name) if check.row_key.startswith(_FORM) else None
    if form is None:
        findings.add("unknown_reference", check.where, id=check.row_key, what=WHAT["column"])
    elif field not in form.fields:
        findings.add("unknown_fact", check.where, name=name, fact=field, known=tuple(form.fields))


def _codes(check: Check, registers: dict[str, Register], forms: dict[str, Form], names: Names, findings: Findings) -> None:
    form = forms.get(registers[check.name].form) if check.name in registers else None
    field = form.fields.get(check.fact) if form is not None else None
    entries = names.entries(field.catalogue) if field is not None and field.catalogue else None
    literal = check.operand.literal
    for code in (*check.operand.codes, *((literal,) if isinstance(literal, str) else ())):
        if field is not None and entries is not None and code not in entries:
            findings.add("no_such_entry", check.where, by=field.catalogue, key=code, known=entries)
