"""Checks read what is there: facts of the right evidence, fields of the right form, values of the same kind."""

from collections.abc import Iterator
from typing import Any

from linli.rules.policy.errors import Findings
from linli.rules.policy.lint_names import WHAT, Names
from linli.rules.policy.models import Act, Check, Form, Procedure, Where
from linli.rules.policy.vocabulary import BODY_FACTS, REGISTER_FACTS

_TYPE_OF_UNIT = {
    "yuan": "money",
    **dict.fromkeys(("count", "people_or_households", "points", "characters"), "count"),
    "share": "share",
    "period": "period",
    **dict.fromkeys(("date", "day_of_year", "day_of_month"), "date"),
    "flag": "flag",
    "text": "text",
}
WHOLE_LENGTH = "_characters"  # all texts of a form together
_COUNTED = (".characters", ".rows")
_TYPE_OF_FIELD = {"number": "count", "money": "money", "share": "share", "date": "date", "flag": "flag", "choice": "entry"}


def lint_checks(names: Names, findings: Findings) -> None:
    layers, epoch = names.layers, names.layers.epoch(names.day)
    procedures: dict[str, Procedure] = dict(layers.at("procedures", epoch))
    forms: dict[str, Form] = dict(layers.at("forms", epoch))
    for procedure in procedures.values():
        _offices(procedure, names, findings)
        for check in _checks_of(procedure):
            _Reader(names, findings, forms, procedure).look(check)
    for form in forms.values():
        for field in form.fields.values():
            for check in field.required_when:
                _Reader(names, findings, forms, None).look(check)
    for grant in layers.at("grants", epoch).values():
        for check in grant.when:
            _Reader(names, findings, forms, None).look(check)


def _checks_of(procedure: Procedure) -> Iterator[Check]:
    for act in procedure.acts.values():
        yield from act.checks
    for role in procedure.roles.values():
        for instead in role.instead:
            yield from instead.when


def _offices(procedure: Procedure, names: Names, findings: Findings) -> None:
    """`here.` offices exist at every level at which the procedure runs."""
    for act in procedure.acts.values():
        for office in (*act.by, *act.tells, *act.copies_to):
            _here(office, procedure, act, names, findings)


def _here(office: str, procedure: Procedure, act: Act, names: Names, findings: Findings) -> None:
    level, _, name = office.partition(".")
    word = names.vocabulary.offices.get(name)
    if level == "here" and word is not None and not all(at in word.levels for at in procedure.at):
        findings.add("unknown_office", act.where, office=office)


