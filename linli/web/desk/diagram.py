"""A procedure as a picture: states as boxes, the shortest way to the end straight down, everything else around it.

Acts carry numbers; the list beside the picture says them in words, so the picture is never the only way to read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from unicodedata import east_asian_width

from linli.records.rulebook.selectors import states_ahead
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Act, Procedure, State

WIDE, HIGH, ROW, GAP, EDGE = 168, 46, 92, 132, 96
_LETTERS = 20  # half-width signs in a line of a box
# An act that may be taken from more states than this is told in words; its lines would hide the rest.
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its corner, its words in lines, how it ends."""

    id: str
    x: int
    y: int
    lines: tuple[Text, ...]
    kind: str

    @property
    def middle(self) -> int:
        return self.x + WIDE // 2

    @property
    def right(self) -> int:
        return self.x + WIDE

    @property
    def level(self) -> int:
        return self.y + HIGH // 2


@dataclass(frozen=True, slots=True)
class Line:
    """An act between two states: a path, its number, and where the number stands."""

    path: str
    label: str
    x: int
    y: int
    kind: str


@dataclass(frozen=True, slots=True)
class Band:
    """A stage behind the boxes of its states."""

    title: Text
    y: int
    height: int


@dataclass(frozen=True)
class Diagram:
    """Laid out once; `numbered` are the acts in the order of their numbers."""

    procedure: Procedure

    @cached_property
    def numbered(self) -> Mapping[str, int]:
        return {act.id: number for number, act in enumerate(self.acts, start=1)}

    @cached_property
    def acts(self) -> Sequence[Act]:
        """Down the shortest way, then beside it; at each state what leads on comes before what leads back or out."""
        rows = {state: row for row, state in enumerate(self.spine)}

        def order(act: Act) -> tuple[int, bool]:
            return min((rows.get(state, len(rows)) for state in act.from_states), default=len(rows)), act.kind != "advance"

        return sorted(self.procedure.acts.values(), key=order)

    @cached_property
    def spine(self) -> Sequence[str]:
        start = self.procedure.starts
        return [start, *(state.id for _, state in states_ahead(self.procedure, start))]

    @cached_property
    def boxes(self) -> Mapping[str, Box]:
        placed = {id: _box(self.procedure.states[id], EDGE, self._row(row)) for row, id in enumerate(self.spine)}
        taken: dict[int, int] = {}
        for id, state in self.procedure.states.items():
            if id in placed:
                continue
            row = self._beside(id)
            while taken.get(row, 0) >= 1:
                row += 1
            taken[row] = 1
            placed[id] = _box(state, EDGE + WIDE + GAP, self._row(row))
        return placed

    def _row(self, row: int) -> int:
        return 28 + row * ROW

    def _beside(self, id: str) -> int:
        """Next to the first state of the way down that leads to it."""
        rows = {state: row for row, state in enumerate(self.spine)}
        sources = [
            rows[state] for act in self.procedure.acts.values() if act.to == id for state in act.from_states if state in rows
        ]
        return min(sources, default=len(rows))

    @cached_property
    def bands(self) -> list[Band]:
        """Runs of the way down that lie in one stage."""
        found: list[Band] = []
        for row, id in enumerate(self.spine):
            stage = self.procedure.stages[self.procedure.states[id].stage]
            if found and found[-1].title == stage.title:
                found[-1] = Band(stage.title, found[-1].y, found[-1].height + ROW)
            else:
                found.append(Band(stage.title, self._row(row) - 20, ROW - 6))
        return found

    @cached_property
    def lines(self) -> list[Line]:
        pairs: dict[tuple[str, str], list[Act]] = {}
        for act in self.procedure.acts.values():
            drawn = [state for state in act.from_states if state in self.boxes and act.to in self.boxes]
            for state in drawn if len(act.from_states) <= _MOST_LINES else ():
                pairs.setdefault((state, act.to), []).append(act)
        return [self._line(start, end, acts) for (start, end), acts in pairs.items()]

    def _line(self, start: str, end: str, acts: Sequence[Act]) -> Line:
        label = "、".join(str(self.numbered[act.id]) for act in acts)
        kind = (
            "back"
            if all(act.kind in ("return", "resume") for act in acts)
            else "out"
            if acts[0].kind in ("refuse", "withdraw")
            else "on"
        )
        return Line(*_path(self.boxes[start], self.boxes[end], label, kind))

    @property
    def told(self) -> list[Act]:
        """Acts too widely open to be drawn."""
        return [act for act in self.procedure.acts.values() if len(act.from_states) > _MOST_LINES or act.to == "same"]

    @property
    def width(self) -> int:
        return max(box.right for box in self.boxes.values()) + EDGE

    @property
    def height(self) -> int:
        return max(box.y for box in self.boxes.values()) + HIGH + 28


def _box(state: State, x: int, y: int) -> Box:
    zh, en = wrapped(state.title.zh), wrapped(state.title.en)
    lines = tuple(Text(zh[n] if n < len(zh) else "", en[n] if n < len(en) else "") for n in range(2))
    return Box(state.id, x, y, lines, state.end or ("due" if state.due else "running"))


def _path(start: Box, end: Box, label: str, kind: str) -> tuple[str, str, int, int, str]:
    if start.x == end.x and end.y - start.y == ROW:
        x, top, bottom = start.middle, start.y + HIGH, end.y - 4
        return f"M{x} {top}V{bottom}", label, x + 14, (top + bottom) // 2 + 4, kind
    if start.x == end.x and end.y > start.y:
        bow = start.right + 26 + min(60, (end.y - start.y) // 12)
        return _bowed(start.right, start.level, end.right, end.level + 8, bow, label, kind)
    if start.x == end.x:
        bow = start.x - 26 - min(56, (start.y - end.y) // 12)
        return _bowed(start.x, start.level, end.x, end.level + 8, bow, label, kind)
    if end.x > start.x:
        return _across(start.right, start.level, end.x, end.level - 6, label, kind)
    return _across(start.x, start.level + 8, end.right, end.level + 10, label, kind)


def _bowed(x1: int, y1: int, x2: int, y2: int, bow: int, label: str, kind: str) -> tuple[str, str, int, int, str]:
    return f"M{x1} {y1}C{bow} {y1} {bow} {y2} {x2} {y2}", label, (x1 + 3 * bow) // 4, (y1 + y2) // 2 + 4, kind


def _across(x1: int, y1: int, x2: int, y2: int, label: str, kind: str) -> tuple[str, str, int, int, str]:
    middle = (x1 + x2) // 2
    return f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}", label, middle, (y1 + y2) // 2 - 6, kind


def wrapped(text: str) -> list[str]:
    """At most two lines that fit a box; what does not fit ends in a mark."""
    lines = [""]
    for part in text.split(" ") if text.isascii() else list(text):
        joint = " " if text.isascii() and lines[-1] else ""
        if _width(lines[-1] + joint + part) <= _LETTERS:
            lines[-1] += joint + part
        elif len(lines) < 2:
            lines.append(part)
        else:
            lines[-1] += "…"
            break
    return lines


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
