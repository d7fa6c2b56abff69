"""Where the money is, and how far coverage has come: figures first, one bar beside them."""

from typing import Any

from django.utils.safestring import SafeString

from linli.web.shared.shapes import ClauseBook, Meter, MoneyLine
from linli.web.shared.tags.kept import kept_piece
from linli.web.shared.tags.library import register

BAR = 1000  # units of the bar's view box


def _part(amount: int | None, whole: int) -> int:
    return max(0, min(BAR, round(BAR * (amount or 0) / whole))) if whole else 0


@register.simple_tag
def money_line(line: MoneyLine) -> SafeString:
    """`{% money_line line %}`: source, budget, contract, paid, left. The whole bar is the larger of budget and contract."""
    whole = max(line.budget_fen or 0, line.contract_fen or 0, line.paid_fen or 0)
    # Nothing is said to be left over before it is known what was spent.
    left = None if line.budget_fen is None or line.paid_fen is None else line.budget_fen - line.paid_fen
    told = {
        "line": line,
        "left_fen": left,
        "over": line.budget_fen is not None and (line.contract_fen or 0) > line.budget_fen,
        "contract_part": _part(line.contract_fen, whole),
        "paid_part": _part(line.paid_fen, whole),
        "budget_at": _part(line.budget_fen, whole),
    }
    return kept_piece("shared/pieces/money_line.html", told)


@register.inclusion_tag("shared/pieces/coverage.html")
def coverage(meter: Meter, rules: ClauseBook | None = None) -> dict[str, Any]:
    """`{% coverage meter rules %}`: 312 / 500 户, what is short, and whom to visit."""
    needed = meter.needed
    return {
        "meter": meter,
        "rules": rules,
        "part": _part(meter.reached, needed or 0),
        "short": max(0, needed - meter.reached) if needed is not None else None,
        "more_to_visit": max(0, meter.to_visit_total - len(meter.to_visit)),
    }
