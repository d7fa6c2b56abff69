"""Answers owed and given, objections, and what residents said of finished projects."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import CharField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, TruncDate

from linli.records.duties.models import Reply
from linli.records.evidence.models import Piece
from linli.records.notices.models import Objection
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reports.overview.ground import Scope
from linli.rules.plain.days import SHANGHAI

SATISFACTION = "satisfaction"
_Row = tuple[str, str, int, int, int, int, int]


@dataclass(frozen=True)
class Replies:
    """Of the answers asked for in the year: given; with a day set, given in time; late and still open."""

    owed: int = 0
    given: int = 0
    dated: int = 0
    in_time: int = 0
    late: int = 0


@dataclass(frozen=True)
class Objections:
    """Of the objections received in the year."""

    received: int = 0
    answered: int = 0
    after_time: int = 0  # came after the time for objections was over

    @property
    def open(self) -> int:
        return self.received - self.answered


@dataclass(frozen=True)
class Satisfaction:
    """What residents said of the year's projects. `share` is None where no appraisal says how many were content."""

    projects: int = 0
    respondents: int = 0
    rated_projects: int = 0
    content: Fraction | None = None


class AnswerFigures:
    """Three questions to the database."""

    def __init__(self, scope: Scope) -> None:
        self._replies: list[_Row] = list(_replies(scope))
        self._objections = list(_objections(scope))
        self._said = list(_said(scope))

    def replies(self, place: Place, kind: str) -> Replies:
        mine = [row[2:] for row in self._replies if row[0].startswith(place.path) and row[1] == kind]
        return Replies(*(sum(column) for column in zip(*mine, strict=True))) if mine else Replies()

    def objections(self, place: Place) -> Objections:
        mine = [row[1:] for row in self._objections if row[0].startswith(place.path)]
        return Objections(*(sum(column) for column in zip(*mine, strict=True))) if mine else Objections()

    def satisfaction(self, place: Place) -> Satisfaction:
        """Shares are weighed by how many answered."""
        mine = [(many, share) for path, many, share in self._said if path.startswith(place.path)]
        rated = [(many, share) for many, share in mine if share is not None and many]
        people = sum(many for many, _ in rated)
        content = sum((share * many for many, share in rated), Fraction(0)) / people if people else None
        return Satisfaction(len(mine), sum(many for many, _ in mine), len(rated), content)


def _replies(scope: Scope) -> Iterator[_Row]:
    since, until = scope.moments
    rows = Reply.objects.filter(beneath(scope.place, "place"), asked_at__gte=since, asked_at__lt=until).order_by()
    given, dated = Q(answered_at__isnull=False), Q(due_on__isnull=False)
    counted = (
        rows.annotate(answered_on=TruncDate("answered_at", tzinfo=SHANGHAI))
        .values_list("place__path", "kind")
        .annotate(
            owed=Count("pk"),
            given=Count("pk", filter=given),
            dated=Count("pk", filter=dated),
            in_time=Count("pk", filter=given & dated & Q(answered_on__lte=F("due_on"))),
            late=Count("pk", filter=~given & Q(due_on__lt=scope.on)),
        )
    )
    return iter(counted)


def _objections(scope: Scope) -> Iterator[tuple[str, int, int, int]]:
    since, until = scope.moments
    rows = Objection.objects.filter(beneath(scope.place, "notice__place"), received_at__gte=since, received_at__lt=until)
    counted = (
        rows.order_by()
        .values_list("notice__place__path")
        .annotate(
            received=Count("pk"),
            answered=Count("pk", filter=Q(closing__isnull=False)),
            after=Count("pk", filter=Q(late=True)),
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
