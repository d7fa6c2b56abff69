"""Asking for what a form keeps sealed: shown to whoever may open it, on the page of the form."""

from linli.records.cases.models import Case
from linli.records.cases.readings.relations import relations_to
from linli.records.evidence.models import Filling
from linli.records.evidence.permissions import OPEN_SEALED
from linli.records.people.access import may
from linli.records.people.models import Person
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.web.desk.loaders import address
from linli.web.desk.sheets import Sheet, Tried, sheet, why
from linli.web.shared import clock

NAME = "sealed"
_WHY = why(Text("为什么要看", "Why you need to read it"), most=200)
_NOTE = Text("谁在什么时候为什么看，都会记下。", "Who reads it, when and why is kept on record.")


def opening(
    case: Case, procedure: Procedure, form: str, latest: Filling | None, person: Person, tried: Tried | None = None
) -> Sheet | None:
    """None where nothing is sealed in the form, or this reader may not ask for it."""
    on = clock.today()
    if latest is None or not latest.sealed:
        return None
    if not may(person, OPEN_SEALED, case.place, on, relations_to(case, procedure, person, on)):
        return None
    action = address("desk:form_sealed", case.code, form)
    return sheet(NAME, (_WHY,), action=action, button=Text("查看", "Open it"), tried=tried, note=_NOTE)
