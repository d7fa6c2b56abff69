"""Every obligation of the regulations becomes a duty of the office it names, at the places it names."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from linli.records.duties.models import Duty
from linli.records.duties.services import plan_obligations
from linli.records.rulebook.selectors import library, rules_at
from linli.rules.policy.models import Obligation
from tests.real_packs import real_packs
from tests.world import COMMUNITY, DISTRICT, SUBDISTRICT, at, build, place

# The mark has the database made; the fixture lives in a transaction of its own.
pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 5)
CALENDAR = [each for each in real_packs().rules("nanshan").obligations(DAY).values() if each.after is None]
Laid = dict[str, set[str]]


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: Any) -> Iterator[Laid]:
    """Obligation -> the offices that owe it, after the year of a city, district, subdistrict and community was planned."""
    with django_db_blocker.unblock(), transaction.atomic():
        build()
        assert library().packs
        for code in ("4403", DISTRICT, SUBDISTRICT, COMMUNITY):
            plan_obligations(place=place(code), year=2026, rules=rules_at(place(DISTRICT)), at=at(2026, 1, 5))
        found: Laid = {}
        for duty in Duty.objects.all():
            found.setdefault(duty.source_key.split(":")[0], set()).add(duty.office)
        yield found
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "obligation",
    [pytest.param(each, id=each.id, marks=pytest.mark.requirement(*each.meets, how="due")) for each in CALENDAR if each.meets],
)
def test_an_obligation_is_owed_by_the_offices_it_names(obligation: Obligation, laid: Laid) -> None:
    assert laid.get(obligation.id) == set(obligation.by)
