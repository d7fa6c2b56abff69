"""Minutes in versions, who signs them, and what was added after they were locked."""

from django.db import models
from django.db.models import Q

from linli.records.meetings.models.calling import Meeting
from linli.records.people.models import Person

ROLES = ("chair", "secretary", "teller", "attendee")


class Signatory(models.Model):
    """Somebody named to countersign the minutes. Must have been present."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="signatories")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="signatory_once"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="signatory_role_known"),
        ]


class Minutes(models.Model):
    """A version of the minutes. Signatures belong to one version; a changed text starts without any.

    `needed` is how many signatures it takes and `needed_by` where that number comes from, both fixed when it is locked.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    needed = models.JSONField(default=dict)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(locked_at__isnull=False), name="minutes_locked_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(digest=""), name="minutes_are_not_empty"),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class MinutesSignature(models.Model):
    """`digest` repeats the digest of the text that was signed; `dissent` is the signer's own remark."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    dissent = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["minutes", "person"], name="minutes_signed_once_each")]


class Annex(models.Model):
    """What is said about locked minutes later. The minutes themselves do not change."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="annexes")
    text = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="annex_is_not_empty")]
