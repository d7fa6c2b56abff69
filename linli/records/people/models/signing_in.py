"""What sign-in needs to remember. Codes are kept as keyed digests only."""

from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models.households import Household
from linli.records.people.models.persons import Person


class PhoneGate(models.Model):
    """One row per phone, locked while a code is asked for, so that the limits hold under a race."""

    phone_index = models.CharField(primary_key=True, max_length=64)


class PhoneCode(models.Model):
    """One code that was sent. A newer one replaces it; five wrong tries close it."""

    phone_index = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64, blank=True, default="")  # of the network address it was asked from
    request = models.CharField(max_length=32, unique=True)  # random; part of the digest, so a code serves its own request only
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="phone_code_ends_after_it_begins")]
        indexes = [
            models.Index(fields=["phone_index", "asked_at"], name="phone_code_pace"),
            models.Index(fields=["address_index", "asked_at"], name="phone_code_address_pace"),
        ]


class HouseholdCode(models.Model):
    """The paper key of a household. Shown once, when it is printed; serves until it is revoked."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="household_codes")
    first_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(revoked_at__isnull=True), name="household_code_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, first_used_at__isnull=True)
                | Q(person__isnull=False, first_used_at__isnull=False),
                name="household_code_used_by_somebody",
            ),
        ]


class SmsDay(models.Model):
    """How many messages left on a day: the breaker of the budget."""

    day = models.DateField(primary_key=True)
    sent = models.PositiveIntegerField(default=0)


class OutboxMessage(models.Model):
    """A message of the demonstration, shown on its outbox page instead of being sent."""

    phone_index = models.CharField(max_length=64)
    phone = EncryptedTextField()
    text = EncryptedTextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["at"], name="outbox_by_time")]


class Turns(models.Model):
    """How often somebody who is not signed in did something within a window of time. `who` is a keyed digest."""

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    length = models.DurationField()
    since = models.DateTimeField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "length", "since", "who"], name="turns_counted_once")]
