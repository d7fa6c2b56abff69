"""A case: a matter that a procedure of a pack moves. What all of them share stands in real columns."""

from django.db import models
from django.db.models import Q

from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.models import Passage
from linli.rules.plain.subjects import Subject


class Series(models.Model):
    """Numbers of one place, given out one by one without gaps. `prefix` is the place's initials."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    prefix = models.CharField(max_length=8)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "year"], name="series_one_a_year"),
            models.UniqueConstraint(fields=["prefix", "year"], name="series_prefix_tells_places_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.year}"


class Case(models.Model):
    """`amount_fen`, `type` and `category` are fed by the main form. Where it stands is its `passage`."""

    code = models.CharField(max_length=24, unique=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    procedure = models.CharField(max_length=60)
    passage = models.OneToOneField(Passage, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True, default="")
    amount_fen = models.BigIntegerField(null=True, blank=True)
    type = models.CharField(max_length=60, blank=True, default="")
    category = models.CharField(max_length=60, blank=True, default="")
    owner_office = models.CharField(max_length=60)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    public = models.BooleanField(default=True)
    opened_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__isnull=True) | Q(amount_fen__gte=0), name="case_amount_not_negative"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(code=""), name="case_has_a_name"),
            models.CheckConstraint(condition=Q(parent__isnull=True) | ~Q(parent=models.F("id")), name="case_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["place", "procedure", "-id"], name="case_at_place"),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["type", "-opened_at", "-id"], name="case_newest_of_type"),
            models.Index(fields=["category", "-opened_at", "-id"], name="case_newest_of_category"),
            models.Index(fields=["year", "-opened_at", "-id"], name="case_newest_of_year"),
            models.Index(fields=["procedure", "year", "type"], name="case_by_type"),
            models.Index(fields=["place"], condition=Q(public=False), name="case_not_public"),
            models.Index(fields=["parent", "procedure"], condition=Q(parent__isnull=False), name="case_children"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def subject(self) -> Subject:
        return Subject("case", str(self.pk))


class Party(models.Model):
    """Somebody with a part in the matter that others must know of: who drew it up, who supplies, who must stand aside."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    relation = models.CharField(max_length=40)  # a relation of the vocabulary
    ref = models.CharField(max_length=60)  # person:… or organisation:…
    note = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "relation", "ref"], name="party_once")]
        indexes = [models.Index(fields=["ref"], name="party_by_ref")]

    def __str__(self) -> str:
        return f"{self.relation} {self.ref}"


class Message(models.Model):
    """Word of an act or a stop (`act` "stopped", `step` the hold) to an office that must know of it, or to another matter's."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    office = models.CharField(max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=60)
    step = models.PositiveBigIntegerField()
    zh = models.TextField()
    en = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["case", "act", "step", "office", "place"], name="message_once")]
        indexes = [models.Index(fields=["place", "office"], condition=Q(read_at__isnull=True), name="message_unread")]

    def __str__(self) -> str:
        return self.zh
