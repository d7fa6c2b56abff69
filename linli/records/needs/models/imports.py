"""A spreadsheet of needs on its way in. Every row ends as accepted (a Need that names it), rejected or duplicate."""

from django.db import models
from django.db.models import F, Q

from linli.records.needs.models.needs import Need
from linli.records.people.fields import EncryptedTextField
from linli.records.people.models import Person
from linli.records.places.models import Place

STATES = ("running", "done", "refused", "left")
OUTCOMES = ("rejected", "duplicate")


class ImportBatch(models.Model):
    """One file handed in for one place. `cursor` counts the rows dealt with; a second call goes on from there.

    `left`: nobody went on with it, and its file was deleted; the same file handed in again goes on where it stopped.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=140)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=200, blank=True, default="")  # in the storage, until the work is done
    state = models.CharField(max_length=8, default="running")
    cursor = models.PositiveIntegerField(default=0)
    rows_in = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    duplicates = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=dict)  # sheet -> headers as found, in order
    notes = models.JSONField(default=list)  # [{"zh": …, "en": …}] about sheets that were not read, columns not known
    began_at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["place", "digest"], name="import_once_per_file"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(rows_in=F("accepted") + F("rejected") + F("duplicates")), name="import_accounts_for_every_row"
            ),
            models.CheckConstraint(condition=Q(cursor=F("rows_in")), name="import_cursor_is_what_was_read"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row that became no need of its own. `original` keeps what stood in a rejected row, so that it can be handed back."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # running number over all sheets, from 1
    sheet = models.CharField(max_length=60)
    line = models.PositiveIntegerField()  # as the spreadsheet numbers it
    outcome = models.CharField(max_length=9)
    need = models.ForeignKey(Need, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    faults = models.JSONField(default=list)  # [{"column", "key", "zh", "en", "text"}]; "text" only where it is not sealed
    original = EncryptedTextField()  # JSON {header: text}

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="import_row_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="rejected", need__isnull=True) | Q(outcome="duplicate", need__isnull=False),
                name="import_row_leads_to_its_need",
            ),
        ]
