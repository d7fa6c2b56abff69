"""Drawing the pictures: bars, spreads, months, small multiples, tile and outline maps. Words and figures stand beside colour."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from linli.web.shared.charts import Bar, Bars, Months, Multiple, Multiples, OutlineMap, Spread, Spreads, Tile, TileGroup, TileMap
from linli.web.shared.tags.library import register

WIDE = 1000  # units of a bar's view box
_TILE_W, _TILE_H, _GAP, _IN_A_ROW = 86, 54, 4, 4
_COLUMN, _TALL, _FOOT = 30, 72, 18


def _part(value: int, whole: int) -> int:
    """A bar that stands for something is never too thin to see."""
    return max(4, round(WIDE * value / whole)) if whole and value else 0


@register.filter
def days_said(days: Fraction | int | None) -> str:
    """16, 3.5: a half or a quarter of a day only where two middle values differ."""
    if days is None:
        return "—"
    return f"{float(days):.2f}".rstrip("0").rstrip(".")


def share_of(value: int, of: int | None) -> Fraction | None:
    return Fraction(value, of) if of else None


def _lines(rows: Sequence[Bar], whole: int) -> list[dict[str, Any]]:
    return [{"bar": row, "part": _percent(_part(row.value, whole)), "share": share_of(row.value, row.of)} for row in rows]


def _percent(part: int) -> str:
    return f"{min(WIDE, part) * 100 / WIDE:g}"


@register.inclusion_tag("shared/charts/bars.html")
def bars(chart: Bars) -> dict[str, Any]:
    """`{% bars chart %}`: one line per row, the bar beneath its words."""
    whole = chart.whole if chart.whole is not None else max((row.value for row in chart.rows), default=0)
    return {"chart": chart, "lines": _lines(chart.rows, whole)}


@register.inclusion_tag("shared/charts/spreads.html")
def spreads(chart: Spreads) -> dict[str, Any]:
    """`{% spreads chart %}`: from least to most as a line, the middle half as a box, the median as a mark."""
    longest = max((row.most for row in chart.rows if row.most is not None), default=0)
    return {"chart": chart, "lines": [_spread(row, longest) for row in chart.rows], "longest": longest}


def _spread(row: Spread, longest: int) -> dict[str, Any]:
    if row.median is None or row.first is None or row.third is None or row.least is None or row.most is None:
        return {"row": row, "known": False}
    scale = Fraction(WIDE - 12, longest) if longest else Fraction(0)
    least, first, median, third, most = (
        6 + round(day * scale) for day in (row.least, row.first, row.median, row.third, row.most)
    )
    return {
        "row": row,
        "known": True,
        "least": least,
        "first": first,
        "box": max(4, third - first),
        "median": median - 3,
        "most": most,
    }


@register.inclusion_tag("shared/charts/months.html")
def months(chart: Months) -> dict[str, Any]:
    """`{% months chart %}`: a column per month with its figure above it."""
    most = max(chart.counts, default=0)
    columns = []
    for number, count in enumerate(chart.counts, 1):
        tall = max(2, round(_TALL * count / most)) if most and count else 0
        left = (number - 1) * _COLUMN
        columns.append(
            {
                "number": number,
                "count": count,
                "x": left + 4,
                "middle": left + _COLUMN // 2,
                "y": _FOOT + _TALL - tall,
                "above": _FOOT + _TALL - tall - 4,
                "tall": tall,
                "begun": number <= chart.until,
            }
        )
    return {"chart": chart, "columns": columns, "wide": _COLUMN * 12, "tall": _FOOT + _TALL + 18, "foot": _FOOT + _TALL}


@register.inclusion_tag("shared/charts/multiples.html")
def multiples(chart: Multiples) -> dict[str, Any]:
    """`{% multiples chart %}`: every card on the same scale, so that they can be compared."""
    most = max((bar.value for one in chart.rows for bar in one.bars), default=0)
    return {"chart": chart, "cards": [_card(one, most) for one in chart.rows]}


def _card(one: Multiple, most: int) -> dict[str, Any]:
    return {"one": one, "lines": _lines(one.bars, most), "tall": 14 * len(one.bars)}


@register.inclusion_tag("shared/charts/tiles.html")
def tile_map(chart: TileMap) -> dict[str, Any]:
    """`{% tile_map chart %}`: one picture per group, its tiles in rows of four, in the order of their codes."""
    loud = [group for group in chart.groups if any(tile.shade for tile in group.tiles)]
    quiet = [group for group in chart.groups if group not in loud]
    return {"chart": chart, "groups": [_group(group) for group in loud], "quiet": [_group(group) for group in quiet]}


def _group(group: TileGroup) -> dict[str, Any]:
    rows = -(-len(group.tiles) // _IN_A_ROW)
    placed = [
        _placed(tile, number % _IN_A_ROW * (_TILE_W + _GAP), number // _IN_A_ROW * (_TILE_H + _GAP))
        for number, tile in enumerate(group.tiles)
    ]
    return {"group": group, "placed": placed, "wide": _IN_A_ROW * (_TILE_W + _GAP) - _GAP, "tall": rows * (_TILE_H + _GAP) - _GAP}


_LONGEST = 9


def _placed(tile: Tile, x: int, y: int) -> dict[str, Any]:
    long = len(tile.title)
    size = "" if long <= 5 else "12" if long <= 7 else "9"
    middle = x + _TILE_W // 2
    return {
        "tile": tile,
        "name": tile.title if long <= _LONGEST else f"{tile.title[: _LONGEST - 1]}…",
        "x": x,
        "y": y,
        "middle": middle,
        "name_y": y + 23,
        "said_y": y + 43,
        "depth": _DEPTH[tile.shade],
        "size": size,
    }


# Fill opacities on the token's green: the darkest still lets the ink on it be read.
_DEPTH = ("0", ".1", ".2", ".31", ".44")


@register.inclusion_tag("shared/charts/outlines.html")
def outline_map(chart: OutlineMap) -> dict[str, Any]:
    """`{% outline_map chart %}`: boundaries or points, each a way to its place."""
    return {"chart": chart, "placed": [{"one": one, "depth": _DEPTH[one.shade]} for one in chart.shapes]}


def shades(values: Sequence[int | Fraction | None]) -> list[int]:
    """0 for nothing, else 1 to 4 by the share of the largest."""
    most = max((value for value in values if value), default=0)
    return [
        min(4, 1 + int(4 * Fraction(value) / Fraction(most) * Fraction(999, 1000))) if value and most else 0 for value in values
    ]
