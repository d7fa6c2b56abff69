"""What a change of a place touches: how many of each lie there on a day, and in whose hands they are afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.records.duties.models import Duty
from linli.records.notices.models import Notice
from linli.records.people.models import Household, OfficeHeld, Residency
from linli.records.people.selectors import holding
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, descendants, standing
from linli.records.rulebook.models import Passage
from linli.rules.plain.texts import Text


@dataclass(frozen=True, slots=True)
class Touched:
    """So many of these, and what becomes of them."""

    what: Text
    number: int
    becomes: Text


def touched_by_end(place: Place, into: Sequence[Place], on: date) -> list[Touched]:
    """When the place ends, or its parts become others."""
    heir = "、".join(each.short_name for each in into)
    en = ", ".join(each.short_name for each in into)
    stays = Text("编号和网址不变", "codes and addresses stay")
    hands = (
        Text(f"{stays.zh}，由{heir}的同一岗位接着办", f"{stays.en}; the same offices of {en} go on with them")
        if into
        else Text(f"{stays.zh}，原岗位办完为止", f"{stays.en}; its own offices finish them")
    )
    one = len(into) == 1
    roll = (
        Text(f"留在原来的名册，当天起也算{heir}的居民", f"stay on this roll, and count as residents of {en} too")
        if one
        else Text("留在原来的名册；要到新的地方登记", "stay on this roll; they are entered anew where they belong")
    )
    return [
        Touched(Text("没办结的事项", "matters under way"), _under_way("case", place), hands),
        Touched(Text("没办结的需求", "needs not closed"), _under_way("need", place), hands),
        Touched(Text("没完成的义务", "duties not done"), _duties(place), hands),
        Touched(Text("正在公示的", "notices that hang"), _notices(place, on), hands),
        Touched(Text("住户", "households"), _households(place, on), Text("户码照用", "their codes go on working")),
        Touched(Text("名册上的居民", "residents on the roll"), _residents(place, on), roll),
        Touched(
            Text("在任的人", "persons in office"),
            OfficeHeld.objects.filter(holding(on), beneath(place, "place")).count(),
            Text(
                "任职不自动结束，请到“岗位与人员”登记离任",
                "their offices do not end by themselves: record it on the page of people",
            ),
        ),
        Touched(
            Text("里面的地方", "places inside"),
            descendants(place).filter(standing(on)).count(),
            Text("要先撤销或划走", "have to be ended or moved first"),
        ),
    ]


def _under_way(kind: str, place: Place) -> int:
    return Passage.objects.filter(beneath(place, "place"), subject_kind=kind, ended_at__isnull=True).count()


def _duties(place: Place) -> int:
    return Duty.objects.filter(beneath(place, "place"), done_at__isnull=True).count()


def _notices(place: Place, on: date) -> int:
    return Notice.objects.filter(beneath(place, "place"), taken_down_at__isnull=True, ends_on__gte=on).count()


def _households(place: Place, on: date) -> int:
    return Household.objects.filter(holding(on), beneath(place, "place")).count()


def _residents(place: Place, on: date) -> int:
    return Residency.objects.filter(holding(on), beneath(place, "place")).count()
