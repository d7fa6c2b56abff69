"""An act that enters a matter in lists or strikes it from them. What a row says comes from the forms of the matter."""

from collections.abc import Iterator, Mapping
from typing import Any

from linli.records.cases.effects.done import Done
from linli.records.cases.entered import as_entered
from linli.records.evidence import selectors as evidence
from linli.records.registers import services as registers
from linli.records.registers.book import Keeping, keeping_for
from linli.records.rulebook.selectors import standing
from linli.rules.gates.model import Plain
from linli.rules.plain.days import day_in_china
from linli.rules.policy.models import Field, Form
from linli.rules.policy.rules import Rules

# form -> what stands in it, as somebody would type it
Papers = Mapping[str, tuple[Form, Mapping[str, Plain]]]
_TEXTS = ("text", "long_text", "organisation", "person")


def keep_registers(done: Done) -> None:
    act, case = done.act, done.case
    if not (act.enters or act.strikes):
        return
    now = standing(case.subject)
    papers = _papers(done, now.rules)
    for kept in _lists(act.enters, done, now.rules):
        registers.enter_by_act(
            kept=kept,
            rows=rows_for(kept, papers, done),
            about=case.subject,
            by=done.by,
            at=done.at,
            demonstration=case.demonstration,
        )
    for kept in _lists(act.strikes, done, now.rules):
        keys = [str(row.get(kept.register.key, "")) for row in rows_for(kept, papers, done)]
        registers.strike_by_act(kept=kept, keys=keys, about=case.subject, reason=done.reason, by=done.by, at=done.at)


def _lists(names: tuple[str, ...], done: Done, rules: Rules) -> Iterator[Keeping]:
    for name in names:
        kept = keeping_for(done.case.place, name, rules, day_in_china(done.at))
        if kept is not None:
            yield kept


def _papers(done: Done, rules: Rules) -> Papers:
    """The forms of the matter, its main form first."""
    forms = rules.forms(day_in_china(done.at))
    filled = {name: filling for name, filling in evidence.fillings(done.case.subject).items() if name in forms}
    ordered = sorted(filled, key=lambda name: name != done.procedure.main_form)
    return {name: (forms[name], as_entered(forms[name], filled[name])) for name in ordered}


def rows_for(kept: Keeping, papers: Papers, done: Done) -> list[dict[str, object]]:
    """One row; or one for each line, where a form of the matter lists the things the register is about."""
    if kept.form.id in papers:
        return [dict(papers[kept.form.id][1])]
    common = _common(kept, papers, done)
    lines = _lines(kept, papers)
    if lines:
        return [{**common, **{key: value for key, value in line.items() if key in kept.form.fields}} for line in lines]
    return [common]


def _lines(kept: Keeping, papers: Papers) -> list[Mapping[str, Any]]:
    for form, data in papers.values():
        for field in form.fields.values():
            columns = {key for key, _, _ in field.columns}
            value = data.get(field.key)
            if field.type == "lines" and kept.register.key and kept.register.key in columns and isinstance(value, list):
                return [line for line in value if isinstance(line, dict)]
    return []


def _common(kept: Keeping, papers: Papers, done: Done) -> dict[str, object]:
    found = {field.key: _from(field, kept, papers, done) for field in kept.form.fields.values()}
    return {key: value for key, value in found.items() if value is not None}


def _from(field: Field, kept: Keeping, papers: Papers, done: Done) -> object:
    """A field of the same name and nature; else what the matter itself says: its place, its title, the day."""
    for form, data in papers.values():
        theirs = form.fields.get(field.key)
        if theirs is not None and data.get(field.key) not in (None, "", []) and _alike(field, theirs):
            return data[field.key]
    if field.type == "place":
        return done.case.place_id
    if field.type == "date" and field.required:
        return day_in_china(done.at)
    return done.case.title if field.key == kept.register.key and field.type in _TEXTS else None


def _alike(ours: Field, theirs: Field) -> bool:
    return ours.type == theirs.type or {ours.type, theirs.type} <= {*_TEXTS}
