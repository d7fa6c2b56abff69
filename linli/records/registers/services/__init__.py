"""Keeping lists: entering, amending, striking, answering; and what the acts of a matter put in and take out."""

from linli.records.registers.services.answering import answer_row, pass_up_late
from linli.records.registers.services.by_acts import enter_by_act, strike_by_act
from linli.records.registers.services.changing import amend_row, strike_row
from linli.records.registers.services.entering import Entered, enter_row, enter_rows

__all__ = [
    "Entered",
    "amend_row",
    "answer_row",
    "enter_by_act",
    "enter_row",
    "enter_rows",
    "pass_up_late",
    "strike_by_act",
    "strike_row",
]
