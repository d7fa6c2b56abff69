"""Streams of sealed events, what keeps their personal parts erasable, and the checkpoints over all of them."""

import json
from typing import Any

from django.db import models

from linli.records.trail.registry import title_of
from linli.rules.plain.subjects import Subject
from linli.rules.plain.texts import Text
from linli.rules.proof.digests import NOTHING, Pair

CHECKPOINTS = "checkpoints"


def _digest(default: str = "") -> "models.CharField[str, str]":
    """32 bytes in hex."""
    return models.CharField(max_length=64, default=default) if default else models.CharField(max_length=64)


class Stream(models.Model):
    """The head of one place's chain. It is the row everybody who wants to add to the chain waits for.

    The checkpoints are a chain too; their head stands here under the code `checkpoints`.
    """

    code = models.CharField(primary_key=True, max_length=24)
    seq = models.PositiveBigIntegerField(default=0)
    sha256 = _digest(NOTHING.sha256)
    sm3 = _digest(NOTHING.sm3)

    def __str__(self) -> str:
        return f"{self.code}/{self.seq}"

    @property
    def digests(self) -> Pair:
        return Pair(self.sha256, self.sm3)


class Event(models.Model):
    """One sealed event. `body` is what is hashed; the columns beside it repeat parts of it for searching.

    UPDATE and DELETE are refused by the database (see `seals.py`).
    """

    stream = models.CharField(max_length=24)
    seq = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=80)
    by = models.CharField(max_length=60)
    office = models.CharField(max_length=80, blank=True, default="")
    at = models.DateTimeField()
    decision = models.CharField(max_length=64, blank=True, default="")
    body = models.BinaryField()
    prev_sha256 = _digest()
    sha256 = _digest()
    prev_sm3 = _digest()
    sm3 = _digest()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_once"),
            # Two events behind the same one would be two histories.
            models.UniqueConstraint(fields=["stream", "prev_sha256"], name="event_chain_unforked"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="event_seq_from_one"),
        ]
        indexes = [
            # With the decision, by which a step finds the receipt of the act that took it.
            models.Index(fields=["subject_kind", "subject_id", "decision"], name="event_of_decision")
        ]

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq} {self.kind}"

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)

    @property
    def title(self) -> Text:
        return title_of(self.kind)

    @property
    def data(self) -> dict[str, Any]:
        """The fields as sealed; a personal field reads {"commitment": hex}."""
        fields: dict[str, Any] = json.loads(bytes(self.body))["data"]
        return fields

    @property
    def digests(self) -> Pair:
        return Pair(self.sha256, self.sm3)


class Opening(models.Model):
    """The salt that ties a personal value to its commitment. Deleting it makes the commitment mean nothing, for ever."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="openings")
    field = models.CharField(max_length=60)
    salt = models.BinaryField()
    digest = _digest()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "field"], name="opening_once")]

    def __str__(self) -> str:
        return f"{self.event_id}.{self.field}"


class Checkpoint(models.Model):
    """A Merkle root over all streams at one moment. Published, printed, kept elsewhere: the anchor of everything before it."""

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    size = models.PositiveBigIntegerField()
    root_sha256 = _digest()
    root_sm3 = _digest()
    body = models.BinaryField()
    prev_sha256 = _digest()
    sha256 = _digest()
    prev_sm3 = _digest()
    sm3 = _digest()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(number__gte=1, size__gte=1), name="checkpoint_from_one")]

    def __str__(self) -> str:
        return f"{self.number} · {self.size}"

    @property
    def short_code(self) -> str:
        """For a notice on paper: `102400-9f86d081884c7d65`, the number of events and the first digits of the root."""
        return f"{self.size}-{self.root_sha256[:16]}"

    @property
    def qr_text(self) -> str:
        """The whole root, in the letters a QR code packs tightest."""
        return f"LINLI-TRAIL:1:{self.size}:{self.root_sha256.upper()}"

    @property
    def heads(self) -> dict[str, list[Any]]:
        """{stream: [seq, sha256, sm3]} of every stream at this moment."""
        heads: dict[str, list[Any]] = json.loads(bytes(self.body))["heads"]
        return heads

    @property
    def digests(self) -> Pair:
        return Pair(self.sha256, self.sm3)


class Leaf(models.Model):
    """Where an event stands in the tree, given once, by the first checkpoint that covers it."""

    index = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")

    def __str__(self) -> str:
        return f"{self.index}"


class Tile(models.Model):
    """The hash over 256 neighbouring leaves, kept so that a root or a proof need not read every event again."""

    index = models.PositiveBigIntegerField(primary_key=True)
    sha256 = _digest()
    sm3 = _digest()

    def __str__(self) -> str:
        return f"{self.index}"
