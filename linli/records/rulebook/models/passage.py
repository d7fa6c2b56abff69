"""The way of a subject through the states of a procedure."""

from django.db import models
from django.db.models import Q

from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

ENDS = ("done", "refused", "withdrawn", "failed")


class Passage(models.Model):
    """Where a subject stands. `frozen` keeps, per stage, the day it began, the roles and the edition of the rules."""

    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=60)
    procedure = models.CharField(max_length=60)
    pack = models.CharField(max_length=60)
    rules_version = models.CharField(max_length=200)
    rules_digest = models.CharField(max_length=80)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=60)
    stage = models.CharField(max_length=60)
    # {stage: {"on": "2021-03-01", "roles": {role: [offices]}, "rules": "city@0.1.0+…", "digest": "…"}}
    frozen = models.JSONField(default=dict)
    # {state: [{"by": "6 months" or "2027-03-01", "because": "case:12", "on": "2026-11-02"}]}: deadlines moved since
    deadlines = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=60)
    entered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end = models.CharField(max_length=12, blank=True, default="")
    taken = models.PositiveIntegerField(default=0)  # how many steps; numbers the next one

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="passage_one_per_subject"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end="") | Q(ended_at__isnull=False, end__in=ENDS), name="passage_end_known"
            ),
            models.CheckConstraint(condition=~Q(state="") & ~Q(stage=""), name="passage_stands_somewhere"),
        ]
        indexes = [
            models.Index(fields=["procedure", "state"], name="passage_state"),
            models.Index(fields=["state", "-opened_at", "-id"], condition=Q(subject_kind="case"), name="passage_newest_in_state"),
            models.Index(fields=["stage", "-opened_at", "-id"], condition=Q(subject_kind="case"), name="passage_newest_in_stage"),
            models.Index(fields=["place", "procedure"], condition=Q(ended_at__isnull=True), name="passage_running_at"),
            models.Index(fields=["subject_kind", "taken"], condition=Q(subject_kind="case", taken=0), name="passage_of_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.procedure}: {self.state}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class DecisionRecord(models.Model):
    """A decision as it was made: canonical JSON of readings, findings and values read, and its SHA-256."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=60)
    verdict = models.CharField(max_length=12)  # open; or signed: one signature of a joint act, others to follow
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    rules_version = models.CharField(max_length=200)
    rules_digest = models.CharField(max_length=80)
    rules_on = models.DateField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(verdict__in=["open", "signed"]), name="decision_verdict_kept")]
        indexes = [models.Index(fields=["digest"], name="decision_digest")]

    def __str__(self) -> str:
        return f"{self.act} {self.digest[:12]}"


class Step(models.Model):
    """One act taken. `moved` is false while a joint act still waits for other signatures."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=60)
    from_state = models.CharField(max_length=60)
    to_state = models.CharField(max_length=60)
    moved = models.BooleanField(default=True)
    by = models.CharField(max_length=60)
    office = models.CharField(max_length=60, blank=True, default="")
    at = models.DateTimeField()
    note = models.TextField(blank=True, default="")
    decision = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["passage", "number"]
        constraints = [models.UniqueConstraint(fields=["passage", "number"], name="step_numbered_without_gaps")]
        indexes = [models.Index(fields=["by", "at"], name="step_by_person")]

    def __str__(self) -> str:
        return f"{self.number}. {self.act}"


class Signature(models.Model):
    """One office's signature under a joint act. `round` is the number of moves before it: a move makes old ones void."""

    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="signatures")
    act = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    office = models.CharField(max_length=60)
    person = models.CharField(max_length=60)
    step = models.OneToOneField(Step, on_delete=models.PROTECT, related_name="signature")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["passage", "act", "round", "office"], name="signature_once_per_office"),
            models.UniqueConstraint(fields=["passage", "act", "round", "person"], name="signature_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.office}"
