"""我承诺: an adopted text open for signing, and who signed. A withdrawn signature stays and no longer counts."""

from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Household, Person
from linli.records.texts.models.documents import Document, Version

UNITS = ("household", "person")


class Signing(models.Model):
    """The time in which a version is signed. `entitled` is how many may sign, counted from the roll on the first day."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signings")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=9, choices=[(unit, unit) for unit in UNITS])
    entitled = models.PositiveIntegerField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(closed_at__isnull=True), name="signing_one_open"),
            models.CheckConstraint(condition=Q(unit__in=UNITS), name="signing_unit_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")), name="signing_closed_after"
            ),
        ]

    def __str__(self) -> str:
        return f"signing {self.document_id}"


class Signature(models.Model):
    """One signature: of a person, or for a household. On paper it may only carry a name."""

    signing = models.ForeignKey(Signing, on_delete=models.PROTECT, related_name="signatures")
    number = models.PositiveIntegerField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    on_paper = models.BooleanField(default=False)
    signed_on = models.DateField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["signing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["signing", "number"], name="signature_number_once"),
            models.UniqueConstraint(
                fields=["signing", "person"],
                condition=Q(withdrawn_at__isnull=True, household__isnull=True, person__isnull=False),
                name="signature_once_per_signer",
            ),
            models.UniqueConstraint(
                fields=["signing", "household"],
                condition=Q(withdrawn_at__isnull=True, household__isnull=False),
                name="signature_once_per_household",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_why="") | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
                name="signature_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"signature {self.number}"
