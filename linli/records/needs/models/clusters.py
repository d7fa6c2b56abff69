"""Needs that are about the same thing stand together. They are never merged away: each keeps its own answer."""

from django.db import models
from django.db.models import F, Q

from linli.records.people.models import Person
from linli.records.places.models import Place


class Cluster(models.Model):
    """A name for needs about one thing in one place."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["place"], name="cluster_at_place")]

    def __str__(self) -> str:
        return self.title


class Judgement(models.Model):
    """Somebody looked at two needs that seem alike and said whether they are about the same thing."""

    first = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey("needs.Need", on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="judgement_once_per_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="judgement_pair_in_order"),
        ]
        indexes = [models.Index(fields=["second"], name="judgement_of_second")]
