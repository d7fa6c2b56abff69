"""A version of the evidence in a slot of a subject."""

from django.db import models

from linli.records.evidence.models.files import File
from linli.records.evidence.models.versions import Version, version_constraints
from linli.rules.plain.texts import Text


class Piece(Version):
    """`kind` is an evidence kind of the vocabulary; `facts` are its plain facts (money in fen, days ISO, shares "5/6")."""

    names = "slot"

    slot = models.CharField(max_length=60)
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    summary = models.TextField(blank=True, default="")
    summary_en = models.TextField(blank=True, default="")  # only where the system itself wrote the summary
    files = models.ManyToManyField(File, blank=True, related_name="pieces")

    class Meta:
        constraints = [
            *version_constraints("piece", "slot"),
            models.CheckConstraint(condition=~models.Q(kind=""), name="piece_kind_filled"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.slot} v{self.version}"

    @property
    def said(self) -> Text:
        """The summary in both languages; an office's own words stay as they are."""
        return Text(self.summary, self.summary_en or self.summary)
