"""Objections, and what residents said of finished projects."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import CharField, Count, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from linli.records.evidence.models import Piece
from linli.records.notices.models import Objection
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reports.overview.ground import Scope

SATISFACTION = "satisfaction"


@dataclass(frozen=True)
class Objections:
    """Of the objections received in the year."""

    received: int = 0
    answered: int = 0

    @property
    def open(self) -> int:
        return self.received - self.answered


@dataclass(frozen=True)
class Satisfaction:
    """What residents said of the year's projects. `share` is None where no appraisal says how many were content."""

    projects: int = 0
    respondents: int = 0
    content: Fraction | None = None


class AnswerFigures:
    """Two questions to the database."""

    def __init__(self, scope: Scope) -> None:
        self._objections = list(_objections(scope))
        self._said = list(_said(scope))

    def objections(self, place: Place) -> Objections:
        mine = [row[1:] for row in self._objections if row[0].startswith(place.path)]
        return Objections(*(sum(column) for column in zip(*mine, strict=True))) if mine else Objections()

    def satisfaction(self, place: Place) -> Satisfaction:
        """Shares are weighed by how many answered."""
        mine = [(many, share) for path, many, share in self._said if path.startswith(place.path)]
        rated = [(many, share) for many, share in mine if share is not None and many]
        people = sum(many for many, _ in rated)
        content = sum((share * many for many, share in rated), Fraction(0)) / people if people else None
        return Satisfaction(len(mine), sum(many for many, _ in mine), content)


def _objections(scope: Scope) -> Iterator[tuple[str, int, int]]:
    since, until = scope.moments
    rows = Objection.objects.filter(beneath(scope.place, "notice__place"), received_at__gte=since, received_at__lt=until)
    counted = (
        rows.order_by()
        .values_list("notice__place__path")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(closing__isnull=False)),
        )
    )
    return iter(counted)


def _said(scope: Scope) -> Iterator[tuple[str, int, Fraction | None]]:
    """The appraisal each project of the year has on file."""
    pieces = Piece.objects.filter(
        subject_kind="case", subject_id=Cast(OuterRef("pk"), CharField()), kind=SATISFACTION, current=True
    )
    rows = scope.cases().annotate(said=Subquery(pieces.values("facts")[:1])).filter(said__isnull=False)
    for path, facts in rows.values_list("place__path", "said"):
        if isinstance(facts, dict):
            share = facts.get("satisfied_share")
            yield path, int(facts.get("respondents") or 0), Fraction(str(share)) if share is not None else None
