"""What stands in the slots of a case. Money of a year is kept by its component under the year of the place, for all matters."""

from datetime import date

from linli.records.cases.models import Case
from linli.records.evidence import selectors as evidence
from linli.records.evidence.models import Piece
from linli.records.meetings.selectors import opinion_facts
from linli.records.registers.selectors import ledger_facts
from linli.rules.gates.model import Facts
from linli.rules.plain.subjects import place_year
from linli.rules.policy.models import Procedure

LEDGER = "ledger"
OF_THE_YEAR = frozenset({"budget_line"})


def slot_facts(case: Case, procedure: Procedure, on: date) -> dict[str, Facts]:
    """Slot -> the facts of its evidence; a slot for the year's budget line reads the one that was set for the place.

    A slot for a ledger reads the rows of ledgers and the opinions of meetings about this case as they stand on the day.
    """
    filed: dict[str, Piece] = evidence.pieces(case.subject)
    asked = [slot for slot in procedure.slots.values() if OF_THE_YEAR & set(slot.kinds) and slot.id not in filed]
    if asked:
        of_year = {piece.kind: piece for piece in evidence.pieces(place_year(case.place_id, case.year)).values()}
        filed |= {slot.id: of_year[kind] for slot in asked for kind in slot.kinds if kind in of_year}
    return {**{slot: piece.facts for slot, piece in filed.items()}, **_ledgers(case, procedure, on)}


def _ledgers(case: Case, procedure: Procedure, on: date) -> dict[str, Facts]:
    """Nothing while nobody has said anything: then an office says so by hand."""
    slots = [slot.id for slot in procedure.slots.values() if LEDGER in slot.kinds]
    if not slots:
        return {}
    rows, opinions = ledger_facts(case.subject, on), opinion_facts(case.subject, on)
    facts: Facts = {name: rows[name] + opinions[name] for name in rows}
    return dict.fromkeys(slots, facts) if facts["rows"] else {}
