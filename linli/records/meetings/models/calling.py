"""A meeting as it was called, what it is about, who was there, and who had to leave the table for an item."""

from django.db import models
from django.db.models import F, Q

from linli.records.bodies.models import Body
from linli.records.evidence.models import Piece
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

STATES = ("called", "open", "closed", "cancelled")
ITEM_KINDS = ("resolution", "consultation")
RECUSAL_SOURCES = ("declared", "known")


class Meeting(models.Model):
    """`session` is a session of the pack. `notice` is what was read about the notice to be given, and by when."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    session = models.CharField(max_length=60)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=120)
    venue = models.CharField(max_length=200)
    letter = models.TextField()  # the notice sent to those called
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    convened_for = models.DateTimeField()
    notice = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="called")
    held_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-convened_for", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(convened_for__gte=F("called_at")), name="meeting_called_before_it_is_held"),
            models.CheckConstraint(
                condition=Q(state__in=["called", "cancelled"], held_on__isnull=True)
                | Q(state__in=["open", "closed"], held_on__isnull=False),
                name="meeting_held_on_a_day",
            ),
            models.CheckConstraint(condition=Q(closed_at__isnull=True) | Q(state="closed"), name="meeting_closed_at_its_end"),
            models.CheckConstraint(
                condition=Q(state="cancelled") ^ Q(cancelled_reason=""), name="meeting_cancelled_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["place", "-convened_for"], name="meeting_at_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject("meeting", str(self.pk))


class AgendaItem(models.Model):
    """A matter on the agenda. What the meeting decides about it is filed in `slot` of its subject.

    `parties` are refs (`person:…`, `organisation:…`) whose friends and kin may not decide. A talk without a matter of
    its own has no subject and files nothing.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, default="resolution")
    subject_kind = models.CharField(max_length=40, blank=True, default="")
    subject_id = models.CharField(max_length=64, blank=True, default="")
    slot = models.CharField(max_length=60, blank=True, default="")
    matter_place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    parties = models.JSONField(default=list)
    # What this item filed last. When the slot holds a newer piece of another meeting, this one stays silent.
    piece = models.ForeignKey(Piece, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="agenda_item_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=ITEM_KINDS), name="agenda_item_kind_known"),
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_id="", slot="") | (~Q(subject_kind="") & ~Q(subject_id="") & ~Q(slot="")),
                name="agenda_item_names_its_slot",
            ),
            models.UniqueConstraint(
                fields=["meeting", "subject_kind", "subject_id", "slot"],
                condition=~Q(subject_kind=""),
                name="agenda_item_once_per_slot",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="agenda_item_of_subject")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def subject(self) -> Subject | None:
        return Subject(self.subject_kind, self.subject_id) if self.subject_kind else None


class Attendance(models.Model):
    """One person at one meeting. Only `entitled` persons count towards the quorum and vote."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    seat = models.CharField(max_length=40, blank=True, default="")  # a seat of the pack's body: the category
    entitled = models.BooleanField(default=False)
    resident = models.BooleanField(default=False)
    represents = models.CharField(max_length=120, blank=True, default="")
    called_at = models.DateTimeField()
    present_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["seat", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.seat}"

    @property
    def present(self) -> bool:
        return self.present_at is not None


class Recusal(models.Model):
    """A person is out of an item: not counted, no vote. Never taken back; a wrong one is explained in the minutes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recusals")
    source = models.CharField(max_length=8)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="recusal_once"),
            models.CheckConstraint(condition=Q(source__in=RECUSAL_SOURCES), name="recusal_source_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_has_a_reason"),
        ]

    @property
    def ref(self) -> str:
        return f"recusal:{self.pk}"
