"""The boundary or point map, where outlines of the places are known."""

from linli.records.reports.overview import Overview
from linli.web.shared.charts import OutlineMap
from linli.web.shared.overview.ways_on import WaysOn


def outline_of(overview: Overview, ways: WaysOn, measure: str) -> OutlineMap | None:
    """None where no place on the map has an outline: the tile map then stands alone."""
    return None
