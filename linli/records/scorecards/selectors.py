"""Questions about scorings."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import QuerySet

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.prepared import Prepared
from linli.records.rulebook.selectors import rules_at, standing
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.raters import hosts, office_among
from linli.records.scorecards.reckoning import Result, card_of, result_of, results_of, rules_of
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.subjects import Subject

__all__ = [
    "Result",
    "card_of",
    "is_host",
    "latest",
    "open_here",
    "owed_by",
    "result_of",
    "results_of",
    "rules_of",
    "scoring",
    "scorings_of",
    "shown_here",
]


def scoring(pk: int) -> Scoring:
    """Raises NotFound."""
    found = _SCORING.first(pk)
    if found is None:
        raise NotFound
    return found


_SCORING = Prepared(lambda pk: Scoring.objects.select_related("place", "closed_by", "opened_by").filter(pk=pk))


def scorings_of(subject: Subject) -> QuerySet[Scoring]:
    """Every scoring of a matter, newest first."""
    found = Scoring.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return found.select_related("place").order_by("-pk")


def latest(kind: str, ids: Iterable[str], card: str) -> Mapping[str, Scoring]:
    """By subject id: the newest scoring by a card. One query."""
    found = Scoring.objects.filter(subject_kind=kind, subject_id__in=list(ids), card=card).select_related("place")
    return {one.subject_id: one for one in found.order_by("pk")}


def owed_by(person: Person) -> QuerySet[Scoring]:
    """Open scorings this person was asked for and has neither given nor left."""
    asked = {"raters__person": person, "raters__given": False, "raters__recused_at__isnull": True}
    return Scoring.objects.filter(closed_at__isnull=True, **asked).select_related("place").order_by("pk")


def asked_of(person: Person) -> QuerySet[Scoring]:
    """Every scoring this person was asked for, newest first."""
    return Scoring.objects.filter(raters__person=person).select_related("place").order_by("-pk")


def open_here(place: Place) -> QuerySet[Scoring]:
    """What residents of a place may appraise now: of the place, of what lies in it and of what it lies in."""
    return open_at(place.ancestor_codes)


def open_at(places: Sequence[str]) -> QuerySet[Scoring]:
    """The same of places by their codes, the newest first."""
    found = Scoring.objects.filter(closed_at__isnull=True, on_roll=True, place__in=places)
    return found.select_related("place").order_by("-pk")


def shown_here(place: Place) -> QuerySet[Scoring]:
    """Closed scorings that are public, at a place and in it, newest first."""
    found = Scoring.objects.filter(beneath(place, "place"), closed_at__isnull=False, public=True)
    return found.select_related("place").order_by("-closed_at", "-pk")


def is_host(scoring: Scoring, person: Person | None, on: date) -> bool:
    """Whether this person's office organises the scoring."""
    if person is None:
        return False
    try:
        procedure = standing(scoring.subject).procedure
    except NotFound:
        procedure = None
    rules = rules_at(scoring.place, scoring.rules_on)
    return bool(office_among(person, hosts(rules, card_of(scoring), procedure, scoring.place.level, on), scoring.place, on))
