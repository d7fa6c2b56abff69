"""The boundary or point map, where outlines of the places are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from linli.records.places.models import Outline
from linli.records.places.outlines import MICRO
from linli.records.reports.overview import Overview, PlaceFigures
from linli.rules.plain.texts import Text, listed
from linli.web.shared.charts import Outlined, OutlineMap
from linli.web.shared.overview.measures import measure_of, short_name
from linli.web.shared.overview.ways_on import WaysOn
from linli.web.shared.tags.charts import shades

_WIDE, _EDGE, _TALLEST = 720, 30, 900


@dataclass(frozen=True)
class _Frame:
    """From millionths of a degree to the picture: north is up, a kilometre is as long either way at the middle latitude."""

    west: int
    north: int
    narrow: float
    scale: float

    def point(self, lon: int, lat: int) -> tuple[int, int]:
        return round(_EDGE + (lon - self.west) * self.narrow * self.scale), round(_EDGE + (self.north - lat) * self.scale)


def outline_of(overview: Overview, ways: WaysOn, measure: str) -> OutlineMap | None:
    """None where no place on the map has an outline: the tile map then stands alone. One query."""
    known = {one.place_id: one for one in Outline.objects.filter(place__in=[tile.place.pk for tile in overview.tiles])}
    if not known:
        return None
    chosen = measure_of(overview, measure)
    drawn = [tile for tile in overview.tiles if tile.place.pk in known]
    frame, width, height = _framed(list(known.values()))
    year = overview.scope.year
    depth = shades([chosen.of(tile) for tile in drawn])
    shapes = [
        _shape(tile, known[tile.place.pk], frame, chosen.said(tile), shade, ways.overview(tile.place.pk, year))
        for tile, shade in zip(drawn, depth, strict=True)
    ]
    sources = listed(dict.fromkeys(one.source for one in known.values()))
    missing = [short_name(tile) for tile in overview.tiles if tile.place.pk not in known]
    about = Text("颜色越深数越大", "the darker the more")
    return OutlineMap(chosen.title, width, height, shapes, about, sources, missing)


def _framed(outlines: Sequence[Outline]) -> tuple[_Frame, int, int]:
    points = [point for one in outlines for point in one.points]
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    west, south, north = min(lons), min(lats), max(lats)
    narrow = cos(radians((south + north) / 2 / MICRO))
    across, up = max(1.0, (max(lons) - west) * narrow), max(1, north - south)
    scale = min((_WIDE - 2 * _EDGE) / across, (_TALLEST - 2 * _EDGE) / up)
    return _Frame(west, north, narrow, scale), round(across * scale) + 2 * _EDGE, round(up * scale) + 2 * _EDGE


def _shape(tile: PlaceFigures, outline: Outline, frame: _Frame, said: object, shade: int, url: str) -> Outlined:
    x, y = frame.point(outline.lon, outline.lat)
    path = "".join(
        "M" + "L".join("{} {}".format(*frame.point(lon, lat)) for lon, lat in ring[:-1]) + "Z" for ring in outline.rings
    )
    return Outlined(short_name(tile), said, shade, url, x, y, path)  # type: ignore[arg-type]
