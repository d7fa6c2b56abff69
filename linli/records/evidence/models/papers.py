"""Filled forms and answered checklists."""

from django.db import models
from django.db.models import Q

from linli.records.evidence.models.versions import Version, version_constraints
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person


class Filling(Version):
    """A form as filled in. `data` holds the open fields, `sealed` the encrypted ones as canonical JSON."""

    names = "form"

    form = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    sealed = EncryptedTextField()
    complete = models.BooleanField(default=True)
    amended_by = models.CharField(max_length=110, blank=True, default="")  # the subject whose approval changed a locked form
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            *version_constraints("filling", "form"),
            models.CheckConstraint(condition=Q(locked_at__isnull=True) | Q(complete=True), name="filling_locked_is_complete"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.form} v{self.version}"


class Answers(Version):
    """A checklist as answered: item -> "yes" or "no", with reasons where the answer is not the one asked for."""

    names = "checklist"

    checklist = models.CharField(max_length=60)
    answers = models.JSONField(default=dict)
    reasons = models.JSONField(default=dict)

    class Meta:
        constraints = version_constraints("answers", "checklist")

    def __str__(self) -> str:
        return f"{self.subject} {self.checklist} v{self.version}"
