"""What stands in the slots of a case. Money of a year is kept by its component under the year of the place, for all matters."""

from linli.records.cases.models import Case
from linli.records.evidence import selectors as evidence
from linli.records.evidence.models import Piece
from linli.rules.gates.model import Facts
from linli.rules.plain.subjects import place_year
from linli.rules.policy.models import Procedure

OF_THE_YEAR = frozenset({"budget_line"})


def slot_facts(case: Case, procedure: Procedure) -> dict[str, Facts]:
    """Slot -> the facts of its evidence; a slot for the year's budget line reads the one that was set for the place."""
    filed: dict[str, Piece] = evidence.pieces(case.subject)
    asked = [slot for slot in procedure.slots.values() if OF_THE_YEAR & set(slot.kinds) and slot.id not in filed]
    if asked:
        of_year = {piece.kind: piece for piece in evidence.pieces(place_year(case.place_id, case.year)).values()}
        filed |= {slot.id: of_year[kind] for slot in asked for kind in slot.kinds if kind in of_year}
    return {slot: piece.facts for slot, piece in filed.items()}
