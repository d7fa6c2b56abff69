"""What became of a need: the matters that take it up, its answers, and what its proposer was told."""

from django.db import models
from django.db.models import Q

from linli.records.needs.models.needs import Need
from linli.records.people.models import Person
from linli.rules.plain.texts import Text


class Link(models.Model):
    """A need taken up by a matter (a project). `ended_at` when the matter let it go again."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="links")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "subject_kind", "subject_id"], condition=Q(ended_at__isnull=True), name="link_once"
            ),
            models.CheckConstraint(condition=Q(ended_at__isnull=True) ^ ~Q(ended_reason=""), name="link_ended_with_a_reason"),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="link_of_subject")]


class Answer(models.Model):
    """A verdict with its reason. Later answers stand beside earlier ones."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="answers")
    verdict = models.CharField(max_length=40)  # an entry of the pack's need_outcomes
    reason = models.TextField()
    reason_en = models.TextField(blank=True, default="")  # only where the system itself wrote the reason
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason="") & ~Q(verdict=""), name="answer_has_a_reason")]

    @property
    def said(self) -> Text:
        """The reason in both languages; an office's own words stay as they are."""
        return Text(self.reason, self.reason_en or self.reason)


class Telling(models.Model):
    """A message to the proposer, shown on the need's page; also sent by phone where there is one."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="tellings")
    kind = models.CharField(max_length=20)  # raised, entered, answered, adopted, outcome, clustered, withdrawn
    zh = models.TextField()
    en = models.TextField()
    by_phone = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["need", "id"], name="telling_of_need")]
