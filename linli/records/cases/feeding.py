"""What forms feed into the columns of a case."""

from datetime import datetime
from typing import Any

from linli.records.cases import events
from linli.records.cases.models import Case
from linli.records.evidence.models import Filling
from linli.records.people.models import Person
from linli.records.trail import services as trail
from linli.rules.gates.model import Facts
from linli.rules.policy.models import YEAR_OF_PAPER, Form

_COLUMNS = {"case.amount": "amount_fen", "case.type": "type", "case.category": "category"}


def fed_columns(form: Form, data: Facts) -> dict[str, Any]:
    """Column -> value for every field that feeds one. An emptied field empties its column."""
    found: dict[str, Any] = {}
    for field in form.fields.values():
        column = _COLUMNS.get(field.feeds)
        if column:
            value = data.get(field.key)
            found[column] = value if column == "amount_fen" else (value or "")
    return found


def fed_fields(form: Form) -> dict[str, str]:
    """What is fed -> the field that feeds it."""
    return {field.feeds: field.key for field in form.fields.values() if field.feeds}


def year_of_paper(form: Form, data: Facts) -> int | None:
    """The year a form says it speaks of; None where it does not say."""
    key = fed_fields(form).get(YEAR_OF_PAPER)
    year = data.get(key) if key else None
    return year if isinstance(year, int) else None


def feed(case: Case, form: Form, filling: Filling, by: Person | None, at: datetime) -> None:
    """Copy what a form feeds into the columns of its case."""
    columns = fed_columns(form, filling.data)
    if not columns or all(getattr(case, name) == value for name, value in columns.items()):
        return
    for name, value in columns.items():
        setattr(case, name, value)
    case.save(update_fields=list(columns))
    sealed = events.CaseFed(code=case.code, form=form.id, amount_fen=case.amount_fen, type=case.type, category=case.category)
    trail.record(sealed, stream=case.place_id, subject=case.subject, by=by.ref if by else "system", at=at)
