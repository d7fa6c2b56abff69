"""The administrative tree: province > city > district > subdistrict > community > grid > estate > building."""

from django.db import models
from django.db.models import F, Q

from linli.rules.plain.subjects import Subject

LEVELS = ("province", "city", "district", "subdistrict", "community", "grid", "estate", "building")
SETTLEMENTS = ("", "urban", "rural")
CHANGES = ("opened", "renamed", "split", "merged", "ended")
_COMMITTEE_SUFFIXES = ("居民委员会", "村民委员会", "居委会", "村委会")


class Place(models.Model):
    """A place with its official code. Codes never change hands: a place that ends gets `until`, its last day."""

    code = models.CharField(primary_key=True, max_length=24)
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=[(level, level) for level in LEVELS])
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    # "/44/4403/440305/": ancestors are read off it and descendants are a prefix search.
    path = models.CharField(max_length=200, unique=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    settlement = models.CharField(max_length=8, blank=True, default="")  # urban, rural or not known
    # For whoever cannot or will not do it online: on every page of the place, so it is read with the place itself.
    phone = models.CharField(max_length=40, blank=True, default="")
    counter = models.CharField(max_length=120, blank=True, default="")  # where it is and when it is open
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="place_level_known"),
            models.CheckConstraint(condition=Q(settlement__in=SETTLEMENTS), name="place_settlement_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")), name="place_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["level", "code"], name="place_level")]

    def __str__(self) -> str:
        return self.short_name

    @property
    def ref(self) -> str:
        """How sealed events call this place."""
        return f"place:{self.code}"

    @property
    def subject(self) -> Subject:
        return Subject("place", self.code)

    @property
    def short_name(self) -> str:
        """As people say it: 南头城社区, not 南头城社区居委会."""
        for suffix in _COMMITTEE_SUFFIXES:
            if self.name.endswith(suffix):
                return self.name.removesuffix(suffix)
        return self.name

    @property
    def dialled(self) -> str:
        """The number as a telephone wants it, without an extension."""
        return "".join(sign for sign in self.phone.split("转")[0] if sign in "+0123456789")

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """From the province down to this place itself."""
        return tuple(code for code in self.path.split("/") if code)


class PlaceChange(models.Model):
    """One dated change of a place, with the document that ordered it. A split has one row per successor."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in CHANGES])
    since = models.DateField()
    document = models.CharField(max_length=200)
    name_before = models.CharField(max_length=120, blank=True, default="")
    name_after = models.CharField(max_length=120, blank=True, default="")
    successor = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors")
    recorded_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)  # it was taken back: as if it had never been

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CHANGES), name="place_change_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="renamed") | ~Q(name_before="") & ~Q(name_after=""), name="place_rename_tells_both_names"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["split", "merged"]) | Q(successor__isnull=False), name="place_split_names_its_successor"
            ),
        ]
        indexes = [models.Index(fields=["place", "since"], name="place_change_day")]


class Outline(models.Model):
    """Where a place lies, for the map: the point at which its name stands and, where it is known, its boundary.

    Coordinates are whole millionths of a degree. `rings`: [[[lon, lat], …], …], each closed; empty for a point alone.
    """

    place = models.OneToOneField(Place, primary_key=True, on_delete=models.PROTECT, related_name="outline")
    lon = models.IntegerField()
    lat = models.IntegerField()
    rings = models.JSONField(default=list)
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__gte=-180_000_000, lon__lte=180_000_000, lat__gte=-90_000_000, lat__lte=90_000_000),
                name="outline_on_the_earth",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="outline_says_its_source"),
        ]

    def __str__(self) -> str:
        return f"outline of {self.place_id}"

    @property
    def points(self) -> list[tuple[int, int]]:
        """Every corner and the point of the name."""
        return [(self.lon, self.lat), *((lon, lat) for ring in self.rings for lon, lat in ring)]
