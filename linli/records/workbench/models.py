"""What people keep for their own work: forms not sent yet, lists by name, and acts on many rows with what came of each.

Nothing here is sealed: it is nobody's decision. What a bulk act does is done, and sealed, by the services it calls.
"""

from django.db import models
from django.db.models import Q

from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.places.models import Place

LISTS = ("todo", "needs", "cases", "notices", "meetings")
FILES_AT = "workbench_draftfile.content"
ROW_STATES = ("waiting", "done", "refused", "left_out")


class Draft(models.Model):
    """A form as far as it was typed, named by the address it would be sent to. `token` stands for a browser not signed in.

    `data` is JSON of {field: [values]}; it may name people, so it is encrypted. `page` is where the form stands.
    """

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="drafts")
    token = models.CharField(max_length=64, blank=True, default="")
    form = models.CharField(max_length=300)
    page = models.CharField(max_length=600)
    title = models.CharField(max_length=200, blank=True, default="")
    data = EncryptedTextField()
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "form"], condition=Q(person__isnull=False), name="draft_once_a_person"),
            models.UniqueConstraint(fields=["token", "form"], condition=Q(person__isnull=True), name="draft_once_a_browser"),
            models.CheckConstraint(condition=Q(person__isnull=False) ^ ~Q(token=""), name="draft_of_somebody"),
        ]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]


class DraftFile(models.Model):
    """A file chosen for a form that was turned down: kept as it came, encrypted, shown to nobody, gone with the draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    mime = models.CharField(max_length=100)
    content = models.BinaryField()


class SavedFilter(models.Model):
    """A list with its questions, by name. `shared`: everybody in office at the place sees it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_filters")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    list = models.CharField(max_length=10)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=600, blank=True, default="")
    shared = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "list", "name"], condition=Q(removed_at__isnull=True), name="filter_name_once"
            ),
            models.CheckConstraint(condition=Q(list__in=LISTS) & ~Q(name=""), name="filter_of_a_list"),
        ]
        indexes = [models.Index(fields=["list", "place"], condition=Q(removed_at__isnull=True), name="filter_on_list")]


class BulkRun(models.Model):
    """One act on many rows. `data` is what was typed for all of them; it goes on where it stopped."""

    act = models.CharField(max_length=20)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    data = EncryptedTextField()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-begun_at"], condition=Q(done_at__isnull=True), name="bulk_run_unfinished")]


class BulkRow(models.Model):
    """What came of one row: done, refused (why), left out (why, before it was tried), or still waiting."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    code = models.CharField(max_length=24)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=8, default="waiting")
    zh = models.CharField(max_length=600, blank=True, default="")
    en = models.CharField(max_length=900, blank=True, default="")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "code"], name="bulk_row_once"),
            models.CheckConstraint(condition=Q(state__in=ROW_STATES), name="bulk_row_state_known"),
        ]
