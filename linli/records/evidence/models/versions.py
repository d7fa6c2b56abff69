"""What pieces, fillings and answers share: they are about a subject, and a new one never overwrites an old one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject


class Version(models.Model):
    """`current` is the one a gate reads: the latest that was not voided. The database allows one at most."""

    names: ClassVar[str]  # the column that, with the subject, names the series: slot, form or checklist

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    filed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


def version_constraints(model: str, name: str) -> list[models.BaseConstraint]:
    """The lines the database holds for a kind of version whose series is named by the column `name`."""
    series = ["subject_kind", "subject_id", name]
    return [
        models.UniqueConstraint(fields=[*series, "version"], name=f"{model}_version_once"),
        models.UniqueConstraint(fields=series, condition=Q(current=True), name=f"{model}_current_once"),
        models.CheckConstraint(condition=Q(version__gte=1), name=f"{model}_version_from_one"),
        models.CheckConstraint(condition=Q(current=False) | Q(voided_at__isnull=True), name=f"{model}_voided_not_current"),
        models.CheckConstraint(condition=Q(voided_at__isnull=True) | ~Q(void_reason=""), name=f"{model}_void_has_reason"),
        models.CheckConstraint(
            condition=~Q(subject_kind="") & ~Q(subject_id="") & ~Q(**{name: ""}), name=f"{model}_names_filled"
        ),
    ]
