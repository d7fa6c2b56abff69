"""Holds: an office that may stop a matter has stopped it, until it is answered and released."""

from django.db import models
from django.db.models import Q

from linli.records.rulebook.models.passage import Passage

PAUSED = "paused"  # by another matter that was decided; not a hold of the pack


class Hold(models.Model):
    """`kind` is a hold of the pack; while `released_at` is empty no act goes forward."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(max_length=60)
    placed_by = models.CharField(max_length=60)
    placed_office = models.CharField(max_length=60)
    placed_at = models.DateTimeField()
    reason = models.TextField()
    answer = models.TextField(blank=True, default="")
    answered_by = models.CharField(max_length=60, blank=True, default="")
    answered_office = models.CharField(max_length=60, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=60, blank=True, default="")
    released_office = models.CharField(max_length=60, blank=True, default="")
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by="") | (Q(released_at__isnull=False) & ~Q(released_by="")),
                name="hold_released_by_somebody",
            ),
            models.UniqueConstraint(fields=["passage", "kind"], condition=Q(released_at__isnull=True), name="hold_open_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.placed_at:%Y-%m-%d}"
