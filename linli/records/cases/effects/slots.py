"""An act that sends something back takes its evidence out of account; the versions stay."""

from linli.records.cases.effects.done import Done
from linli.records.evidence import services as evidence


def void_slots(done: Done) -> None:
    for slot in done.act.voids:
        evidence.void_slot(
            subject=done.case.subject, slot=slot, reason=done.reason, by=done.by, at=done.at, place=done.case.place
        )
