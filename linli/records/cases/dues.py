"""To-dos of the state a case stands in."""

from datetime import datetime

from linli.records.cases.models import Case
from linli.records.duties import services as duties
from linli.records.places.selectors import at_level
from linli.records.rulebook.selectors import due_in, standing
from linli.rules.gates.model import Readings

STATE = "state"


def open_due(case: Case, readings: Readings, at: datetime) -> None:
    """A duty per office that the pack names for the state the case stands in."""
    due = due_in(standing(case.subject), readings)
    if due is None:
        return
    for office in due.offices:
        place = at_level(case.place, office.partition(".")[0])
        if place is not None:
            duties.open_duty(
                office=office,
                place=place,
                subject=case.subject,
                title=due.title,
                clause=due.clause,
                due_on=due.due_on,
                source=STATE,
                key=due.state,
                at=at,
                unset=due.unset,
            )
