"""What a map can be shaded by, and how the figure is written into it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from linli.records.reports.overview import Overview, PlaceFigures
from linli.rules.plain.texts import Text
from linli.web.shared.overview.words import in_words
from linli.web.shared.shapes import Words

Figure = Callable[[PlaceFigures], int | Fraction | None]


@dataclass(frozen=True)
class Measure:
    """What a map can be shaded by. `said` writes the figure into the tile."""

    id: str
    title: Text
    of: Figure
    said: Callable[[PlaceFigures], Words]


def share_answered(one: PlaceFigures) -> Fraction | None:
    return Fraction(one.asked.answered, one.asked.total) if one.asked.total else None


def percent_said(share: Fraction | None) -> str:
    return "—" if share is None else f"{float(share) * 100:.1f}".removesuffix(".0") + "%"


def _done(one: PlaceFigures) -> str:
    return f"{one.done} / {one.opened}" if one.opened else "—"


def _wan(one: PlaceFigures) -> Words:
    fen = one.shares.total_fen
    return in_words(fen) if fen else "—"


MEASURES = (
    Measure("needs", Text("需求", "Needs"), lambda one: one.asked.total, lambda one: f"{one.asked.total:,}"),
    Measure("answered", Text("已答复比例", "Share answered"), share_answered, lambda one: percent_said(share_answered(one))),
    Measure("projects", Text("项目", "Projects"), lambda one: one.opened, lambda one: f"{one.opened:,}"),
    Measure("done", Text("办成 / 提出", "Carried through / opened"), lambda one: one.done, _done),
    Measure("money", Text("已答应的钱", "Money promised"), lambda one: one.shares.total_fen, _wan),
)


def measures_of(overview: Overview) -> list[Measure]:
    """Only what the rules of the place know, or what was recorded all the same."""
    scope, whole = overview.scope, overview.whole
    unknown = set() if scope.knows_needs or whole.asked.total else {"needs", "answered"}
    unknown |= set() if scope.spends_money or whole.shares.total_fen else {"money"}
    return [one for one in MEASURES if one.id not in unknown]


def measure_of(overview: Overview, asked: str) -> Measure:
    """The one asked for, else the first that is known here."""
    known = measures_of(overview)
    return next((one for one in known if one.id == asked), known[0])


def short_name(one: PlaceFigures) -> str:
    """南头城, not 南头城社区: the group says what kind of place it is."""
    name = one.place.short_name
    for suffix in ("社区", "街道"):
        if name.endswith(suffix) and len(name) > 3:
            return name.removesuffix(suffix)
    return name
