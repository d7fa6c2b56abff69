"""异议: an objection can only be answered. Its row, and the row that closes it, are sealed by the database.

What was said and who said it stand in a row of their own, so that a person's data can be erased by law while the
objection, its number and its answer stay.
"""

from django.db import models
from django.db.models import F, Q

from linli.records.notices.models.notice import Notice
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.trail.codes import shown

CHANNELS = ("online", "phone", "counter", "box", "letter")
VERDICTS = ("upheld", "partly", "rejected", "withdrawn")


class Objection(models.Model):
    """That somebody objected, when, under which code. Sealed: never changed, never removed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=10, unique=True)  # digits, the last one checks the others
    channel = models.CharField(max_length=8, choices=[(channel, channel) for channel in CHANNELS])
    content_number = models.PositiveIntegerField()  # the version of the notice it speaks of
    received_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="objection_number_once"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="objection_channel_known"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(code=""), name="objection_filled"),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return shown(self.code)


class Statement(models.Model):
    """What the objection says and how to reach the person. Erasable by law; the objection then says so."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="statement")
    text = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    contact = EncryptedTextField()
    mark = models.CharField(max_length=64, blank=True, default="")  # keyed: the same words of the same person

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="statement_says_something")]

    def __str__(self) -> str:
        return f"statement {self.objection_id}"


class Closing(models.Model):
    """The answer, or that it was withdrawn. Sealed: one per objection, never changed."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="closing")
    verdict = models.CharField(max_length=9, choices=[(verdict, verdict) for verdict in VERDICTS])
    reason = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_author = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="closing_verdict_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="closing_has_reason"),
            models.CheckConstraint(condition=Q(by__isnull=False) | Q(verdict="withdrawn"), name="answer_has_author"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.objection_id}"


class Hiding(models.Model):
    """The words of an objection are kept from the public for privacy: asked by one person, approved by another."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="hiding")
    ground = models.TextField()  # the legal reason, shown on the stub
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="hiding_has_ground"),
            models.CheckConstraint(condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="hiding_by_two"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="hiding_approved_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"hidden {self.objection_id}"
