"""Pictures of our own, drawn on the server: shapes that pages fill, tags that draw them. Every picture carries its table."""

from linli.web.shared.charts.shapes import (
    Bar,
    Bars,
    Months,
    Multiple,
    Multiples,
    Outlined,
    OutlineMap,
    Spread,
    Spreads,
    Tile,
    TileGroup,
    TileMap,
)

__all__ = [
    "Bar",
    "Bars",
    "Months",
    "Multiple",
    "Multiples",
    "OutlineMap",
    "Outlined",
    "Spread",
    "Spreads",
    "Tile",
    "TileGroup",
    "TileMap",
]
