"""Motions and how they were voted on. A result is the whole reckoning, never just a yes or no."""

from django.db import models
from django.db.models import F, Q

from linli.records.meetings.models.calling import AgendaItem
from linli.records.people.models import Person

METHODS = ("", "count", "roll_call")
CHOICES = ("for", "against", "abstain")


class Motion(models.Model):
    """`result` holds the reckoning (see `reckoning.Reckoning.plain`); empty while the vote is still to come.

    One motion of an item `decides`: its result is what the gate reads. Others (to change the text, to put off) do not.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    decides = models.BooleanField(default=True)
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, blank=True, default="")
    votes_for = models.PositiveIntegerField(default=0)
    votes_against = models.PositiveIntegerField(default=0)
    votes_abstain = models.PositiveIntegerField(default=0)
    voters = models.PositiveIntegerField(default=0)  # present, entitled and not recused
    result = models.JSONField(default=dict)
    voted_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="motion_numbered_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(decides=True, voided_at__isnull=True), name="motion_one_decides_an_item"
            ),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="motion_method_known"),
            models.CheckConstraint(condition=Q(voted_at__isnull=True) ^ ~Q(method=""), name="motion_voted_by_a_method"),
            models.CheckConstraint(
                condition=Q(voters__gte=F("votes_for") + F("votes_against") + F("votes_abstain")),
                name="motion_no_more_votes_than_voters",
            ),
            models.CheckConstraint(condition=Q(voided_at__isnull=True) ^ ~Q(void_reason=""), name="motion_voided_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Voice(models.Model):
    """One person's answer in a roll call."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "person"], name="voice_once"),
            models.CheckConstraint(condition=Q(choice__in=CHOICES), name="voice_known"),
        ]
