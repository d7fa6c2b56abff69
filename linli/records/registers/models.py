"""Rows of the lists a place keeps. What a list is, who keeps it and what a row says stands in the packs."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

ACTS = ("entered", "amended", "struck")


class Kept(models.Model):
    """What a row says. `data` holds the open fields, `sealed` the encrypted ones as canonical JSON."""

    data = models.JSONField(default=dict)
    sealed = EncryptedTextField()
    complete = models.BooleanField(default=True)

    class Meta:
        abstract = True


class Row(Kept):
    """One line of a list as it stands now. In force from `since` to `until`, and not from `struck_on` on.

    `key` is the value of the column by which the list finds its rows, "" where it has none. `about` is the matter it came
    from. `owes` and what follows is filled in ledgers only: who owes the answer, until when, and what was answered.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    register = models.CharField(max_length=60)
    key = models.CharField(max_length=500, blank=True, default="")
    words = models.TextField(blank=True, default="")  # its public words, to be searched
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    struck_on = models.DateField(null=True, blank=True)
    strike_reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    changed_on = models.DateField()
    about_kind = models.CharField(max_length=40, blank=True, default="")
    about_id = models.CharField(max_length=64, blank=True, default="")
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    owes = models.CharField(max_length=60, blank=True, default="")  # level.office
    due_on = models.DateField(null=True, blank=True)
    verdict = models.CharField(max_length=60, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    passed_up_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "register", "key"],
                condition=Q(struck_on__isnull=True, until__isnull=True) & ~Q(key=""),
                name="row_key_in_force_once",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="row_days_in_order"),
            models.CheckConstraint(condition=Q(struck_on__isnull=True) | Q(struck_on__gte=F("since")), name="row_struck_later"),
            models.CheckConstraint(
                condition=Q(struck_on__isnull=True, strike_reason="") | Q(struck_on__isnull=False) & ~Q(strike_reason=""),
                name="row_struck_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, verdict="", answer="")
                | Q(answered_at__isnull=False) & ~Q(verdict="") & ~Q(answer="") & ~Q(owes=""),
                name="row_answered_with_reason",
            ),
            models.CheckConstraint(condition=~Q(register="") & Q(version__gte=1), name="row_names_filled"),
        ]
        indexes = [
            models.Index(fields=["place", "register", "-id"], name="row_of_register"),
            models.Index(fields=["about_kind", "about_id"], condition=~Q(about_kind=""), name="row_about"),
            models.Index(
                fields=["place", "due_on"],
                condition=~Q(owes="") & Q(answered_at__isnull=True, struck_on__isnull=True),
                name="row_owed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.key or self.pk}"

    @property
    def subject(self) -> Subject:
        return Subject("register_row", str(self.pk))

    @property
    def about(self) -> Subject | None:
        return Subject(self.about_kind, self.about_id) if self.about_kind else None

    @property
    def waits(self) -> bool:
        """An answer is owed and not given."""
        return bool(self.owes) and self.answered_at is None

    def late_on(self, day: date) -> bool:
        return self.waits and self.struck_on is None and self.due_on is not None and day > self.due_on


class Version(Kept):
    """What a row said from a day on, who wrote it and why. Never changed afterwards."""

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=10, choices=[(act, act) for act in ACTS])
    on = models.DateField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["row", "number"], name="row_version_once"),
            models.CheckConstraint(condition=Q(act__in=ACTS), name="row_version_act_known"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} v{self.number}"
