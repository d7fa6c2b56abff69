"""What is first to be done of each kind, and how much there is of it: read as far as it is shown, the rest is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When

from linli.records.duties.models import Duty, Reply
from linli.records.duties.selectors import Desk, Todo, at_desks, in_order, open_duties, open_replies, todo
from linli.records.prepared import Prepared, PreparedValues
from linli.rules.policy.models import OPEN

LATE, DATED, UNDATED = range(3)
KINDS = (LATE, DATED, UNDATED)


@dataclass(frozen=True, slots=True)
class Group:
    """The first of one kind, and how many there are."""

    todos: list[Todo]
    many: int


@dataclass(frozen=True, slots=True)
class Standing:
    """`left_open`: something in it rests on no clause."""

    late: Group
    dated: Group
    undated: Group
    left_open: bool

    @property
    def many(self) -> int:
        return self.late.many + self.dated.many + self.undated.many


def standing_first(offices_at_places: Iterable[Desk], on: date, most: int) -> Standing:
    """As `todo_of`, by kind and the first `most` of each. What two rules ask of one desk about one matter, in the same words by
    the same day, is said once. `most` 0: only counted."""
    asked: list[Any] = [on, *(value for desk in offices_at_places for value in desk)]
    if len(asked) == 1:
        return Standing(Group([], 0), Group([], 0), Group([], 0), False)
    counted = [_COUNTED[model](*asked) for model in _OWED]
    many = {kind: sum(n for rows in counted for found, n, _ in rows if found == kind) for kind in KINDS}
    groups = {kind: Group(_first(kind, counted, asked, most), many[kind]) for kind in KINDS}
    left_open = any(bare for rows in counted for _, _, bare in rows)
    return Standing(groups[LATE], groups[DATED], groups[UNDATED], left_open)


def _first(kind: int, counted: Sequence[Sequence[Any]], asked: Sequence[Any], most: int) -> list[Todo]:
    owed: list[Duty | Reply] = []
    for model, rows in zip(_OWED, counted, strict=True):
        if most and any(found == kind for found, _, _ in rows):
            owed += _prepared(model, kind, most)(*asked)
    return in_order(todo(each, asked[0]) for each in owed)[:most]


@lru_cache(maxsize=16)
def _prepared(model: Any, kind: int, most: int) -> Prepared[Any]:
    def ask(on: date, *desks: str) -> "QuerySet[Any]":
        found = _owed(model, on, desks).filter(_of_kind(kind, on))
        return found.select_related("place").order_by("due_on", "pk")[:most]

    return Prepared(ask)


def _owed(model: Any, on: date, desks: Sequence[str]) -> "QuerySet[Any]":
    theirs = at_desks(zip(desks[::2], desks[1::2], strict=True))
    if model is Reply:
        return open_replies().filter(theirs)
    before = open_duties(on).filter(
        pk__lt=OuterRef("pk"), **{each: OuterRef(each) for each in ("office", "place", "due_on", "title_zh")}
    )
    said_before = before.filter(subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"))
    return open_duties(on).filter(theirs).filter(~Exists(said_before))


def _of_kind(kind: int, on: date) -> Q:
    if kind == UNDATED:
        return Q(due_on__isnull=True)
    return Q(due_on__lt=on) if kind == LATE else Q(due_on__gte=on)


def _counting(model: Any) -> PreparedValues:
    def ask(on: date, *desks: str) -> Any:
        due = Case(When(due_on__isnull=True, then=Value(UNDATED)), When(due_on__lt=on, then=Value(LATE)), default=Value(DATED))
        found = _owed(model, on, desks).order_by().annotate(due=due).values_list("due")
        return found.annotate(many=Count("pk"), bare=Count("pk", filter=Q(clause=OPEN)))

    return PreparedValues(ask)


_OWED = (Duty, Reply)
_COUNTED: dict[Any, PreparedValues] = {model: _counting(model) for model in _OWED}
