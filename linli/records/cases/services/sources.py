"""Naming where the money of a case comes from."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_named
from linli.records.funds.services import name_sources
from linli.records.people.models import Person
from linli.records.rulebook import services as rulebook
from linli.records.rulebook.offices import require_office
from linli.records.rulebook.selectors import standing
from linli.rules.plain.days import day_in_china


@transaction.atomic
def name_case_sources(*, case: Case, sources: Mapping[str, int], by: Person, at: datetime) -> None:
    """Source -> fen, in place of what was named before. By the offices that work on it. Raises NotAllowed, Invalid."""
    rulebook.lock(case.subject)
    now = standing(case.subject)
    require_office(by, offices_named(now.procedure, case.place.level), case.place, day_in_china(at), now.rules)
    name_sources(subject=case.subject, place=case.place, sources=sources, by=by, at=at)
