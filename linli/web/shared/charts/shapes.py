"""What the pictures show. Numbers come counted; a picture only places them."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.web.shared.shapes import Table, Words


@dataclass(frozen=True, slots=True)
class Bar:
    """`value` of `of` (None: no whole to speak of). `said` replaces the figure where it is money or has a unit."""

    title: Words
    value: int
    of: int | None = None
    url: str = ""
    said: Words = ""
    note: Words = ""


@dataclass(frozen=True)
class Bars:
    """Horizontal bars, one line of words above each. `whole`: what a full bar stands for; by default the largest value."""

    title: Words
    rows: Sequence[Bar]
    about: Words = ""
    whole: int | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """Days: least, quartiles, most, of `n` matters. All None while no matter has moved on."""

    title: Words
    n: int
    least: int | None = None
    first: Fraction | None = None
    median: Fraction | None = None
    third: Fraction | None = None
    most: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Spreads:
    """Lines on one scale from 0 to the longest."""

    title: Words
    rows: Sequence[Spread]
    about: Words = ""
    table: Table | None = None


@dataclass(frozen=True)
class Months:
    """Twelve columns. `until`: the last month that has begun; later ones are left blank, not shown as nothing."""

    title: Words
    counts: Sequence[int]
    about: Words = ""
    until: int = 12
    table: Table | None = None


@dataclass(frozen=True)
class Multiple:
    """One small picture among its like: a few figures, and bars on a scale that all of them share."""

    title: str
    url: str
    figures: Sequence[tuple[Words, Words]]
    bars: Sequence[Bar]


@dataclass(frozen=True)
class Multiples:
    title: Words
    rows: Sequence[Multiple]
    about: Words = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A place as one square. `shade` 0 (nothing) to 4 (most); the figure itself stands in the tile."""

    title: str
    said: Words
    shade: int
    url: str


@dataclass(frozen=True)
class TileGroup:
    title: str
    url: str
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class TileMap:
    title: Words
    groups: Sequence[TileGroup]
    about: Words = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Outlined:
    """A place in the picture's own units: `path` for an area, or a point at (x, y). The label stands at (x, y)."""

    title: str
    said: Words
    shade: int
    url: str
    x: int
    y: int
    path: str = ""


@dataclass(frozen=True)
class OutlineMap:
    title: Words
    width: int
    height: int
    shapes: Sequence[Outlined]
    about: Words = ""
    source: Words = ""
    missing: Sequence[str] = ()  # places without an outline
    table: Table | None = None
