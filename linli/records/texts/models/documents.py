"""文本: a rule, a covenant or any other text that is talked over, by versions and paragraphs."""

from django.db import models
from django.db.models import F, Q

from linli.records.evidence.models import File
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.rules.plain.subjects import Subject

KINDS = ("rule", "covenant", "other")
BASIS_KINDS = ("based_on", "replaces")


class Document(models.Model):
    """The text of a matter. A subject has one; what it says stands in its versions.

    `pack_draft` is a rule pack handed in with it (the text as data), `pack` the id that pack goes by.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    office = models.CharField(max_length=60, blank=True, default="")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors")
    attachments = models.ManyToManyField(File, blank=True, related_name="+")
    pack = models.CharField(max_length=60, blank=True, default="")
    pack_draft = models.BinaryField(null=True, blank=True)
    pack_name = models.CharField(max_length=140, blank=True, default="")
    pack_digest = models.CharField(max_length=64, blank=True, default="")
    adopted_at = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="document_once_per_subject"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="document_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(subject_id=""), name="document_names_filled"),
            models.CheckConstraint(condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")), name="document_not_its_own_heir"),
            models.CheckConstraint(
                condition=Q(pack="", pack_draft__isnull=True, pack_digest="")
                | (~Q(pack="") & Q(pack_draft__isnull=False) & ~Q(pack_digest="")),
                name="document_pack_whole",
            ),
        ]
        indexes = [models.Index(fields=["place", "-begun_at"], name="document_of_place")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class Basis(models.Model):
    """What a text rests on or takes the place of: a document by title and number, a clause, or another text kept here."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="bases")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in BASIS_KINDS])
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True, default="")
    clause = models.CharField(max_length=60, blank=True, default="")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BASIS_KINDS), name="basis_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="basis_has_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """One version. Until `fixed_at` it is being written; afterwards its paragraphs are never touched."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.TextField(blank=True, default="")  # why it differs from the one before
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)
    adopted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")
    receipt = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="text_version_once"),
            models.UniqueConstraint(fields=["document"], condition=Q(fixed_at__isnull=True), name="text_one_draft"),
            models.CheckConstraint(condition=Q(number__gte=1), name="text_version_counts"),
            models.CheckConstraint(
                condition=Q(fixed_at__isnull=True, digest="", adopted_at__isnull=True)
                | (Q(fixed_at__isnull=False) & ~Q(digest="")),
                name="text_version_fixed_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.number}"


class Paragraph(models.Model):
    """One paragraph of a version. `anchor` stays the same from version to version, wherever it stands."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="paragraphs")
    anchor = models.PositiveIntegerField()
    position = models.PositiveIntegerField()
    words = models.TextField()
    reason = models.TextField(blank=True, default="")  # why it changed
    because = models.ManyToManyField("texts.Comment", blank=True, related_name="changes")

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "anchor"], name="paragraph_anchor_once"),
            models.CheckConstraint(condition=~Q(words=""), name="paragraph_says_something"),
        ]

    def __str__(self) -> str:
        return self.words[:40]


class Struck(models.Model):
    """Why a paragraph of the version before is not in this one."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="struck")
    anchor = models.PositiveIntegerField()
    reason = models.TextField(blank=True, default="")
    because = models.ManyToManyField("texts.Comment", blank=True, related_name="struck")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "anchor"], name="struck_once")]

    def __str__(self) -> str:
        return f"struck {self.anchor}"


class Effect(models.Model):
    """What the draft pack would have done to matters decided in a span of days; sealed with its digest."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="effects")
    pack_digest = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    tried = models.PositiveIntegerField()
    matters = models.PositiveIntegerField()
    otherwise = models.PositiveIntegerField()
    rows = models.JSONField(default=list)  # [{code, title, act, day, was, would, keys: [{key, clause, zh, en}]}]
    clauses = models.JSONField(default=list)  # [{clause, key, count}]
    digest = models.CharField(max_length=64)
    reckoned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reckoned_at = models.DateTimeField()
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="effect_days_in_order"),
            models.CheckConstraint(condition=Q(otherwise__lte=F("tried")), name="effect_counts_in_order"),
        ]

    def __str__(self) -> str:
        return f"effect {self.document_id} {self.otherwise}/{self.tried}"
