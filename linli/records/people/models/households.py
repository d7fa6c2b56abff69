"""Households, who lives in them, and which need help first. What is sensitive is encrypted."""

import uuid

from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models.persons import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

REQUEST_OUTCOMES = ("entered", "turned_away", "withdrawn")
_IN_ORDER = Q(until__isnull=True) | Q(until__gte=F("since"))


class Household(models.Model):
    """A household of a community. `label` is a working number that tells nothing about who lives there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="households")
    label = models.CharField(max_length=40)
    address = EncryptedTextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="household_dates_in_order"),
            models.UniqueConstraint(fields=["place", "label"], name="household_label_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ref(self) -> str:
        return f"household:{self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("household", str(self.id))


class Residency(models.Model):
    """A line of a community's roll: this person lives here from `since` to `until` (last day)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residencies")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, blank=True, on_delete=models.PROTECT, related_name="residencies")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="residency_dates_in_order"),
            models.UniqueConstraint(fields=["person", "place"], condition=Q(until__isnull=True), name="residency_once"),
        ]
        indexes = [models.Index(fields=["place", "since"], name="residency_roll")]


class RollRequest(models.Model):
    """A resident asks to be put on a community's roll, and says where they live. `outcome` is "" while it waits; then the
    words about where are forgotten, and `reason` says why somebody was turned away."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roll_requests")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    where = EncryptedTextField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True, default="", choices=[(word, word) for word in REQUEST_OUTCOMES])
    reason = models.CharField(max_length=300, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=["", *REQUEST_OUTCOMES]), name="roll_request_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at__isnull=True) | ~Q(outcome="") & Q(settled_at__isnull=False, where=""),
                name="roll_request_settled_forgets_where",
            ),
            models.UniqueConstraint(fields=["person"], condition=Q(outcome=""), name="roll_request_one_waits"),
        ]
        indexes = [models.Index(fields=["place", "asked_at"], condition=Q(outcome=""), name="roll_request_waiting")]


class PriorityHousehold(models.Model):
    """A household to be asked first. `group` is an entry of the pack's catalogue of priority groups."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="priorities")
    group = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    detail = EncryptedTextField()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="priority_dates_in_order"),
            models.UniqueConstraint(fields=["household", "group"], condition=Q(until__isnull=True), name="priority_group_once"),
        ]


class SensitiveReading(models.Model):
    """Somebody opened a household's sensitive fields: counted to notice reading in bulk. The sealed event is in the trail."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="sensitive_reading_pace")]
