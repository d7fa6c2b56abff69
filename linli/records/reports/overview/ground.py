"""What a question about figures is about: a place with all inside it, a year, and whether the public asks."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, cached_property

from django.db.models import Q, QuerySet

from linli.records.cases.models import Case
from linli.records.cases.money import spends_money
from linli.records.cases.selectors import visible_to
from linli.records.made_rows import shown_rows
from linli.records.needs.gate import takes_needs
from linli.records.needs.models import Need
from linli.records.places.models import Place
from linli.records.places.selectors import beneath
from linli.records.rulebook.edition import Edition, edition
from linli.rules.plain.days import SHANGHAI
from linli.rules.plain.refusals import Refused
from linli.rules.policy.rules import Rules

# Places that have people and matters of their own; what lies deeper is counted with its community.
LEVELS = ("province", "city", "district", "subdistrict", "community")


@dataclass(frozen=True)
class Scope:
    """`public`: only what everybody may read is counted, so that every figure leads to a list of exactly that length."""

    place: Place
    year: int
    on: date
    public: bool = True

    @cached_property
    def places(self) -> list[Place]:
        """This place, the level beneath it and the level beneath that, by path; those that ended are left out."""
        here = Q(pk=self.place.pk) | Q(parent=self.place.pk) | Q(parent__parent=self.place.pk)
        found = Place.objects.filter(beneath(self.place), here, level__in=LEVELS)
        return shown_rows(found.filter(Q(until__isnull=True) | Q(until__gte=self.on)).order_by("path"))

    @property
    def parts(self) -> list[Place]:
        """The level beneath: districts of a city, subdistricts of a district, communities of a subdistrict."""
        return [one for one in self.places if one.parent_id == self.place.pk]

    def cases(self) -> QuerySet[Case]:
        """The matters of the year. At the desk drafts and what is not public count too."""
        found = visible_to(None, self.on) if self.public else Case.objects.all()
        return found.filter(beneath(self.place, "place"), year=self.year).order_by()

    def needs(self) -> QuerySet[Need]:
        """The needs collected in the year and not taken back."""
        return Need.objects.filter(beneath(self.place, "place"), year=self.year, withdrawn_at__isnull=True).order_by()

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The year in China as moments: from, and up to but not with."""
        first = datetime(self.year, 1, 1, tzinfo=SHANGHAI).astimezone(UTC)
        return first, datetime(self.year + 1, 1, 1, tzinfo=SHANGHAI).astimezone(UTC)

    @property
    def last_day(self) -> date:
        """The day the figures speak of: today, or the last day of a year that is over."""
        return min(self.on, date(self.year, 12, 31))

    @cached_property
    def edition(self) -> Edition:
        return edition()

    def rules_of(self, path: str) -> Rules | None:
        """The rules that hold at a path; None where none have been adopted."""
        line = tuple(code for code in path.split("/") if code)
        try:
            return self.edition.rules(self.edition.pack_at(line), line)
        except Refused:
            return None

    @cached_property
    def knows_needs(self) -> bool:
        """Whether the rules of the place take needs; where none hold, whether those of any place inside do."""
        return self._known_by(takes_needs)

    @cached_property
    def spends_money(self) -> bool:
        """Whether anything here is paid from a year's money of the place."""
        return self._known_by(spends_money)

    def _known_by(self, asks: Callable[[Rules, date], bool]) -> bool:
        """Where no rules hold at all nothing is known, so it may be."""
        return any(asks(rules, self.on) for rules in self._rules_here) if self._rules_here else True

    @cached_property
    def _rules_here(self) -> list[Rules]:
        """The rules of the place; where none hold, those of the places inside that have their own."""
        rules = self.rules_of(self.place.path)
        if rules is not None:
            return [rules]
        paths = Place.objects.filter(beneath(self.place), pk__in=list(self.edition.adoptions)).values_list("path", flat=True)
        return [found for path in paths if (found := self.rules_of(path)) is not None]


def scope_of(place: Place, year: int, on: date, *, public: bool = True) -> Scope:
    return Scope(place, year, on, public)


Key = tuple[str, ...]


@cache
def line_of(path: str) -> tuple[str, ...]:
    """The paths of a place and of everything it lies in."""
    codes = path.strip("/").split("/")
    return tuple("/" + "/".join(codes[:depth]) + "/" for depth in range(1, len(codes) + 1))


class Counts:
    """How many of each kind, by the path of a place, already summed for every place it lies in."""

    def __init__(self, rows: Iterable[tuple[str, Key, int]]) -> None:
        self._rows: dict[str, Counter[Key]] = {}
        for path, key, many in rows:
            for each in line_of(path):
                self._rows.setdefault(each, Counter())[key] += many

    def within(self, place: Place) -> Counter[Key]:
        """By kind, this place and everything in it."""
        return self._rows.get(place.path, Counter())


def by_column(counts: Counter[Key], column: int) -> Counter[str]:
    """Summed over everything but one column of the key."""
    found: Counter[str] = Counter()
    for key, many in counts.items():
        found[key[column]] += many
    return found
