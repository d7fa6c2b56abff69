"""Where places lie: a boundary or a point per place, read from GeoJSON, simplified once when it is loaded.

Coordinates are whole millionths of a degree, (longitude, latitude).
"""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linli.rules.plain.refusals import Invalid
from linli.rules.plain.texts import Text

MICRO = 1_000_000
Point = tuple[int, int]
Ring = tuple[Point, ...]
# A point this close to the line between its neighbours adds nothing on a screen: some twenty metres.
TOLERANCE = 200
_SHOWN = 20


@dataclass(frozen=True)
class Feature:
    """`rings` is empty for a place of which only a point is known; `at` is where its name stands."""

    code: str
    at: Point
    rings: tuple[Ring, ...] = ()


def features(text: str) -> list[Feature]:
    """The features of a FeatureCollection; each names its place by `properties.code`. Raises Invalid naming every wrong one."""
    try:
        listed = json.loads(text)["features"]
        assert isinstance(listed, list)
    except (ValueError, KeyError, TypeError, AssertionError):
        raise Invalid(Text("这不是 GeoJSON 的 FeatureCollection。", "This is not a GeoJSON FeatureCollection.")) from None
    found, wrong = [], []
    for number, one in enumerate(listed, 1):
        try:
            found.append(_feature(one))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            wrong.append(f"{number}: {error}")
    if wrong:
        said = "; ".join(wrong[:_SHOWN])
        raise Invalid(Text(f"{len(wrong)} 个图形读不懂：{said}", f"{len(wrong)} features cannot be read: {said}"))
    return found


def _feature(one: Any) -> Feature:
    code, shape = str(one["properties"]["code"]), one["geometry"]
    kind, held = shape["type"], shape["coordinates"]
    if kind == "Point":
        return Feature(code, _point(held))
    polygons = {"Polygon": [held], "MultiPolygon": held}.get(kind)
    if not polygons:
        raise ValueError(f"{kind} is neither Point, Polygon nor MultiPolygon")
    rings = [_ring(ring) for polygon in polygons for ring in polygon]
    return Feature(code, middle(max(rings, key=lambda ring: abs(area(ring)))), tuple(rings))


def _point(pair: Any) -> Point:
    lon, lat = round(float(pair[0]) * MICRO), round(float(pair[1]) * MICRO)
    if abs(lon) > 180 * MICRO or abs(lat) > 90 * MICRO:
        raise ValueError(f"{pair} is nowhere on the earth")
    return lon, lat


def _ring(pairs: Sequence[Any]) -> Ring:
    points = [_point(pair) for pair in pairs]
    if len(points) < 4 or points[0] != points[-1]:
        raise ValueError("a ring must close and have three corners")
    kept = simplified(points)
    return tuple(kept if len(kept) >= 4 else points)


def simplified(points: Sequence[Point], tolerance: int = TOLERANCE) -> list[Point]:
    """Only the corners that matter (Douglas and Peucker). The halves of a closed ring are simplified each by itself."""
    half = len(points) // 2
    keep = {0, half, len(points) - 1}
    stack = [(0, half), (half, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, where = 0.0, 0
        for number in range(first + 1, last):
            away = _distance(points[number], points[first], points[last])
            if away > far:
                far, where = away, number
        if far > tolerance:
            keep.add(where)
            stack += [(first, where), (where, last)]
    return [points[number] for number in sorted(keep)]


def _distance(point: Point, first: Point, last: Point) -> float:
    """From a point to the stretch between two others."""
    along_x, along_y = last[0] - first[0], last[1] - first[1]
    long = along_x * along_x + along_y * along_y
    if not long:
        return float(((point[0] - first[0]) ** 2 + (point[1] - first[1]) ** 2) ** 0.5)
    part = max(0.0, min(1.0, ((point[0] - first[0]) * along_x + (point[1] - first[1]) * along_y) / long))
    x, y = first[0] + part * along_x, first[1] + part * along_y
    return float(((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5)


def area(ring: Ring) -> float:
    """Twice the signed area."""
    return float(sum(x * after_y - after_x * y for (x, y), (after_x, after_y) in _pairs(ring)))


def middle(ring: Ring) -> Point:
    """The centre of gravity of a ring; of a ring without an area, the mean of its corners."""
    near_x, near_y = ring[0]
    moved = tuple((x - near_x, y - near_y) for x, y in ring)  # near nought, so that nothing is lost
    whole = area(moved)
    if not whole:
        return sum(x for x, _ in ring) // len(ring), sum(y for _, y in ring) // len(ring)
    weights = [((x, y), (after_x, after_y), x * after_y - after_x * y) for (x, y), (after_x, after_y) in _pairs(moved)]
    along = sum((one[0] + two[0]) * weight for one, two, weight in weights) / (3 * whole)
    up = sum((one[1] + two[1]) * weight for one, two, weight in weights) / (3 * whole)
    return near_x + round(along), near_y + round(up)


def _pairs(ring: Ring) -> Iterator[tuple[Point, Point]]:
    return itertools.pairwise(ring)
