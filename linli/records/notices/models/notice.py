"""公示: what is shown to everybody for whole days, where it was posted, and when it could not be seen."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from linli.records.evidence.models import File
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.days import Period
from linli.rules.plain.subjects import Subject

_KINDS = ("days", "working_days", "months", "years")


class Notice(models.Model):
    """One notice for a link (`point`) of a matter. Its clock is the server's; nobody types a day.

    `counted_from` is the day before the first counted day: the day the present content went up, moved on by outages.
    `days_count` is None while the law and the place have set no length. `ends_on` is the last day that must pass.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    point = models.CharField(max_length=60)
    slot = models.CharField(max_length=70)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=60, blank=True, default="")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    clause = models.CharField(max_length=60)
    contact = models.TextField(blank=True, default="")  # telephone, address, box: where objections are taken
    days_count = models.PositiveIntegerField(null=True, blank=True)
    days_kind = models.CharField(max_length=12, blank=True, default="", choices=[(kind, kind) for kind in _KINDS])
    published_at = models.DateTimeField()
    shown_since = models.DateTimeField()
    counted_from = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    restarts = models.PositiveIntegerField(default=0)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    taken_down_early = models.BooleanField(default=False)
    take_down_reason = models.TextField(blank=True, default="")
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "slot"], condition=Q(taken_down_at__isnull=True), name="notice_hangs_once"
            ),
            models.CheckConstraint(
                condition=Q(days_count__isnull=True, days_kind="", ends_on__isnull=True)
                | Q(days_count__isnull=False, days_count__gte=1, days_kind__in=_KINDS, ends_on__isnull=False),
                name="notice_length_whole",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("counted_from")), name="notice_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(shown_since__gte=F("published_at")), name="notice_clock_runs_forward"),
            models.CheckConstraint(
                condition=Q(taken_down_at__isnull=True, take_down_reason="", taken_down_early=False)
                | (Q(taken_down_at__isnull=False, taken_down_at__gte=F("shown_since")) & ~Q(take_down_reason="")),
                name="notice_taken_down_with_reason",
            ),
            models.CheckConstraint(condition=~Q(point="") & ~Q(slot="") & ~Q(subject_id=""), name="notice_names_filled"),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="notice_of_subject"),
            models.Index(fields=["place", "-published_at"], condition=Q(taken_down_at__isnull=True), name="notice_hanging"),
        ]

    def __str__(self) -> str:
        return f"{self.slot} {self.subject}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)

    @property
    def days(self) -> Period | None:
        """How long it must be shown; None while nobody has set it."""
        if self.days_count is None:
            return None
        return Period(self.days_count, self.days_kind)  # type: ignore[arg-type]

    @property
    def content(self) -> "NoticeContent":
        """What it says now."""
        return self.contents.order_by("-number")[0]

    def late_on(self, day: date) -> bool:
        """Whether the time for objections is over on a day. They are still taken, and marked late."""
        return self.taken_down_at is not None or (self.ends_on is not None and day > self.ends_on)


class NoticeContent(models.Model):
    """What a notice said, version by version. The table is sealed: no row is ever changed or removed."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="contents")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField()
    amount_fen = models.BigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True, default="")  # why it was changed
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shown_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="notice_content_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="notice_change_has_reason"),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(title="") & ~Q(body=""), name="notice_content_filled"),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0), name="notice_amount_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title


POSTING_KINDS = ("board", "building", "estate", "website", "group", "other")


class Posting(models.Model):
    """A place where the notice hangs or appears, with photos."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in POSTING_KINDS])
    where = models.CharField(max_length=120)
    photos = models.ManyToManyField(File, blank=True, related_name="+")
    content_number = models.PositiveIntegerField()
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "where", "content_number"], name="posting_once"),
            models.CheckConstraint(condition=Q(kind__in=POSTING_KINDS), name="posting_kind_known"),
            models.CheckConstraint(condition=~Q(where=""), name="posting_where_filled"),
        ]

    def __str__(self) -> str:
        return self.where


class Outage(models.Model):
    """A time in which the notice could not be seen. `lost` are the days (ISO) that therefore do not count."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="outages")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    lost = models.JSONField(default=list)
    reason = models.TextField()
    recorded_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="outage_in_order"),
            models.CheckConstraint(condition=Q(recorded_at__gte=F("ended_at")), name="outage_recorded_after"),
            models.CheckConstraint(condition=~Q(reason=""), name="outage_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.began_at} – {self.ended_at}"
