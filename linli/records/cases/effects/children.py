"""An act that opens other matters."""

from linli.records.cases.beginning import begin
from linli.records.cases.effects.done import Done
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text


def open_children(done: Done) -> None:
    case, on = done.case, day_in_china(done.at)
    for procedure in done.act.opens:
        known = rules_at(case.place, on).procedure(procedure, on)
        begin(
            known=known,
            place=case.place,
            title=_named(known.title, case.title),
            summary=done.said.zh,
            year=case.year,
            parent=case,
            by=done.by,
            at=done.at,
            demonstration=case.demonstration,
        )


def _named(procedure: Text, case: str) -> str:
    return f"{procedure.zh}：{case}"[:120]
