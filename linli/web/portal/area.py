"""A subdistrict, district or city: how many needs, projects and notices, and how much money, part by part."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from linli.records.cases.selectors import visible_to
from linli.records.funds.models import Envelope
from linli.records.needs.models import Need
from linli.records.places.models import Place
from linli.records.places.selectors import beneath, standing
from linli.records.reports.overview.ground import scope_of
from linli.web.portal.listing import running_notices
from linli.web.portal.projects import project_procedures
from linli.web.shared.counting import held

LARGER = ("province", "city", "district", "subdistrict")


@dataclass(frozen=True)
class Summary:
    """The figures of one place with everything in it. Money in fen; None where nobody has set the year's money.

    `takes_needs`, `has_money`: whether the rules of the place know needs and a year's money, or there are some all the same.
    """

    place: Place
    year: int
    needs: int
    running: int
    done: int
    notices: int
    amount_fen: int | None
    left_fen: int | None
    takes_needs: bool
    has_money: bool

    @property
    def at_work(self) -> bool:
        return bool(self.needs or self.running or self.done or self.notices or self.amount_fen is not None)


class Figures:
    """Every figure of a subtree by place, so that any part of it can be summed without asking again."""

    def __init__(self, place: Place, on: date) -> None:
        self.year = on.year
        scope = scope_of(place, on.year, on)
        self.takes_needs, self.has_money = scope.knows_needs, scope.spends_money
        inside = beneath(place, "place")
        projects = visible_to(None, on).filter(inside, procedure__in=project_procedures())
        self.running = _counts(projects.filter(passage__ended_at__isnull=True))
        self.done = _counts(projects.filter(passage__end="done"))
        self.needs = _counts(Need.objects.filter(inside, year=on.year, withdrawn_at__isnull=True))
        self.notices = _counts(running_notices(on).filter(inside))
        self.money = {
            row.place.path: (row.place.level, row.amount_fen, row.left_fen)
            for row in Envelope.objects.filter(inside, year=on.year).select_related("place")
        }

    def of(self, place: Place) -> Summary:
        inside = [amounts for path, amounts in self.money.items() if path.startswith(place.path)]
        # Where communities have money of their own they are the sum: a district's line is handed on to them.
        money = [row for row in inside if row[0] == "community"] or inside
        needs = _within(self.needs, place)
        return Summary(
            place=place,
            year=self.year,
            needs=needs,
            running=_within(self.running, place),
            done=_within(self.done, place),
            notices=_within(self.notices, place),
            amount_fen=sum(amount for _, amount, _ in money) if money else None,
            left_fen=sum(left for _, _, left in money) if money else None,
            takes_needs=self.takes_needs or needs > 0,
            has_money=self.has_money or bool(money),
        )


def _counts(rows: QuerySet[Any]) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("place__path").annotate(n=Count("pk"))))


def _within(counts: Counter[str], place: Place) -> int:
    return sum(count for path, count in counts.items() if path.startswith(place.path))


def summary(place: Place, on: date) -> Summary:
    return _figures(place, on).of(place)


def _figures(place: Place, on: date) -> Figures:
    return held(("area", place.pk, on), lambda: Figures(place, on))


def area(place: Place, on: date) -> dict[str, Any]:
    """The figures of the place and of its direct parts; those where nothing goes on yet stand apart, without figures."""
    figures = _figures(place, on)
    parts = Place.objects.filter(standing(on), parent=place).order_by("code")
    found = [figures.of(part) for part in parts]
    return {
        "whole": figures.of(place),
        "parts": [one for one in found if one.at_work],
        "quiet": [one.place for one in found if not one.at_work],
    }
