"""A need, and a visit at which nothing was wished."""

from django.db import models
from django.db.models import Q

from linli.records.needs.models.clusters import Cluster
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Household, Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

CHANNELS = ("online", "offline")


class Need(models.Model):
    """One form, one thing asked for. Where it stands is kept by the rulebook under `subject`.

    `source` says who is counted: `person:<id>`, `phone:<keyed digest>`, or "" for a household's own form or a name
    nobody can tell apart. `fingerprint` is a keyed digest of who asked for what and where in that year.
    """

    code = models.CharField(max_length=11, unique=True)
    # No index of their own where another one begins with the column, or nobody looks by it: an import writes them all.
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    what = models.TextField()
    where = models.CharField(max_length=500)
    spot = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    mode = models.CharField(max_length=40)
    channel = models.CharField(max_length=10)
    asker = models.CharField(max_length=40)
    asker_name = EncryptedTextField()
    contact = EncryptedTextField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    source = models.CharField(max_length=80, blank=True, default="")
    wish = models.CharField(max_length=40, blank=True, default="")
    category = models.CharField(max_length=40, blank=True, default="")
    urgency = models.CharField(max_length=40, blank=True, default="")
    beneficiaries = models.PositiveIntegerField(null=True, blank=True)
    more = models.JSONField(default=dict, blank=True)  # further open fields of the pack's form
    sealed = EncryptedTextField()  # its sealed fields, as JSON
    paper_ref = models.CharField(max_length=60, blank=True, default="")
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    help_reason = models.CharField(max_length=200, blank=True, default="")
    collected_on = models.DateField()
    raised_at = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    # The spreadsheet it came in and the running number of its row there.
    batch = models.ForeignKey(
        "ImportBatch", null=True, blank=True, on_delete=models.PROTECT, related_name="needs", db_index=False
    )
    batch_row = models.PositiveIntegerField(null=True, blank=True)
    cluster = models.ForeignKey(Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="needs")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "year", "fingerprint"], condition=Q(withdrawn_at__isnull=True), name="need_once_a_year"
            ),
            models.UniqueConstraint(fields=["batch", "batch_row"], condition=Q(batch__isnull=False), name="need_once_per_row"),
            models.CheckConstraint(
                condition=Q(batch__isnull=True, batch_row__isnull=True) | Q(batch__isnull=False, batch_row__isnull=False),
                name="need_of_a_row",
            ),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="need_channel_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(where=""), name="need_says_what_and_where"),
            models.CheckConstraint(condition=~Q(code="") & ~Q(fingerprint=""), name="need_can_be_found"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) ^ ~Q(withdrawn_reason=""), name="need_withdrawn_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(entered_by__isnull=False) | Q(help_reason=""), name="need_help_has_a_helper"),
        ]
        indexes = [
            models.Index(fields=["place", "year"], name="need_of_year"),
            models.Index(fields=["place", "-id"], condition=Q(withdrawn_at__isnull=True), name="need_standing_at"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.what[:40]}"

    @property
    def subject(self) -> Subject:
        return Subject("need", str(self.pk))


class Visit(models.Model):
    """Somebody was asked and wished for nothing. It counts: being asked is what the regulation wants."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, default="offline")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    source = models.CharField(max_length=80, blank=True, default="")
    note = EncryptedTextField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="visit_channel_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) | Q(household__isnull=False), name="visit_asked_somebody"),
        ]
        indexes = [models.Index(fields=["place", "year"], name="visit_of_year")]
