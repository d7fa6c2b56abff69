"""What residents asked for in a year: by channel, category and state, how much of it is answered, month by month."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, OuterRef, Subquery
from django.db.models.functions import Cast, ExtractMonth

from linli.records.needs.form import FORM
from linli.records.needs.models import Answer, Link
from linli.records.places.models import Place
from linli.records.reports.overview.ground import Counts, Key, Scope, by_column
from linli.records.rulebook.models import Passage
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Catalogue, Entry
from linli.rules.policy.rules import Rules

NEED = "need"
_UNSAID = Text("没有写", "Not said")


@dataclass(frozen=True)
class Asked:
    """`answered`: a verdict with its reason was given. `taken`: some matter takes the need up now."""

    total: int
    answered: int
    taken: int
    states: Counter[str]
    channels: Counter[str]
    categories: Counter[str]
    months: tuple[int, ...]

    @property
    def unanswered(self) -> int:
        return self.total - self.answered


class AskedFigures:
    """Two questions to the database, however many needs there are."""

    def __init__(self, scope: Scope) -> None:
        self.counts = Counts(_by_kind(scope))
        self.months = Counts(_by_month(scope))

    def of(self, place: Place) -> Asked:
        counts = self.counts.within(place)
        months = by_column(self.months.within(place), 0)
        return Asked(
            total=sum(counts.values()),
            answered=by_column(counts, 3)["1"],
            taken=by_column(counts, 4)["1"],
            states=by_column(counts, 0),
            channels=by_column(counts, 1),
            categories=by_column(counts, 2),
            months=tuple(months[str(month)] for month in range(1, 13)),
        )


def _by_kind(scope: Scope) -> list[tuple[str, Key, int]]:
    """(path, (state, channel, category, answered, taken up), how many)."""
    passages = Passage.objects.filter(subject_kind=NEED, subject_id=Cast(OuterRef("pk"), CharField()))
    rows = scope.needs().annotate(
        state=Subquery(passages.values("state")[:1]),
        answered=Exists(Answer.objects.filter(need=OuterRef("pk"))),
        taken=Exists(Link.objects.filter(need=OuterRef("pk"), ended_at__isnull=True)),
    )
    columns = ("place__path", "state", "channel", "category", "answered", "taken")
    return [
        (path, (state or "", channel, category, str(int(answered)), str(int(taken))), many)
        for path, state, channel, category, answered, taken, many in rows.values_list(*columns).annotate(many=Count("pk"))
    ]


def _by_month(scope: Scope) -> list[tuple[str, Key, int]]:
    rows = scope.needs().annotate(month=ExtractMonth("collected_on")).values_list("place__path", "month")
    return [(path, (str(month),), many) for path, month, many in rows.annotate(many=Count("pk"))]


def titles_of(rules: Rules | None, scope: Scope) -> Mapping[str, Mapping[str, Text]]:
    """Words for states, channels and categories as the rules of this place call them."""
    if rules is None:
        return {"states": {}, "channels": {}, "categories": {}}
    known, procedures = rules.catalogues(scope.on), rules.procedures(scope.on)
    states = {id: state.title for id, state in procedures[NEED].states.items()} if NEED in procedures else {}
    return {
        "states": states,
        "channels": {key: row.title for key, row in _entries(rules, scope, "channel", known)},
        "categories": {"": _UNSAID, **{key: row.title for key, row in _entries(rules, scope, "category", known)}},
    }


def _entries(rules: Rules, scope: Scope, field: str, known: Mapping[str, Catalogue]) -> list[tuple[str, Entry]]:
    """The entries of the catalogue from which the needs form lets people choose."""
    forms = rules.forms(scope.on)
    one = forms[FORM].fields.get(field) if FORM in forms else None
    catalogue = known.get(one.catalogue) if one else None
    return list(catalogue.entries.items()) if catalogue is not None else []
