"""Who follows what, what each of them was told, how they wish to be told, and what left the house.

None of this is sealed: what somebody reads or follows is their own affair. What is told comes from the trail and stays there.
"""

from django.db import models
from django.db.models import Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.texts import Text

CHANNELS = ("email", "sms", "webhook")
TOPICS = ("case", "need", "meeting")


class StreamRead(models.Model):
    """How far a place's chain has been read. Numbers of one chain are given out in the order of commits; ids are not."""

    stream = models.CharField(primary_key=True, max_length=24)
    seq = models.PositiveBigIntegerField(default=0)


class Follow(models.Model):
    """Somebody asked to hear of a matter, or (`muted`) not to hear of one they have a part in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    topic_kind = models.CharField(max_length=10)
    topic_id = models.CharField(max_length=64)
    muted = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic_kind", "topic_id"], name="follow_once"),
            models.CheckConstraint(condition=Q(topic_kind__in=TOPICS), name="follow_topic_known"),
        ]
        indexes = [models.Index(fields=["topic_kind", "topic_id"], name="follow_of_topic")]


class Notification(models.Model):
    """One thing that happened, told to one person, under the project, need or meeting it belongs to."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications", db_index=False)
    event_id = models.PositiveBigIntegerField()  # of the trail; holds the number alone
    kind = models.CharField(max_length=80)
    topic_kind = models.CharField(max_length=10)
    topic_id = models.CharField(max_length=64)
    why = models.CharField(max_length=12)  # asked, objected, follows, office, called, spoke
    zh = models.CharField(max_length=400)
    en = models.CharField(max_length=600)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)  # taken into a digest or sent at once

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "event_id"], name="notification_once"),
            models.CheckConstraint(condition=Q(topic_kind__in=TOPICS), name="notification_topic_known"),
        ]
        indexes = [
            models.Index(fields=["person", "topic_kind", "topic_id", "id"], name="notification_by_topic"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notification_unread"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True, sent_at__isnull=True), name="notification_new"),
        ]

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Preference(models.Model):
    """How somebody wishes to be told outside these pages. Without a row: on the pages alone.

    `hour` of the daily digest in Shanghai; None: no digest. `at_once`: kinds of events sent as they come.
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="told_by")
    email = EncryptedTextField()
    email_proved_at = models.DateTimeField(null=True, blank=True)
    by_email = models.BooleanField(default=False)
    by_sms = models.BooleanField(default=False)
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    digested_on = models.DateField(null=True, blank=True)
    at_once = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__isnull=True) | Q(hour__lte=23), name="preference_hour_of_a_day"),
            models.CheckConstraint(condition=Q(email_proved_at__isnull=True) | ~Q(email=""), name="preference_proved_something"),
        ]
        indexes = [models.Index(fields=["hour"], condition=Q(hour__isnull=False), name="preference_by_hour")]


class Webhook(models.Model):
    """Another system of an office that is told what is public of its place's matters."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=300)
    key = EncryptedTextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "address"], condition=Q(ended_at__isnull=True), name="webhook_once")
        ]


class Delivery(models.Model):
    """One message on its way out. `key` names it, so that it is made once; `dead_at`: given up, waits for a person."""

    channel = models.CharField(max_length=10)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    webhook = models.ForeignKey(Webhook, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    key = models.CharField(max_length=120, unique=True)
    to = EncryptedTextField()
    title = models.CharField(max_length=200)
    body = EncryptedTextField()
    link = models.CharField(max_length=300, blank=True, default="")  # to stop them
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="delivery_channel_known"),
            models.CheckConstraint(condition=Q(person__isnull=False) ^ Q(webhook__isnull=False), name="delivery_to_somebody"),
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=False, sent_at__isnull=True, dead_at__isnull=True)
                | Q(next_try_at__isnull=True, sent_at__isnull=False, dead_at__isnull=True)
                | Q(next_try_at__isnull=True, sent_at__isnull=True, dead_at__isnull=False),
                name="delivery_waits_or_left_or_died",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(next_try_at__isnull=False), name="delivery_waiting"),
            models.Index(fields=["dead_at"], condition=Q(dead_at__isnull=False), name="delivery_dead"),
        ]
