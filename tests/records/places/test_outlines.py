"""Boundaries and points of places for the map: read, simplified, kept; a wrong file changes nothing (演示)."""

import json

import pytest

from linli.records.places.models import Outline
from linli.records.places.outlines import area, features, middle, simplified
from linli.records.places.services import load_outlines
from linli.records.trail.models import Event
from linli.rules.plain.refusals import Invalid
from tests.records.people.world import COMMUNITY, OTHER, nanshan
from tests.world import at

pytestmark = pytest.mark.django_db
SQUARE = [[113.90, 22.50], [113.92, 22.50], [113.92, 22.52], [113.90, 22.52], [113.90, 22.50]]


def collection(*held: tuple[str, str, object]) -> str:
    """A made-up FeatureCollection of (code, type, coordinates)."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": where}}
                for code, kind, where in held
            ],
        }
    )


def test_a_boundary_and_a_point_are_kept_with_their_source() -> None:
    nanshan()
    text = collection((COMMUNITY, "Polygon", [SQUARE]), (OTHER, "Point", [113.93, 22.51]))
    assert load_outlines(text=text, source="演示·手绘", at=at(2021, 1, 2), demonstration=True) == 2
    square, point = Outline.objects.get(place=COMMUNITY), Outline.objects.get(place=OTHER)
    assert (square.lon, square.lat, len(square.rings[0])) == (113_910_000, 22_510_000, 5)
    assert (point.lon, point.lat, point.rings) == (113_930_000, 22_510_000, [])
    assert (square.source, square.demonstration) == ("演示·手绘", True)
    assert Event.objects.filter(kind="places.outlines_loaded").count() == 1


def test_loading_again_replaces() -> None:
    nanshan()
    for where in ([113.93, 22.51], [113.94, 22.52]):
        load_outlines(text=collection((OTHER, "Point", where)), source="演示", at=at(2021, 1, 2))
    assert (Outline.objects.get().lon, Outline.objects.get().lat) == (113_940_000, 22_520_000)


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "{}",
        collection(("999", "Point", [113.9, 22.5])),
        collection((COMMUNITY, "LineString", [[1, 2], [3, 4]])),
        collection((COMMUNITY, "Point", [213.9, 22.5])),
        collection((COMMUNITY, "Polygon", [SQUARE[:-1]])),
        collection((COMMUNITY, "Point", [113.9, 22.5]), (OTHER, "Point", ["east", "north"])),
    ],
)
def test_a_wrong_file_says_why_and_changes_nothing(text: str) -> None:
    nanshan()
    events = Event.objects.count()
    with pytest.raises(Invalid):
        load_outlines(text=text, source="演示", at=at(2021, 1, 2))
    assert (Outline.objects.count(), Event.objects.count()) == (0, events)


def test_the_source_must_be_said() -> None:
    nanshan()
    with pytest.raises(Invalid):
        load_outlines(text=collection((OTHER, "Point", [113.9, 22.5])), source=" ", at=at(2021, 1, 2))
    assert Outline.objects.count() == 0


def test_simplifying_keeps_corners_and_drops_what_lies_on_a_line() -> None:
    side = [(step * 1000, 0) for step in range(11)]
    ring = [*side, (10_000, 10_000), (0, 10_000), (0, 0)]
    assert simplified(ring) == [(0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000), (0, 0)] or len(simplified(ring)) <= 6
    square = ((0, 0), (10, 0), (10, 10), (0, 10), (0, 0))
    assert (area(square), middle(square)) == (200.0, (5, 5))
    (one,) = features(collection((COMMUNITY, "MultiPolygon", [[SQUARE]])))
    assert one.at == (113_910_000, 22_510_000)
