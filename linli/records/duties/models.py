"""What an office still has to do, and what it still has to answer."""

from datetime import date

from django.db import models
from django.db.models import Q

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text

# paused: nothing is owed while the matter is stopped; it is opened anew when the matter goes on.
OUTCOMES = ("done", "lapsed", "paused")
CADENCES = ("once", "month", "quarter", "half_year", "year", "local", "as_needed")


class Owed(models.Model):
    """Something owed by an office at a place about a subject, on the ground of a clause. `due_on` is the last good day."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    office = models.CharField(max_length=60)  # level.office
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=60)
    due_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class Duty(Owed):
    """`source` and `source_key` say what it comes from: a state, an obligation of the calendar, an act, an objection.

    `unset` names the parameter that would give the day (or the number of times) and that nobody has set yet.
    `through_kind` and `through_id` name what discharges it: a form, an evidence kind, a procedure, a register.
    """

    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    source = models.CharField(max_length=40)
    source_key = models.CharField(max_length=120)
    cadence = models.CharField(max_length=10, default="once", choices=[(cadence, cadence) for cadence in CADENCES])
    begins_on = models.DateField(null=True, blank=True)  # before this day it is not on anybody's list
    unset = models.CharField(max_length=60, blank=True, default="")
    through_kind = models.CharField(max_length=12, blank=True, default="")
    through_id = models.CharField(max_length=60, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=6, blank=True, default="", choices=[(each, each) for each in OUTCOMES])
    note = models.TextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "source", "source_key", "place", "office"],
                condition=Q(done_at__isnull=True),
                name="duty_open_once",
            ),
            models.CheckConstraint(condition=Q(cadence__in=CADENCES), name="duty_cadence_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *OUTCOMES]), name="duty_outcome_known"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, outcome="") | (Q(done_at__isnull=False) & ~Q(outcome="")),
                name="duty_done_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(begins_on__isnull=True) | Q(due_on__isnull=True) | Q(begins_on__lte=models.F("due_on")),
                name="duty_days_in_order",
            ),
            # What is done as needed has no day, so it can never be late.
            models.CheckConstraint(condition=~Q(cadence="as_needed") | Q(due_on__isnull=True), name="duty_as_needed_undated"),
            models.CheckConstraint(
                condition=~Q(office="") & ~Q(source="") & ~Q(source_key="") & ~Q(clause=""), name="duty_names_filled"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "office", "due_on"], condition=Q(done_at__isnull=True), name="duty_to_do"),
            models.Index(fields=["due_on"], condition=Q(done_at__isnull=True), name="duty_by_day"),
            models.Index(fields=["subject_kind", "subject_id"], name="duty_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title_zh

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    def late_on(self, day: date) -> bool:
        """Late from the day after the due day, while it is not done."""
        return self.done_at is None and self.due_on is not None and day > self.due_on


REPLY_KINDS = ("need", "opinion", "comment", "objection", "query", "red_flag")


class Reply(Owed):
    """An answer owed to somebody. `subject` is what must be answered."""

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in REPLY_KINDS])
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=40, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    satisfied = models.BooleanField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind"], condition=Q(answered_at__isnull=True), name="reply_open_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=REPLY_KINDS), name="reply_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, verdict="", reason="")
                | (Q(answered_at__isnull=False) & ~Q(verdict="") & ~Q(reason="")),
                name="reply_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=models.F("asked_at")), name="reply_after_question"
            ),
            models.CheckConstraint(
                condition=Q(satisfied__isnull=True) | Q(answered_at__isnull=False), name="reply_rated_when_answered"
            ),
        ]
        indexes = [models.Index(fields=["place", "office", "due_on"], condition=Q(answered_at__isnull=True), name="reply_owed")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    def late_on(self, day: date) -> bool:
        """Late from the day after the due day, while it is not answered."""
        return self.answered_at is None and self.due_on is not None and day > self.due_on
