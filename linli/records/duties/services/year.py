"""The year's duties wherever somebody is there to do them."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import Min, Q

from linli.records.duties.models import Duty
from linli.records.duties.services.calendar import OBLIGATION, plan_obligations
from linli.records.people.models import OfficeHeld
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, standing
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.days import day_in_china
from linli.rules.plain.subjects import place_year
from linli.rules.policy.rules import Rules

PLANNED = ("province", "city", "district", "subdistrict", "community")


def plan_year(*, place: Place, at: datetime, rules_of: Callable[[Place], Rules] = rules_at) -> int:
    """Plan this year at a place and in it, for offices at work about places at work; how many duties are new.

    A province goes by its rules long before all its communities work here: what nobody can see or do here would only be late.
    Nor does a place begin with what fell due before its year was planned for the first time.
    """
    on = day_in_china(at)
    held = OfficeHeld.objects.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)
    at_work = dict(held.values_list("place", "place__path"))
    about = {code for path in at_work.values() for code in path.split("/")}
    inside = Place.objects.filter(beneath(place), standing(date(on.year, 12, 31)), pk__in=about, level__in=PLANNED)
    return sum(
        len(
            plan_obligations(
                place=each, year=on.year, rules=rules_of(each), at=at, owing=at_work, due_from=_first_planned(each, on)
            )
        )
        for each in inside.order_by("path")
    )


def _first_planned(place: Place, on: date) -> date:
    """The day on which duties about this place were first opened, looking back to the year before; else today."""
    subjects = [place_year(place.pk, year) for year in (on.year - 1, on.year, on.year + 1)]
    known = Duty.objects.filter(
        subject_kind=subjects[0].kind, subject_id__in=[subject.id for subject in subjects], source=OBLIGATION
    )
    first = known.aggregate(first=Min("opened_at"))["first"]
    return day_in_china(first) if first else on
