"""An act that opens other matters."""

from linli.records.cases.beginning import begin
from linli.records.cases.effects.done import Done
from linli.records.cases.models import Case
from linli.records.places.models import Place
from linli.records.places.selectors import ancestors
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.models import Procedure


def open_children(done: Done) -> None:
    case, on = done.case, day_in_china(done.at)
    for procedure in done.act.opens:
        known = rules_at(case.place, on).procedure(procedure, on)
        begin(
            known=known,
            place=_where(known, case),
            title=_named(known.title, case.title),
            summary="",
            year=case.year,
            parent=case,
            by=done.by,
            at=done.at,
            demonstration=case.demonstration,
        )


def _where(known: Procedure, case: Case) -> Place:
    """Where the matter stands itself; a matter that opens its like passes it to the level above. Raises Refused."""
    same = known.id == case.procedure
    if not same and case.place.level in known.at:
        return case.place
    above = [place for place in reversed(ancestors(case.place)) if place.level in known.at]
    if not above:
        raise Refused(
            Text(
                f"上面没有可以办理{quoted(known.title.zh)}的层级，请在本级办结。",
                f"No level above takes up {quoted(known.title.en)}; settle it here.",
            )
        )
    return above[0]


def _named(procedure: Text, case: str) -> str:
    return f"{procedure.zh}：{case}"[:120]
