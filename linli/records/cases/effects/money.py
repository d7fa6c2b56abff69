"""An act that looked at what is left of the year's money takes it; an end without result gives it back."""

from linli.records.cases.effects.done import Done
from linli.records.cases.money import asks_for_money, holder_of
from linli.records.funds import services as funds


def keep_money(done: Done) -> None:
    case = done.case
    if done.state.end in ("refused", "withdrawn", "failed"):
        funds.release_money(subject=case.subject, by=done.by_ref, at=done.at)
    elif done.act.kind == "advance" and asks_for_money(done.act) and case.amount_fen:
        funds.commit_money(
            subject=holder_of(case, done.procedure).subject,
            amount_fen=case.amount_fen,
            place=case.place,
            year=case.year,
            by=done.by_ref,
            at=done.at,
        )
