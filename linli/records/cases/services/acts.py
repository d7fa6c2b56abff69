"""Taking an act of a case: gather the readings, let the rulebook decide and move, carry out what follows."""

from datetime import datetime

from django.db import transaction

from linli.records.cases import events
from linli.records.cases.codes import hold_series
from linli.records.cases.effects import carry_out
from linli.records.cases.effects.done import Done
from linli.records.cases.locking import locked
from linli.records.cases.models import Case
from linli.records.cases.readings import readings_of
from linli.records.funds import services as funds
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.refs import ref_of
from linli.records.rulebook.services import Moved
from linli.records.trail import services as trail


@transaction.atomic
def take_act(*, case: Case, act: str, by: Person | None, at: datetime, note: str = "") -> Moved:
    """Take any act of the case's procedure, all of it or nothing. `moved.step.moved` is false while others must sign.

    Raises Refused with every finding of the gate; NotFound. Whoever comes second is judged by what the first one left.
    """
    case = locked(case)
    funds.hold_envelope(place=case.place, year=case.year)
    readings = readings_of(case, by, at)
    moved = rulebook.move(subject=case.subject, act=act, by=by, at=at, readings=readings, note=note)
    if moved.act.opens:
        hold_series(case.place, case.year)
    _seal(case, moved, by, at)
    if moved.step.moved:
        carry_out(Done(case, moved, readings, by, at, note))
    return moved


def _seal(case: Case, moved: Moved, by: Person | None, at: datetime) -> None:
    step = moved.step
    sealed = events.ActTaken(
        code=case.code,
        procedure=case.procedure,
        act=step.act,
        from_state=step.from_state,
        to_state=step.to_state,
        moved=step.moved,
        note=step.note,
    )
    trail.record(
        sealed,
        stream=case.place_id,
        subject=case.subject,
        by=ref_of(by),
        office=step.office,
        at=at,
        decision=step.decision.digest,
    )
