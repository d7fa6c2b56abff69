"""A year's duties open by themselves where somebody is in office, and nowhere else."""

from datetime import date

import pytest

from linli.records.duties.models import Duty
from linli.records.duties.services import plan_year
from linli.records.people.models import OfficeHeld
from linli.records.places.selectors import place
from tests.records.rulebook.world import COMMUNITY, DISTRICT, OTHER, at, build, set_value

NOVEMBER = at(2021, 11, 22)
pytestmark = pytest.mark.django_db


def owing() -> set[str]:
    return set(Duty.objects.values_list("place", flat=True))


def test_duties_open_where_somebody_is_in_office_and_once() -> None:
    build()
    at_work = set(OfficeHeld.objects.values_list("place", flat=True))
    assert plan_year(place=place(DISTRICT), at=NOVEMBER) == Duty.objects.count() > 0
    assert COMMUNITY in owing() <= at_work
    assert plan_year(place=place(DISTRICT), at=NOVEMBER) == 0


def test_a_place_whose_officers_left_owes_nothing_more_and_others_are_not_asked() -> None:
    build()
    OfficeHeld.objects.filter(place=OTHER).delete()
    OfficeHeld.objects.filter(place=COMMUNITY).update(until=date(2021, 11, 21))
    plan_year(place=place(DISTRICT), at=NOVEMBER)
    assert not {COMMUNITY, OTHER} & owing()
    about = set(Duty.objects.values_list("subject_id", flat=True))
    assert not [subject for subject in about if subject.startswith((COMMUNITY, OTHER))]


def test_a_place_that_begins_in_november_does_not_begin_with_what_is_late() -> None:
    set_value(build().civil, "experience_day", "15", since=date(2021, 1, 1))
    plan_year(place=place(DISTRICT), at=NOVEMBER)
    days = Duty.objects.filter(source_key__startswith="experience_day:", place=COMMUNITY).values_list("due_on", flat=True)
    assert list(days) == [date(2021, 12, 15)]


def test_what_was_planned_in_january_stays_owed_all_year() -> None:
    set_value(build().civil, "experience_day", "15", since=date(2021, 1, 1))
    plan_year(place=place(DISTRICT), at=at(2021, 1, 5))
    owed = Duty.objects.filter(source_key__startswith="experience_day:", place=COMMUNITY, done_at__isnull=True)
    assert [day.month for day in owed.order_by("due_on").values_list("due_on", flat=True)] == list(range(1, 13))
    assert plan_year(place=place(DISTRICT), at=NOVEMBER) == 0
    assert owed.count() == 12
