"""遴选: the candidates of a round in their order, who is chosen and why, and how a tie was decided."""

from django.db import models
from django.db.models import Q

from linli.records.cases.models import Case
from linli.records.people.models import Person
from linli.records.places.models import Place

OUTCOMES = ("chosen", "not_chosen", "tied", "over_quota")
METHODS = ("reason", "lot")


class Ranking(models.Model):
    """One reckoning of a selection. `places` None: no limit. The newest of a round counts; older ones stay."""

    round = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rankings")
    number = models.PositiveIntegerField()
    selection = models.CharField(max_length=60)
    places = models.PositiveIntegerField(null=True, blank=True)
    left = models.PositiveIntegerField(default=0)  # places that those who tie compete for
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="ranking_numbered")]

    def __str__(self) -> str:
        return f"{self.selection} {self.number}"


class Ranked(models.Model):
    """A candidate in a ranking: the exact score as text, the rank (equal scores share one), the outcome and its reason."""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="rows")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # whose quota counts
    score = models.CharField(max_length=60)
    rank = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=[(each, each) for each in OUTCOMES])
    reason_zh = models.TextField()
    reason_en = models.TextField()

    class Meta:
        ordering = ["rank", "case__code"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "case"], name="ranked_once"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="ranked_outcome_known"),
            models.CheckConstraint(condition=~Q(reason_zh="") & ~Q(reason_en=""), name="ranked_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.case_id}"


class TieDecision(models.Model):
    """Who of those standing equal gets the places that remained, decided by the office the rules name, with its reason."""

    round = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tie_decisions")
    tied = models.ManyToManyField(Case, related_name="+")
    chosen = models.ManyToManyField(Case, related_name="+")
    method = models.CharField(max_length=10, default="reason", choices=[(each, each) for each in METHODS])
    reason = models.TextField()
    office = models.CharField(max_length=60)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="tie_decided_with_reason"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="tie_method_known"),
        ]

    def __str__(self) -> str:
        return self.reason[:40]


class Draw(models.Model):
    """抽签: lots announced before anybody can know the seed, which is the root of the first checkpoint of the trail from
    `held_from` on. Drawn, it keeps the seed and every number; `lapsed_at` is when the tie it was announced for was gone."""

    round = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="draws")
    tied = models.ManyToManyField(Case, related_name="+")
    left = models.PositiveIntegerField()
    reason = models.TextField()
    office = models.CharField(max_length=60)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()
    held_from = models.DateTimeField()
    receipt = models.CharField(max_length=80)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    checkpoint = models.PositiveBigIntegerField(null=True, blank=True)
    seed = models.CharField(max_length=64, blank=True, default="")
    numbers = models.JSONField(default=list)  # [code of the case, number] in the order drawn
    decision = models.OneToOneField(TieDecision, null=True, blank=True, on_delete=models.PROTECT, related_name="draw")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=Q(held_at__isnull=True, lapsed_at__isnull=True), name="draw_announced_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="draw_with_reason"),
            models.CheckConstraint(condition=Q(held_from__gt=models.F("announced_at")), name="draw_announced_before"),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, seed="", checkpoint__isnull=True)
                | Q(held_at__isnull=False, checkpoint__isnull=False) & ~Q(seed=""),
                name="draw_held_with_seed",
            ),
        ]

    def __str__(self) -> str:
        return self.seed or self.reason[:40]

    @property
    def awaited(self) -> bool:
        return self.held_at is None and self.lapsed_at is None

    @property
    def lots(self) -> list[tuple[Case, str]]:
        """Who drew which number, in the order drawn."""
        cases = {case.code: case for case in self.tied.all()}
        return [(cases[code], number) for code, number in self.numbers]
