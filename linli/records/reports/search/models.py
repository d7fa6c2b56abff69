"""One row for each thing that can be found, and how far the trail has been read."""

from django.db import models

from linli.records.places.models import Place

KINDS = ("need", "meeting", "notice", "project")
# Whatever its own course calls it: still going on, ended with a result, ended without.
STATES = ("running", "done", "stopped")


class SearchEntry(models.Model):
    """What outsiders may read of one need, project, notice or meeting, cut for searching.

    The key itself is the order of the answers: the day, then the kind, then the number of the thing (see `key_of`). Both
    databases walk it backwards and stop at the end of a page. A full-text table (SQLite) and a tsvector column
    (PostgreSQL) hang on the four last columns; migration 0001 makes them.
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10)
    number = models.BigIntegerField()
    ref = models.CharField(max_length=40)  # what its address carries
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8)
    word_zh = models.CharField(max_length=80)
    word_en = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True, default="")
    title_grams = models.TextField()
    text_grams = models.TextField(blank=True, default="")
    initials = models.TextField(blank=True, default="")
    tags = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="search_entry_once"),
            models.CheckConstraint(condition=models.Q(state__in=STATES), name="search_entry_state_known"),
        ]
        indexes = [
            models.Index(fields=["number"], condition=models.Q(kind="notice", state="running"), name="search_entry_notice_runs")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref} {self.title}"


class SearchCursor(models.Model):
    """How far a stream of the trail has been read. The row with the code "" is what two readers wait for."""

    stream = models.CharField(primary_key=True, max_length=24)
    seq = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.stream}/{self.seq}"
