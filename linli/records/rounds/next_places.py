"""What a part's grade of this year does to its places of the next, with the reason."""

from dataclasses import dataclass

from linli.records.cases.models import Case
from linli.records.places.models import Place
from linli.records.places.selectors import at_level
from linli.records.rounds.candidates import selection_of
from linli.records.rulebook.models import LocalSetting
from linli.records.rulebook.selectors import rules_at, standing
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.selectors import latest, results_of
from linli.rules.plain.subjects import place_year
from linli.rules.plain.texts import Text, quoted
from linli.rules.policy.choosing import Change, next_change, next_places
from linli.rules.policy.models import Quota

_CHANGE = {"more": Text("增加", "more"), "fewer": Text("减少", "fewer"), "same": Text("不变", "the same")}


@dataclass(frozen=True)
class PartResult:
    """`next` None while the places or the step of the part are not set; `scoring` is where it was graded."""

    place: Place
    quota: Quota
    pilots: int
    scoring: Scoring | None
    grade: str
    grade_title: Text | None
    change: Change | None
    now: int | None
    step: int | None
    next: int | None

    @property
    def change_title(self) -> Text | None:
        return _CHANGE[self.change] if self.change else None

    @property
    def reason(self) -> Text:
        if self.grade_title is None or self.change_title is None:
            return Text("还没有评定成效。", "Not graded yet.")
        zh, en = (
            f"成效评为{quoted(self.grade_title.zh)}，名额{self.change_title.zh}",
            f"Graded {self.grade_title.en}: {self.change_title.en}",
        )
        if self.next is None:
            return Text(f"{zh}；数目待设定。", f"{en}; the number is not set.")
        return Text(f"{zh}：{self.now} → {self.next}。", f"{en}: {self.now} → {self.next}.")


def results_by_part(round: Case) -> list[PartResult]:
    """Every part with somebody chosen or once a candidate in this round, by code. [] where no quota hangs on it."""
    now = standing(round.subject)
    selection = selection_of(now)
    if not selection.quota:
        return []
    quota = now.rules.quotas(now.rules_on)[selection.quota]
    counts: dict[str, int] = {}
    parts: dict[str, Place] = {}
    for child in round.children.filter(procedure=selection.candidates[0]).select_related("place"):
        part = at_level(child.place, quota.per)
        if part is not None:
            parts[part.pk] = part
            counts[part.pk] = counts.get(part.pk, 0) + 1
    years = {part: place_year(part, round.year) for part in parts}
    scorings = latest("place_year", [each.id for each in years.values()], quota.graded_by)
    results = results_of(scorings.values())
    found = []
    for code in sorted(parts):
        scoring = scorings.get(years[code].id)
        result = results[scoring.pk] if scoring else None
        grade = result.grade if result and result.complete else ""
        rules = rules_at(parts[code], now.rules_on)
        places, step = (_whole(rules.read(name, on=now.rules_on).value) for name in (quota.places, quota.step))
        change = next_change(quota, grade)
        known = next_places(places, step, change) if places is not None and step is not None and change else None
        title = result.grade_title if result and grade else None
        found.append(PartResult(parts[code], quota, counts[code], scoring, grade, title, change, places, step, known))
    return found


def conclusion_of(round: Case) -> str:
    """The document on which next year's places rest."""
    return f"{round.code} 年度结论"


def next_places_set(round: Case) -> list[LocalSetting]:
    """What this round has written as places of the next, by place."""
    found = LocalSetting.objects.filter(document=conclusion_of(round))
    return list(found.select_related("place").order_by("place__path"))


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