class _Reader:
    """Looks at one check after the other, inside a procedure or outside of any."""

    def __init__(self, names: Names, findings: Findings, forms: dict[str, Form], procedure: Procedure | None) -> None:
        self._names, self._findings = names, findings
        self._forms, self._procedure = forms, procedure

    def look(self, check: Check) -> None:
        self._source(check)
        self._operand(check)
        for inner in (*check.when, *check.any_of):
            self.look(inner)

    def _source(self, check: Check) -> None:
        match check.source:
            case "fact" if check.name:
                self._known("fact", check.name, check.name in self._names.vocabulary.facts, check.where)
            case "evidence":
                self._evidence(check)
            case "form":
                self._form(check)
            case "checklist" | "register" | "body":
                kind = {"checklist": "checklists", "register": "registers", "body": "bodies"}[check.source]
                self._known(check.source, check.name, self._names.has(kind, check.name), check.where)
                self._fact_of(check)
            case "publicity":
                self._publicity(check)

    def _known(self, what: str, id: str, known: bool, where: Where) -> None:
        if not known:
            self._findings.add("unknown_reference", where, id=id, what=WHAT[what])

    def _evidence(self, check: Check) -> None:
        kinds = self._kinds(check)
        if not kinds:
            self._known("slot", check.name, False, check.where)
            return
        words = [self._names.vocabulary.evidence[kind] for kind in kinds if kind in self._names.vocabulary.evidence]
        facts = sorted({fact for word in words for fact in word.facts})
        if check.fact and check.fact not in facts:
            self._findings.add("unknown_fact", check.where, name=check.name, fact=check.fact, known=facts)

    def _kinds(self, check: Check) -> tuple[str, ...]:
        """The kinds of evidence a slot may hold; of a place's year also the kind itself, or a slot of any procedure."""
        if self._procedure is not None and check.name in self._procedure.slots:
            return self._procedure.slots[check.name].kinds
        if check.of is None and self._procedure is not None:
            return ()
        if check.name in self._names.vocabulary.evidence:
            return (check.name,)
        found = [
            rec["slots"][check.name] for rec in self._names.recs["procedures"].values() if check.name in rec.get("slots", ())
        ]
        return tuple(kind for slot in found for kind in slot.get("kinds", ()))

    def _form(self, check: Check) -> None:
        form = self._forms.get(check.name)
        self._known("form", check.name, form is not None, check.where)
        if form is not None and check.fact and check.fact != WHOLE_LENGTH and check.fact.split(".")[0] not in form.fields:
            known = (*form.fields, WHOLE_LENGTH)
            self._findings.add("unknown_fact", check.where, name=check.name, fact=check.fact, known=known)

    def _fact_of(self, check: Check) -> None:
        known: tuple[str, ...] = BODY_FACTS
        if check.source == "register":
            rec: Any = self._names.recs["registers"].get(check.name)
            form = self._forms.get(rec.get("form", "")) if rec is not None else None
            known = (*REGISTER_FACTS, *(form.fields if form else ()))
        if check.fact and check.fact not in known:
            self._findings.add("unknown_fact", check.where, name=check.name, fact=check.fact, known=known)

    def _publicity(self, check: Check) -> None:
        self._known("point", check.name, check.name in self._names.points, check.where)
        slot = f"{check.name}_notice"
        if self._procedure is not None:
            self._known("slot", slot, slot in self._procedure.slots, check.where)

    def _operand(self, check: Check) -> None:
        left = self._type(check)
        operand = check.operand
        if operand.kind == "parameter":
            parameter = self._names.layers.parameter(operand.name)
            if parameter is None:
                return
            right = _TYPE_OF_UNIT[parameter.unit]
            self._same(check, left, right, operand.name)
            entries = self._names.entries(parameter.by) if parameter.by else None
            if operand.point and operand.point not in (entries or ()):
                self._findings.add("no_such_entry", check.where, by=parameter.by or "—", key=operand.point, known=entries or ())
        elif operand.kind == "fact":
            self._same(check, left, self._names.vocabulary.facts[operand.name].type, operand.name)
        elif left == "entry":
            self._codes(check)

    def _same(self, check: Check, left: str, right: str, name: str) -> None:
        if left and left != right:
            self._findings.add("unit_mismatch", check.where, fact=check.fact or check.name, left=left, name=name, right=right)

    def _type(self, check: Check) -> str:
        if check.source == "fact" and check.name in self._names.vocabulary.facts:
            return self._names.vocabulary.facts[check.name].type
        if check.source == "evidence" and check.fact:
            words = [self._names.vocabulary.evidence.get(kind) for kind in self._kinds(check)]
            return next((word.facts[check.fact] for word in words if word and check.fact in word.facts), "")
        if check.source == "form" and (check.fact == WHOLE_LENGTH or check.fact.endswith(_COUNTED)):
            return "count"
        if check.source == "form" and check.name in self._forms and check.fact in self._forms[check.name].fields:
            return _TYPE_OF_FIELD.get(self._forms[check.name].fields[check.fact].type, "")
        return ""

    def _codes(self, check: Check) -> None:
        catalogue = self._catalogue(check)
        entries = self._names.entries(catalogue) if catalogue else None
        if entries is None:
            return
        literal = check.operand.literal
        for code in (*check.operand.codes, *((literal,) if isinstance(literal, str) else ())):
            if code not in entries:
                self._findings.add("no_such_entry", check.where, by=catalogue, key=code, known=entries)

    def _catalogue(self, check: Check) -> str:
        if check.source == "form":
            return self._forms[check.name].fields[check.fact].catalogue
        if check.source == "fact" and self._procedure is not None:
            sorts = {"case.type": self._procedure.type_catalogue, "case.category": self._procedure.category_catalogue}
            return sorts.get(check.name, "")
        return ""
