"""征求意见: the call, the comments, how they were grouped and answered, the report.

A comment can only be answered. Its row is sealed; what was said and by whom stands apart, so that it can be erased by law.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q

from linli.records.evidence.models import File
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.texts.models.documents import Document, Version
from linli.records.trail.codes import shown

CHANNELS = ("online", "email", "fax", "letter", "phone", "counter")
VERDICTS = ("adopted", "partly", "not_adopted")


class Call(models.Model):
    """One version open for comment. `ends_on` is the last day on which a comment is in time; None while nobody set it.

    `set_by` says whose word the last day is: a parameter of the rules, or the document named in `set_document`.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="calls")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="calls")
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=60, blank=True, default="")
    set_document = models.CharField(max_length=200, blank=True, default="")
    clause = models.CharField(max_length=60, blank=True, default="")
    contact = models.TextField(blank=True, default="")  # mail, fax, address: where comments are taken
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    receipt = models.CharField(max_length=80)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="call_number_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(closed_at__isnull=True), name="call_one_open"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False),
                name="call_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["ends_on"], condition=Q(closed_at__isnull=True), name="call_running")]

    def __str__(self) -> str:
        return f"call {self.document_id}/{self.number}"

    def late_on(self, day: date) -> bool:
        """Whether a comment of this day comes after the time. It is kept all the same."""
        if self.ends_on is not None:
            return day > self.ends_on
        return self.closed_at is not None

    def running_on(self, day: date) -> bool:
        return self.closed_at is None and not self.late_on(day)


class Group(models.Model):
    """Comments that say much the same; each keeps its own row and number."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="comment_group_once"),
            models.CheckConstraint(condition=~Q(title=""), name="comment_group_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """That somebody commented, when, by which way, on which paragraph (None: on the whole). Sealed but for its group."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="comments")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=10, unique=True)
    channel = models.CharField(max_length=8, choices=[(channel, channel) for channel in CHANNELS])
    anchor = models.PositiveIntegerField(null=True, blank=True)
    received_on = models.DateField()
    registered_at = models.DateTimeField()
    late = models.BooleanField(default=False)
    receipt = models.CharField(max_length=80)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="comment_number_once"),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="comment_channel_known"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(code=""), name="comment_filled"),
        ]

    def __str__(self) -> str:
        return self.shown_code

    @property
    def shown_code(self) -> str:
        return shown(self.code)


class Statement(models.Model):
    """What a comment says and how to reach the person. Erasable by law; the comment then says so."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="statement")
    words = models.TextField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    contact = EncryptedTextField()
    scans = models.ManyToManyField(File, blank=True, related_name="+")
    registered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64, blank=True, default="")  # keyed: the same words of the same person

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="comment_says_something")]

    def __str__(self) -> str:
        return f"statement {self.comment_id}"


class Grouping(models.Model):
    """In which group a comment stands."""

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="grouping")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="groupings")

    def __str__(self) -> str:
        return f"{self.comment_id} in {self.group_id}"


class Answer(models.Model):
    """The answer to one comment or to a whole group. Sealed: never changed."""

    comment = models.OneToOneField(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="answer")
    group = models.OneToOneField(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="answer")
    verdict = models.CharField(max_length=11, choices=[(verdict, verdict) for verdict in VERDICTS])
    reason = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, group__isnull=True) | Q(comment__isnull=True, group__isnull=False),
                name="answer_to_one_thing",
            ),
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="comment_verdict_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="comment_answer_has_reason"),
        ]

    def __str__(self) -> str:
        return self.verdict


class Report(models.Model):
    """征集情况反馈: what came in and what became of it, as it was published. Sealed; a newer one stands beside it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    words = models.TextField()
    counts = models.JSONField(default=dict)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    receipt = models.CharField(max_length=80)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="comment_report_once"),
            models.CheckConstraint(condition=~Q(words=""), name="comment_report_says_something"),
        ]

    def __str__(self) -> str:
        return f"report {self.document_id}/{self.number}"
