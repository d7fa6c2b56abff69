"""Standing facts of a case and of its money. What is not known is left out: unknown is not zero."""

from typing import Any

from linli.records.cases.linked import count_linked
from linli.records.cases.models import Case
from linli.records.cases.money import amends_its_parent, holder_of
from linli.records.evidence.selectors import fillings
from linli.records.funds import selectors as funds
from linli.records.rulebook.selectors import procedures_of
from linli.rules.gates.model import Facts, Plain
from linli.rules.policy.models import Procedure


def case_facts(case: Case, procedure: Procedure) -> Facts:
    facts: dict[str, Plain] = {
        "case.year": case.year,
        "case.amount": case.amount_fen,
        "case.type": case.type or None,
        "case.category": case.category or None,
        "case.needs_linked": count_linked(case),
        "case.changes_open": changes_open(case),
        "case.place": case.place_id,
        "place.level": case.place.level,
        **_money(case, procedure),
    }
    return {name: value for name, value in facts.items() if value is not None}


def changes_open(case: Case) -> int:
    """Children that would amend this case and are not decided yet."""
    if not getattr(case, "has_children", True):
        return 0
    running = case.children.filter(passage__ended_at__isnull=True, passage__isnull=False).select_related("passage__place")
    passages = [child.passage for child in running if child.passage is not None]
    return sum(amends_its_parent(procedure) for procedure in procedures_of(passages).values())


def _money(case: Case, procedure: Procedure) -> dict[str, Plain]:
    if case.amount_fen is None:
        return {}
    holder = holder_of(case, procedure)
    return {
        "money.left_after": funds.left_after(holder.subject, case.amount_fen, case.place, case.year),
        "money.sources_gap": _sources_gap(case, procedure, case.amount_fen),
    }


def _sources_gap(case: Case, procedure: Procedure, amount_fen: int) -> int | None:
    """Budget less the sources entered as money; while none is entered, less those the main form names."""
    entered = funds.sources_gap(case.subject, amount_fen) if getattr(case, "has_sources", True) else None
    filling = fillings(case.subject).get(procedure.main_form) if entered is None else None
    named = [row["amount"] for row in _source_rows(filling.data if filling else {}) if isinstance(row.get("amount"), int)]
    return amount_fen - sum(named) if named else entered


def _source_rows(data: Facts) -> list[dict[str, Any]]:
    """The lines of a form that say a source and an amount."""
    lines = [value for value in data.values() if isinstance(value, list)]
    return [row for rows in lines for row in rows if isinstance(row, dict) and {"source", "amount"} <= row.keys()]
