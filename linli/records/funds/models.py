"""The money of a place for a year, what of it is promised, and where a matter's money comes from."""

from django.db import models
from django.db.models import F, Q

from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

COMMITMENT_STATES = ("reserved", "committed", "released")


class Envelope(models.Model):
    """`promised_fen` is what commitments take; the database itself refuses to promise more than there is."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    amount_fen = models.BigIntegerField()
    promised_fen = models.BigIntegerField(default=0)
    source = models.CharField(max_length=120)
    document = models.CharField(max_length=200, blank=True, default="")
    dedicated = models.BooleanField(default=False)  # a line of its own in the budget
    approved = models.BooleanField(default=False)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "place"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="envelope_one_a_year"),
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="envelope_not_negative"),
            models.CheckConstraint(
                condition=Q(promised_fen__gte=0, promised_fen__lte=F("amount_fen")), name="envelope_never_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.year}"

    @property
    def left_fen(self) -> int:
        return self.amount_fen - self.promised_fen


class Commitment(models.Model):
    """Money of an envelope kept for one subject. A released one stays as history."""

    envelope = models.ForeignKey(Envelope, on_delete=models.PROTECT, related_name="commitments")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    amount_fen = models.BigIntegerField()
    state = models.CharField(max_length=9, default="committed")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=COMMITMENT_STATES), name="commitment_state_known"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="commitment_positive"),
            models.CheckConstraint(
                condition=Q(state="released", released_at__isnull=False) | (~Q(state="released") & Q(released_at__isnull=True)),
                name="commitment_released_when",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=~Q(state="released"), name="commitment_one_per_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.amount_fen}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class Contribution(models.Model):
    """Where a subject's money comes from, one row per source, for the money line."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    source = models.CharField(max_length=120)
    amount_fen = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0) & ~Q(source=""), name="contribution_from_somewhere"),
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "source"], name="contribution_once_per_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.amount_fen}"
