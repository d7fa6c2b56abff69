"""Where a year's money went: set, promised, left; by place, by category, by what became of the project."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import BigIntegerField, OuterRef, Subquery, Sum
from django.db.models.functions import Cast

from linli.records.cases.models import Case
from linli.records.funds.models import Commitment, Envelope
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.reports.overview.ground import Counts, Key, Scope, by_column

# What became of the money's project: an end of its passage, or "" while it runs.
RUNNING, DONE = "", "done"


@dataclass(frozen=True)
class Purse:
    """In fen. `places` have money of their own in this sum; `own_fen` is the larger place's own line, not added to it."""

    amount_fen: int
    promised_fen: int
    places: int
    own_fen: int | None = None

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.promised_fen


@dataclass(frozen=True)
class Shares:
    """What is promised and not given back, in fen: by category code and by the end of the project."""

    total_fen: int
    categories: Mapping[str, int]
    ends: Mapping[str, int]


class MoneyFigures:
    """Two questions to the database."""

    def __init__(self, scope: Scope) -> None:
        rows = Envelope.objects.filter(beneath(scope.place, "place"), year=scope.year).order_by()
        self.envelopes = list(rows.values_list("place__path", "place__level", "amount_fen", "promised_fen"))
        self.promised = Counts(_promised(scope))

    def purse(self, place: Place) -> Purse | None:
        """None: nobody has set the year's money, which is not the same as nothing.

        Where the communities inside have money of their own, they are the sum: a district's line is handed on to them.
        """
        inside = [row for row in self.envelopes if row[0].startswith(place.path)]
        if not inside:
            return None
        own = next((row[2] for row in inside if row[0] == place.path), None)
        counted = [row for row in inside if row[1] == "community"] or inside
        same = len(counted) == 1 and counted[0][0] == place.path
        return Purse(sum(row[2] for row in counted), sum(row[3] for row in counted), len(counted), None if same else own)

    def shares(self, place: Place) -> Shares:
        counts = self.promised.within(place)
        return Shares(sum(counts.values()), by_column(counts, 0), by_column(counts, 1))


def _promised(scope: Scope) -> list[tuple[str, Key, int]]:
    """(path of the envelope's place, (category, end), fen)."""
    held = Commitment.objects.filter(
        beneath(scope.place, "envelope__place"), envelope__year=scope.year, subject_kind="case"
    ).exclude(state="released")
    case = Case.objects.filter(pk=OuterRef("number"))
    rows = held.order_by().annotate(
        number=Cast("subject_id", BigIntegerField()),
        category=Subquery(case.values("category")[:1]),
        end=Subquery(case.values("passage__end")[:1]),
    )
    sums = rows.values_list("envelope__place__path", "category", "end").annotate(fen=Sum("amount_fen"))
    return [(path, (category or "", end or ""), fen) for path, category, end, fen in sums]
