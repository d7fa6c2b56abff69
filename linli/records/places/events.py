"""What happens to places."""

from linli.records.trail import event
from linli.rules.plain.texts import Text


@event("places.loaded", title=Text("行政区划已载入", "Places loaded"))
class PlacesLoaded:
    source: str
    created: int
    renamed: int


@event("place.opened", title=Text("新设地方", "Place opened"))
class PlaceOpened:
    place: str
    name: str
    level: str
    parent: str
    since: str
    document: str


@event("place.renamed", title=Text("地方更名", "Place renamed"))
class PlaceRenamed:
    place: str
    before: str
    after: str
    since: str
    document: str


@event("place.split", title=Text("地方拆分", "Place split"))
class PlaceSplit:
    place: str
    into: list[str]
    since: str
    document: str


@event("place.ended", title=Text("地方撤销", "Place ended"))
class PlaceEnded:
    place: str
    until: str
    merged_into: list[str]
    document: str


@event("place.reached", title=Text("电话和柜台已登记", "Telephone and counter recorded"))
class PlaceReached:
    place: str
    phone: str
    counter: str


@event("place.change_undone", title=Text("地方变更已撤回", "Change of a place taken back"))
class PlaceChangeUndone:
    place: str
    change: str
    since: str
    reason: str


@event("places.outlines_loaded", title=Text("边界和坐标已载入", "Boundaries and points loaded"))
class OutlinesLoaded:
    source: str
    places: int
