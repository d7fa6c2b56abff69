"""Standing facts of a case and of its money. What is not known is left out: unknown is not zero."""

from linli.records.cases.linked import linked_needs
from linli.records.cases.models import Case
from linli.records.cases.money import amends_its_parent, holder_of
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
        "case.needs_linked": linked_needs(case).count(),
        "case.changes_open": changes_open(case),
        "case.place": case.place_id,
        "place.level": case.place.level,
        **_money(case, procedure),
    }
    return {name: value for name, value in facts.items() if value is not None}


def changes_open(case: Case) -> int:
    """Children that would amend this case and are not decided yet."""
    running = case.children.filter(passage__ended_at__isnull=True, passage__isnull=False).select_related("passage__place")
    passages = [child.passage for child in running if child.passage is not None]
    return sum(amends_its_parent(procedure) for procedure in procedures_of(passages).values())


def _money(case: Case, procedure: Procedure) -> dict[str, Plain]:
    if case.amount_fen is None:
        return {}
    holder = holder_of(case, procedure)
    return {
        "money.left_after": funds.left_after(holder.subject, case.amount_fen, case.place, case.year),
        "money.sources_gap": funds.sources_gap(case.subject, case.amount_fen),
    }
