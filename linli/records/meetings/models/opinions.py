"""The opinion ledger: what was said, who owes an answer, by when."""

from django.db import models
from django.db.models import Q

from linli.records.meetings.models.calling import AgendaItem, Meeting
from linli.records.people.models import Person
from linli.rules.plain.subjects import Subject


class Opinion(models.Model):
    """A row of the ledger. What is owed and what was answered lives in duties as a Reply on this subject."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="opinions")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    number = models.PositiveIntegerField()
    speaker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    speaker_name = models.CharField(max_length=60, blank=True, default="")
    topic = models.CharField(max_length=120)
    text = models.TextField()
    owner = models.CharField(max_length=60)  # the office that owes the answer
    due_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=60, blank=True, default="")
    reply = models.TextField(blank=True, default="")
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="opinion_numbered_once"),
            models.CheckConstraint(condition=Q(speaker__isnull=True) ^ Q(speaker_name=""), name="opinion_has_one_speaker"),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, reply="") | (Q(replied_at__isnull=False) & ~Q(reply="")),
                name="opinion_answered_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(replied_at__isnull=True), name="opinion_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.topic}"

    @property
    def subject(self) -> Subject:
        return Subject("opinion", str(self.pk))
