"""How far the matters of a year have come, and how long each stage took: counted from the steps that were taken."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Count, Min

from linli.records.places.models import Place
from linli.records.reports.overview.ground import Counts, Scope, line_of
from linli.records.reports.overview.ways import Course, WayKey, courses, rank_of_step
from linli.rules.plain.days import day_in_china
from linli.rules.plain.texts import Text


@dataclass(frozen=True)
class StageReached:
    """`reached`: matters that came into this stage or beyond it, of `of` opened."""

    id: str
    title: Text
    reached: int
    of: int


@dataclass(frozen=True)
class StateCount:
    """`standing`: matters that stand in this state now."""

    id: str
    title: Text
    stage: Text
    standing: int
    end: str = ""


@dataclass(frozen=True)
class Lasting:
    """Whole days from coming into a stage to coming into a later one. Quartiles exact, None without a matter that left it."""

    id: str
    title: Text
    days: tuple[int, ...]  # sorted, one per matter that has left the stage going forward

    @property
    def n(self) -> int:
        return len(self.days)

    def quartile(self, part: int) -> Fraction | None:
        """1, 2 (the median) or 3, by linear interpolation between the days that were."""
        if not self.days:
            return None
        at = Fraction(part * (len(self.days) - 1), 4)
        low = int(at)
        high = min(low + 1, len(self.days) - 1)
        return self.days[low] + (self.days[high] - self.days[low]) * (at - low)

    @property
    def median(self) -> Fraction | None:
        return self.quartile(2)


@dataclass(frozen=True)
class Way:
    """All matters of one procedure of one regulation."""

    course: Course
    opened: int
    running: int
    done: int
    stages: Sequence[StageReached]
    states: Sequence[StateCount]
    lasting: Sequence[Lasting]

    @property
    def title(self) -> Text:
        return self.course.procedure.title

    @property
    def otherwise(self) -> int:
        """Ended without being carried through: not approved, withdrawn or stopped."""
        return self.opened - self.running - self.done


class _Came(NamedTuple):
    """The day a matter came into a stage."""

    matter: int
    rank: int
    on: date


class MatterFigures:
    """Two questions to the database: where the matters stand, and when each came into each stage."""

    def __init__(self, scope: Scope) -> None:
        self.on = scope.on
        self.standing = Counts(_standing(scope))
        known = {(key[0], key[1]) for key in self.standing.within(scope.place)}
        self.came: dict[tuple[str, WayKey], list[_Came]] = {}
        for path, way, one in _came(scope, sorted(known)):
            for each in line_of(path):
                self.came.setdefault((each, way), []).append(one)

    def ways(self, place: Place) -> list[Way]:
        """One per procedure with matters here: projects first, then by how many, those about other matters last."""
        counts, known = self.standing.within(place), courses(self.on)
        keys = dict.fromkeys((key[0], key[1]) for key in counts)
        found = [_way(known[key], counts, self.came.get((place.path, key), [])) for key in keys if key in known]
        return sorted(found, key=lambda way: (not way.course.is_project, way.course.is_child, -way.opened, way.title.zh))


def _standing(scope: Scope) -> Iterator[tuple[str, tuple[str, ...], int]]:
    """(path, (pack, procedure, state, end), how many)."""
    columns = ("place__path", "passage__pack", "procedure", "passage__state", "passage__end")
    rows = scope.cases().filter(passage__isnull=False).values_list(*columns).annotate(many=Count("pk"))
    return ((path, (pack, procedure, state, end), many) for path, pack, procedure, state, end, many in rows)


def _came(scope: Scope, ways: Sequence[WayKey]) -> Iterator[tuple[str, WayKey, _Came]]:
    """Every matter's first day in every stage it came into; the first stage begins when the matter is opened."""
    if not ways:
        return
    opened = scope.cases().filter(passage__isnull=False)
    columns = ("place__path", "passage__pack", "procedure", "passage_id", "passage__opened_at")
    rows = opened.filter(passage__steps__moved=True).annotate(rank=rank_of_step(scope.on, ways)).filter(rank__isnull=False)
    first = rows.values_list(*columns, "rank").annotate(at=Min("passage__steps__at"))
    for path, pack, procedure, matter, began, rank, at in first:
        yield path, (pack, procedure), _Came(matter, 0, day_in_china(began))
        if rank:
            yield path, (pack, procedure), _Came(matter, rank, day_in_china(at))


def _way(course: Course, counts: Counter[tuple[str, ...]], came: Sequence[_Came]) -> Way:
    mine = {key[2:]: many for key, many in counts.items() if key[:2] == (course.pack, course.procedure.id)}
    opened = sum(mine.values())
    days = _first_days(came)
    return Way(
        course=course,
        opened=opened,
        running=sum(many for (_, end), many in mine.items() if not end),
        done=sum(many for (_, end), many in mine.items() if end == "done"),
        stages=_stages(course, mine, days, opened),
        states=[
            StateCount(id, state.title, course.procedure.stages[state.stage].title, mine.get((id, state.end), 0), state.end)
            for id, state in course.procedure.states.items()
        ],
        lasting=_lasting(course, days),
    )


def _first_days(came: Sequence[_Came]) -> dict[int, dict[int, date]]:
    """Matter -> rank -> first day."""
    found: dict[int, dict[int, date]] = {}
    for one in came:
        days = found.setdefault(one.matter, {})
        days[one.rank] = min(one.on, days.get(one.rank, one.on))
    return found


def _stages(
    course: Course, mine: dict[tuple[str, ...], int], days: dict[int, dict[int, date]], opened: int
) -> list[StageReached]:
    farthest = Counter(max(ranks) for ranks in days.values())
    found = [StageReached("", Text("提出", "Opened"), opened, opened)]
    for rank, stage in enumerate(course.procedure.stages.values()):
        if rank:
            reached = sum(many for far, many in farthest.items() if far >= rank)
            found.append(StageReached(stage.id, stage.title, reached, opened))
    for state in course.procedure.states.values():
        if state.end == "done":
            found.append(StageReached(state.id, state.title, mine.get((state.id, "done"), 0), opened))
    return found


def _lasting(course: Course, days: dict[int, dict[int, date]]) -> list[Lasting]:
    """Per stage but the last: the days until a later stage was first come into."""
    found = []
    for rank, stage in enumerate(list(course.procedure.stages.values())[:-1]):
        spans = []
        for ranks in days.values():
            later = [day for other, day in ranks.items() if other > rank]
            if rank in ranks and later:
                spans.append(max(0, (min(later) - ranks[rank]).days))
        found.append(Lasting(stage.id, stage.title, tuple(sorted(spans))))
    return found
