"""评分: a scorecard opened for a matter, who is to fill it in, and what they gave.

Of a secret card nobody can tell who gave what: a sheet carries no rater and no moment, only a keyed mark that the rater's
own sign-in can find again until the scoring closes.
"""

import uuid

from django.db import models
from django.db.models import Q

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject


class Scoring(models.Model):
    """One scoring in one slot. `parties` are refs of those whose kin and partners stand aside; `on_roll`: residents may join."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    slot = models.CharField(max_length=70)
    card = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)  # of the evidence it files
    title = models.CharField(max_length=160)  # what is scored, in words
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    rules_on = models.DateField()
    secret = models.BooleanField()
    on_roll = models.BooleanField()
    public = models.BooleanField(default=True)
    full = models.JSONField(default=dict)  # full marks of each item as they were when it opened
    parties = models.JSONField(default=list)
    office = models.CharField(max_length=60, blank=True, default="")
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=60, blank=True, default="")  # where people decide it, with a reason
    reason = models.TextField(blank=True, default="")
    result = models.JSONField(default=dict)  # the arithmetic as it stood at the end
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "slot"], condition=Q(closed_at__isnull=True), name="scoring_open_once"
            ),
            models.CheckConstraint(condition=Q(closed_at__isnull=False) | Q(grade="", reason=""), name="scoring_graded_at_end"),
            models.CheckConstraint(condition=Q(grade="") | ~Q(reason=""), name="scoring_grade_has_reason"),
            models.CheckConstraint(condition=~Q(slot="") & ~Q(card="") & ~Q(subject_id=""), name="scoring_names_filled"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="scoring_of_subject"),
            models.Index(fields=["place", "-id"], condition=Q(closed_at__isnull=True), name="scoring_open_at"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)

    @property
    def open(self) -> bool:
        return self.closed_at is None


class Rater(models.Model):
    """Somebody who is to score. Whoever stands aside leaves the count and stays on the list with the reason."""

    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="raters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)  # level.office they were asked as
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    given = models.BooleanField(default=False)
    on_paper = models.BooleanField(default=False)  # a clerk handed the sheet in
    recused_at = models.DateTimeField(null=True, blank=True)
    recused_as = models.CharField(max_length=10, blank=True, default="", choices=[("known", "known"), ("declared", "declared")])
    recused_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scoring", "person"], name="rater_once"),
            models.CheckConstraint(
                condition=Q(recused_at__isnull=True, recused_as="", recused_reason="")
                | (Q(recused_at__isnull=False) & ~Q(recused_as="") & ~Q(recused_reason="")),
                name="rater_recused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["person"], condition=Q(given=False, recused_at__isnull=True), name="rater_owes")]

    def __str__(self) -> str:
        return f"{self.office} {self.person_id}"


class Sheet(models.Model):
    """What one rater gave, version by version. `current` is the one that counts; `rater` and `given_at` are None if secret."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    scoring = models.ForeignKey(Scoring, on_delete=models.PROTECT, related_name="sheets")
    mark = models.CharField(max_length=64)
    rater = models.ForeignKey(Rater, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets")
    version = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    answers = models.JSONField(default=dict)
    remark = models.TextField(blank=True, default="")
    amended_because = models.TextField(blank=True, default="")
    given_at = models.DateTimeField(null=True, blank=True)
    on_paper = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scoring", "mark", "version"], name="sheet_version_once"),
            models.UniqueConstraint(fields=["scoring", "mark"], condition=Q(current=True), name="sheet_current_once"),
            models.CheckConstraint(
                condition=Q(rater__isnull=True, given_at__isnull=True) | Q(rater__isnull=False, given_at__isnull=False),
                name="sheet_secret_or_signed",
            ),
        ]
        indexes = [models.Index(fields=["scoring"], condition=Q(current=True), name="sheet_counts")]

    def __str__(self) -> str:
        return str(self.pk)
