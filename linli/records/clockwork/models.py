"""What runs by itself, every minute and every hour: whose turn it is, and when each was last done.

Nothing here is sealed: it says of the machinery that it runs. What it does is sealed by the services it calls.
"""

from django.db import models
from django.db.models import Q

from linli.rules.plain.texts import Text

TURNS = ("minute", "hour")


class Turn(models.Model):
    """`taken_until`: some process is at it, and whoever comes later leaves it alone until then; a dead one holds it no longer.

    `said`: [[zh, en], …] of the last time; `failed`: the same, of what did not go through. `mark`: for which state of things
    the work that need not be done anew was last done.
    """

    name = models.CharField(primary_key=True, max_length=10)
    taken_until = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=80, blank=True, default="")
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    said = models.JSONField(default=list, blank=True)
    failed = models.JSONField(default=list, blank=True)
    mark = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(name__in=TURNS), name="turn_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def failures(self) -> list[Text]:
        return [Text(*pair) for pair in self.failed]

    @property
    def results(self) -> list[Text]:
        return [Text(*pair) for pair in self.said]
