"""Questions about lists."""

from linli.records.registers.selectors.carrying_out import Item, Round, carrying_out, disclosures
from linli.records.registers.selectors.facts import ledger_facts, register_facts, total_facts
from linli.records.registers.selectors.joined import Joined, joined_lists
from linli.records.registers.selectors.matches import Match, matches_of
from linli.records.registers.selectors.rows import history, row, rows_about, rows_in_force, rows_of, said_on
from linli.records.registers.selectors.seen import seen_fields, seen_registers
from linli.records.registers.selectors.totals import Totals, totals, totals_of

__all__ = [
    "Item",
    "Joined",
    "Match",
    "Round",
    "Totals",
    "carrying_out",
    "disclosures",
    "history",
    "joined_lists",
    "ledger_facts",
    "matches_of",
    "register_facts",
    "row",
    "rows_about",
    "rows_in_force",
    "rows_of",
    "said_on",
    "seen_fields",
    "seen_registers",
    "total_facts",
    "totals",
    "totals_of",
]
