"""Committees, councils and panels: who sits where, from when until when."""

import uuid

from django.db import models
from django.db.models import F, Q

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

_IN_ORDER = Q(until__isnull=True) | Q(until__gte=F("since"))


class Body(models.Model):
    """A body of a place. `kind` is the id of a pack's body; `since` the day it was formed, `until` its last day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True, default="")
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="body_dates_in_order"),
            models.UniqueConstraint(
                fields=["place", "kind", "name"], condition=Q(until__isnull=True), name="body_once_at_a_place"
            ),
        ]
        indexes = [models.Index(fields=["place", "kind"], name="body_at_place")]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """How sealed events call this body."""
        return f"body:{self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("body", str(self.id))


class Term(models.Model):
    """A term of office of the whole body (届). Without `until` the pack's length of term counts from `since`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="term_dates_in_order"),
            models.UniqueConstraint(fields=["body", "since"], name="term_begins_once"),
        ]


class Charter(models.Model):
    """The charter (章程) a body works by, with the document that adopted it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="charters")
    title = models.CharField(max_length=120)
    document = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["since"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="charter_dates_in_order"),
            models.UniqueConstraint(fields=["body"], condition=Q(until__isnull=True), name="charter_one_in_force"),
        ]


class Seat(models.Model):
    """A person in a seat. `seat` is a seat of the pack's body, `chosen_by` the office or body that chose, or `drawn`."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    chosen_by = models.CharField(max_length=80, blank=True, default="")
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["seat", "since", "id"]
        constraints = [
            models.CheckConstraint(condition=_IN_ORDER, name="seat_dates_in_order"),
            models.UniqueConstraint(fields=["body", "person"], condition=Q(until__isnull=True), name="seat_one_per_person"),
        ]
