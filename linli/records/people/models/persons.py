"""Persons, their accounts and the offices they hold."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from linli.records.people.fields import EncryptedTextField
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject


class Person(models.Model):
    """A resident or a member of staff. The id is random: it says nothing about the person it stands for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=[("resident", "居民"), ("staff", "工作人员")])
    home = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=64, blank=True, default="")
    # Set when somebody proved to hold this phone; only then does it open the door.
    phone_proved_at = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["resident", "staff"]), name="person_kind_known"),
            models.CheckConstraint(
                condition=Q(phone_proved_at__isnull=True) | ~Q(phone_index=""), name="person_proved_phone_is_there"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(phone="", phone_index="", home__isnull=True),
                name="person_erased_is_empty",
            ),
            models.UniqueConstraint(
                fields=["phone_index"], condition=Q(phone_proved_at__isnull=False), name="person_proved_phone_is_one_person"
            ),
        ]
        indexes = [
            models.Index(fields=["phone_index"], condition=~Q(phone_index=""), name="person_by_phone"),
            models.Index(fields=["erased_at"], condition=Q(erased_at__isnull=False), name="person_erased_when"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        """How sealed events call this person."""
        return f"person:{self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("person", str(self.id))


class Account(AbstractUser):
    """How a person signs in. A person without an account can still be on the roll."""

    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account")
    # The digest of the password somebody else told; while it is still the password, the desk asks for another.
    told_password = models.CharField(max_length=128, blank=True, default="")

    @property
    def must_change(self) -> bool:
        """Whether somebody else still knows the password."""
        return bool(self.told_password) and self.told_password == self.password


class OfficeHeld(models.Model):
    """Who holds which office where. `office` is a word of the vocabulary without its level; `until` is the last day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    office = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="office_dates_in_order"),
            models.UniqueConstraint(
                fields=["person", "office", "place"], condition=Q(until__isnull=True), name="office_held_once"
            ),
        ]
        indexes = [models.Index(fields=["place", "office"], name="office_at_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """As actors carry it: `community.party_committee`."""
        return f"{self.place.level}.{self.office}"
