"""Exceptions "in principle" (原则上): asked by one, granted or turned down by another, always with a reason."""

from django.db import models
from django.db.models import F, Q

from linli.records.rulebook.models.passage import Passage

STATES = ("asked", "granted", "refused")


class ExceptionAsked(models.Model):
    """`up_to` is in the unit of what is excused (money in fen); null where the rule has no quantity."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="exceptions")
    excuses = models.CharField(max_length=120)
    state = models.CharField(max_length=8, default="asked")
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    reason = models.TextField()
    ground = models.CharField(max_length=60, blank=True, default="")
    up_to = models.BigIntegerField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True, default="")
    decided_by = models.CharField(max_length=60, blank=True, default="")
    decided_office = models.CharField(max_length=60, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, decided_by="")
                | (Q(state__in=["granted", "refused"], decided_at__isnull=False) & ~Q(decided_by="")),
                name="exception_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(asked_by=F("decided_by")), name="exception_never_by_the_asker"),
            models.UniqueConstraint(fields=["passage", "excuses"], condition=Q(state="asked"), name="exception_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.excuses}: {self.state}"
