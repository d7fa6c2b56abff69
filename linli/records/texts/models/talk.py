"""Questions about a regulation with their answers, and the talk of residents under a matter."""

from django.db import models
from django.db.models import Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.texts.models.comments import Comment
from linli.records.texts.models.documents import Document
from linli.records.trail.codes import shown
from linli.rules.plain.subjects import Subject

POST_KINDS = ("talk", "experience")
CAME_BY = ("online", "interview", "phone", "counter", "letter")


class Question(models.Model):
    """问: asked by a reader, or noted by staff because it is asked often. `clause` is "" for the text as a whole."""

    pack = models.CharField(max_length=60)
    clause = models.CharField(max_length=60, blank=True, default="")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="questions")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=10, unique=True)
    words = models.TextField()
    channel = models.CharField(max_length=9, choices=[(channel, channel) for channel in CAME_BY])
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = EncryptedTextField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    demonstration = models.BooleanField(default=False)
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=CAME_BY), name="question_channel_known"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(pack="") & ~Q(code=""), name="question_filled"),
        ]
        indexes = [
            models.Index(fields=["pack", "clause"], name="question_of_clause"),
            models.Index(fields=["place", "asked_at"], condition=Q(answered_at__isnull=True), name="question_waiting"),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def shown_code(self) -> str:
        return shown(self.code)


class Explanation(models.Model):
    """答: sealed. A later one adds to it, it never replaces it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="explanations")
    number = models.PositiveIntegerField()
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["question", "number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="explanation_once"),
            models.CheckConstraint(condition=~Q(words=""), name="explanation_says_something"),
        ]

    def __str__(self) -> str:
        return self.words[:40]


class Post(models.Model):
    """One contribution to the talk under a subject. `office` is set where staff speak for an office."""

    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in POST_KINDS])
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(max_length=60, blank=True, default="")
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    receipt = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "number"], name="post_number_once"),
            models.CheckConstraint(condition=Q(kind__in=POST_KINDS), name="post_kind_known"),
            models.CheckConstraint(condition=~Q(words=""), name="post_says_something"),
        ]

    def __str__(self) -> str:
        return self.words[:40]

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)


class Hiding(models.Model):
    """Words kept from the public, with the reason that stands in their place. Nothing is deleted by it."""

    comment = models.OneToOneField(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="hiding")
    question = models.OneToOneField(Question, null=True, blank=True, on_delete=models.PROTECT, related_name="hiding")
    post = models.OneToOneField(Post, null=True, blank=True, on_delete=models.PROTECT, related_name="hiding")
    ground = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(comment__isnull=False, question__isnull=True, post__isnull=True)
                | Q(comment__isnull=True, question__isnull=False, post__isnull=True)
                | Q(comment__isnull=True, question__isnull=True, post__isnull=False),
                name="words_hidden_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="words_hidden_with_ground"),
        ]

    def __str__(self) -> str:
        return self.ground[:40]
