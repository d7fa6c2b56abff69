"""Files by digest. The bytes lie in the storage once, however often they are handed in."""

from django.db import models
from django.db.models import F, Q

from linli.records.people.models import Person
from linli.records.places.models import Place

FILE_KINDS = ("photo", "pdf", "office", "other")


class File(models.Model):
    """One handing-in of a file. `sha256` is of the bytes kept, `received_sha256` of the bytes that came."""

    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    kind = models.CharField(max_length=6, choices=[(kind, kind) for kind in FILE_KINDS])
    name = models.CharField(max_length=140)
    redacted_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="redacted_copies")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    stored_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FILE_KINDS), name="file_kind_known"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(
                condition=Q(redacted_from__isnull=True) | ~Q(redacted_from=F("id")), name="file_not_redacted_from_itself"
            ),
        ]
        indexes = [models.Index(fields=["sha256"], name="file_by_digest")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the storage."""
        return path_of(self.sha256)


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
