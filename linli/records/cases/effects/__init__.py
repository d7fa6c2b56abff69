"""What follows from an act, each kind in its own module, in this order and in the act's own transaction."""

from collections.abc import Callable

from linli.records.cases.effects.children import open_children
from linli.records.cases.effects.done import Done
from linli.records.cases.effects.dues import settle_and_open_dues
from linli.records.cases.effects.forms import amend_own_forms, lock_forms, release_forms
from linli.records.cases.effects.money import keep_money
from linli.records.cases.effects.needs import report_to_needs
from linli.records.cases.effects.parent import work_on_parent
from linli.records.cases.effects.publicity import open_to_everybody
from linli.records.cases.effects.registers import keep_registers
from linli.records.cases.effects.slots import void_slots
from linli.records.cases.effects.words import report_to_matters, report_to_year, tell_offices

EFFECTS: tuple[Callable[[Done], None], ...] = (
    void_slots,
    lock_forms,
    release_forms,
    amend_own_forms,
    work_on_parent,
    keep_money,
    open_children,
    keep_registers,
    open_to_everybody,
    report_to_needs,
    report_to_matters,
    report_to_year,
    tell_offices,
    settle_and_open_dues,
)


def carry_out(done: Done) -> None:
    for effect in EFFECTS:
        effect(done)
