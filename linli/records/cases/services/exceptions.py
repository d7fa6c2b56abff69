"""Asking, for a case, that something be excused."""

from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.models import ExceptionAsked
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import day_in_china
from linli.rules.plain.refusals import Refused
from linli.rules.plain.texts import Text


@transaction.atomic
def ask_case_exception(
    *,
    case: Case,
    excuses: str,
    by: Person,
    at: datetime,
    reason: str,
    ground: str = "",
    up_to: int | None = None,
    document: str = "",
) -> ExceptionAsked:
    """As `rulebook.ask_exception`, for the offices that work on the case. `up_to` in the unit of what is excused.

    Raises NotAllowed, Refused (ended, no exception in this rule, asked already), Invalid.
    """
    rulebook.lock(case.subject)
    now = standing(case.subject)
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    if now.passage.ended_at is not None:
        raise Refused(Text("这件事已经办结，不能再申请例外。", "This matter has ended; no exception can be asked for any more."))
    return rulebook.ask_exception(
        subject=case.subject, excuses=excuses, by=by, at=at, reason=reason, ground=ground, up_to=up_to, document=document
    )
