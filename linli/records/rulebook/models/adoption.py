"""Which pack holds at which place, and the values a place has set itself."""

from django.db import models
from django.db.models import F, Q

from linli.records.places.models import Place


class PackFiles(models.Model):
    """The files of all packs as they stood when one of them was adopted, packed; written once."""

    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.sha256[:12]


class PackEdition(models.Model):
    """A pack with everything it extends, as it read when it was first adopted. `digest` is that of its rules; never changed."""

    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=200)
    digest = models.CharField(max_length=80)
    files = models.ForeignKey(PackFiles, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "digest"], name="pack_edition_once")]

    def __str__(self) -> str:
        return f"{self.version} {self.digest[:12]}"


class Adoption(models.Model):
    """From `since` on this place goes by this pack. A lower place without one goes by the nearest above."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    pack = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    since = models.DateField()
    adopted_at = models.DateTimeField()
    adopted_by = models.CharField(max_length=60)
    # Empty only for what was adopted before editions were kept: it reads the files as they are.
    edition = models.ForeignKey(PackEdition, null=True, on_delete=models.PROTECT, related_name="adoptions")

    class Meta:
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["place", "since"], name="adoption_at_place")]

    def __str__(self) -> str:
        return f"{self.pack}@{self.version}"


class LocalSetting(models.Model):
    """A value a regulation leaves open, set by an office for its place. `value` is text in the parameter's unit."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    parameter = models.CharField(max_length=80)
    key = models.CharField(max_length=80, blank=True, default="")
    value = models.CharField(max_length=200)
    unit = models.CharField(max_length=24)  # of the parameter when it was set: the row can be read without its pack
    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the last day
    document = models.CharField(max_length=200)
    set_by = models.CharField(max_length=60)  # office, "district.civil_affairs"
    set_by_person = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    demonstration = models.BooleanField(default=False)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="local_setting_dates_in_order"
            ),
            models.UniqueConstraint(fields=["place", "parameter", "key", "since"], name="local_setting_once_a_day"),
        ]
        indexes = [models.Index(fields=["place", "parameter"], name="local_setting_at_place")]

    def __str__(self) -> str:
        return f"{self.parameter}[{self.key}] = {self.value}"


class RulesEdition(models.Model):
    """One row whose token changes with every adoption and local value, so that each process sees a change at once."""

    token = models.CharField(max_length=32)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="rules_edition_is_one_row")]

    def __str__(self) -> str:
        return self.token
