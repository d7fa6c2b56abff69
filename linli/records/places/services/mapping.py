"""Loading boundaries and points of places that are there already."""

from datetime import datetime

from django.db import transaction

from linli.records.places.events import OutlinesLoaded
from linli.records.places.models import Outline, Place
from linli.records.places.outlines import features
from linli.records.trail.services import record
from linli.rules.plain.refusals import Invalid
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text


@transaction.atomic
def load_outlines(*, text: str, source: str, at: datetime, by: str = "system", demonstration: bool = False) -> int:
    """Keep the outline of every place of a GeoJSON text; a place that has one gets the new one. Returns how many.

    Raises Invalid for a text that is no FeatureCollection, a place nobody knows, or a missing source; nothing is written then.
    """
    if not source.strip():
        raise Invalid(Text("请写明边界的来源。", "Say where the boundaries come from."))
    found = features(text)
    places = Place.objects.in_bulk([one.code for one in found])
    unknown = sorted({one.code for one in found} - set(places))
    if unknown:
        said = "、".join(unknown[:20])
        raise Invalid(Text(f"没有这些编码的地方：{said}", f"no place has these codes: {said}"))
    rows = [
        Outline(
            place=places[one.code],
            lon=one.at[0],
            lat=one.at[1],
            rings=[[list(point) for point in ring] for ring in one.rings],
            source=source.strip(),
            loaded_at=at,
            demonstration=demonstration,
        )
        for one in {one.code: one for one in found}.values()
    ]
    changed = ["lon", "lat", "rings", "source", "loaded_at", "demonstration"]
    Outline.objects.bulk_create(rows, update_conflicts=True, unique_fields=["place"], update_fields=changed)
    for top in sorted({place.ancestor_codes[0] for place in places.values()}):
        many = sum(place.ancestor_codes[0] == top for place in places.values())
        record(OutlinesLoaded(source=source.strip(), places=many), stream=top, subject=Subject("place", top), by=by, at=at)
    return len(rows)
