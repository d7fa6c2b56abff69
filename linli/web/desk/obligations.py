"""The calendar of the year: what the regulations ask of a place and when; saying how something was done."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.duties.models import Duty
from linli.records.duties.permissions import READ_CALENDAR
from linli.records.duties.selectors import calendar_of, desks_held, standing_duties
from linli.records.duties.services import discharge_duty
from linli.records.people.selectors import offices_of
from linli.records.reports.drafts import report_draft
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.inside import inside
from linli.web.desk.loaders import address, chosen_place, held_offices, holds_any, places_held, reader_person
from linli.web.desk.spans import span_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.shapes import Stamp
from linli.web.shared.turned_down import ask_again

DONE = Stamp(Text("已办", "Done"), "done")
LAPSED = Stamp(Text("不必办了", "No longer due"), "closed")
PAUSED = Stamp(Text("暂停，不计时", "Paused"), "closed")
LATE = Stamp(Text("已逾期", "Late"), "action")
DUE = Stamp(Text("待办", "Due"), "running")
LATER = Stamp(Text("还没到时候", "Not yet"), "closed")
UNSET = Stamp(Text("日期待设定", "Day not set"), "waiting")
UNDATED = Text("没有定日期", "Without a day")


@dataclass(frozen=True)
class Line:
    """A duty of the calendar with its state, who may act on it, and where."""

    duty: Duty
    stamp: Stamp
    url: str
    unset: Text | None
    unset_url: str
    span: Text | None


@door(may=READ_CALENDAR)
def obligations(request: HttpRequest) -> HttpResponse:
    held = held_offices(request)
    places = inside(places_held(held), request.GET.get("place", ""))
    place, year = chosen_place(request, places), _year(request)
    rules, on = rules_at(place), clock.today()
    duties = list(calendar_of(place, year).exclude(cadence="as_needed"))
    mine = set(desks_held(held))
    lines = [_line(duty, rules, on, (duty.office, duty.place_id) in mine) for duty in duties]
    context = {
        "here": place,
        "places": [(each.code, each.short_name) for each in places],
        "year": year,
        "before_url": address("desk:obligations", place=place.code, year=year - 1),
        "after_url": address("desk:obligations", place=place.code, year=year + 1),
        "rules": rules,
        "months": _months([line for line in lines if not _settled(line, year, on)], year),
        "settled": _months([line for line in lines if _settled(line, year, on)], year),
        "counts": _counts(lines),
        "standing": list(standing_duties(desks_held(held))),
    }
    return render(request, "desk/home/obligations.html", context)


def _year(request: HttpRequest) -> int:
    asked, this = request.GET.get("year", ""), clock.today().year
    return int(asked) if asked.isdecimal() and 2000 <= int(asked) <= this + 5 else this


def _line(duty: Duty, rules: Rules, on: date, mine: bool) -> Line:
    unset = rules.parameter(duty.unset).title if duty.unset and duty.unset in rules.parameters() else None
    open_ = duty.done_at is None
    begun = duty.begins_on is None or duty.begins_on <= on
    filed = not open_ and duty.through_kind == "form"  # whoever sees the calendar may read what was handed in
    url = _way(duty) if (open_ and mine and begun) or filed else ""
    unset_url = address("desk:local_setting", duty.unset) if unset else ""
    return Line(duty, duty_stamp(duty, on), url, unset, unset_url, span_of(duty))


def _way(duty: Duty) -> str:
    if duty.through_kind == "procedure":
        code, _, year = duty.subject_id.partition("/")
        return address("desk:new_case", place=code, procedure=duty.through_id, year=year)
    if duty.through_kind == "form":
        return address("desk:owed_paper", duty.pk)
    return address("desk:obligation", duty.pk)


def duty_stamp(duty: Duty, on: date) -> Stamp:
    if duty.done_at is not None:
        return {"done": DONE, "paused": PAUSED}.get(duty.outcome, LAPSED)
    if duty.late_on(on):
        return LATE
    if duty.unset and duty.due_on is None:
        return UNSET
    return LATER if duty.begins_on is not None and duty.begins_on > on else DUE


def _months(lines: list[Line], year: int) -> list[tuple[Text, list[Line]]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(_month(line), []).append(line)
    names = {n: Text(f"{n} 月", date(year, n, 1).strftime("%B")) for n in range(1, 13)}
    return [(names.get(month, UNDATED), found[month]) for month in sorted(found)]


def _settled(line: Line, year: int, on: date) -> bool:
    """Done in a month of this year that has passed: folded away."""
    return line.stamp is DONE and year == on.year and _month(line) < on.month


def _month(line: Line) -> int:
    """The month it is due in; while no day is set, the last month of its part of the year; 13 for the rest."""
    if line.duty.due_on is not None:
        return line.duty.due_on.month
    if line.span is None or line.duty.begins_on is None:
        return 13
    return line.duty.begins_on.month + {"quarter": 2, "half_year": 5}.get(line.duty.cadence, 0)


def _counts(lines: list[Line]) -> list[tuple[Stamp, int]]:
    stamps = [LATE, DUE, UNSET, LATER, DONE]
    return [(stamp, many) for stamp in stamps if (many := sum(line.stamp is stamp for line in lines))]


def found_duty(request: HttpRequest, pk: int) -> Found:
    """A duty of an office the reader holds, or of a place on the reader's own line or beneath it."""
    duty = Duty.objects.select_related("place", "settled_by").filter(pk=pk).first()
    if duty is None:
        raise NotFound
    # Without an office one is not told whether there is such a duty.
    lines = {each.place_id for each in offices_of(reader_person(request), clock.today())}
    if not lines.intersection(duty.place.ancestor_codes):
        raise NotFound
    return Found(duty, duty.place)


@door(may=READ_CALENDAR, load=found_duty, methods=["GET", "POST"])
def obligation(request: HttpRequest, duty: Duty) -> HttpResponse:
    """One duty: what it asks, and saying how it was done."""
    if request.method != "POST":
        return render(request, "desk/home/obligation.html", _about(request, duty))
    try:
        discharge_duty(duty=duty, note=request.POST.get("note", ""), by=reader_person(request), at=clock.now())
    except (Invalid, Refused) as turned_down:
        errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
        context = {**_about(request, duty), "errors": errors, "typed": request.POST}
        return ask_again(request, "desk/home/obligation.html", context, turned_down)
    told.success(request, _("已登记办结。"))
    return redirect("desk:todo")


def _about(request: HttpRequest, duty: Duty) -> dict[str, Any]:
    rules = rules_at(duty.place)
    unset = rules.parameter(duty.unset).title if duty.unset in rules.parameters() else None
    draft = report_draft(duty, rules, clock.today()) if duty.done_at is None else ""
    return {
        "draft": draft,
        "drafted": {"note": draft},
        "duty": duty,
        "place": duty.place,
        "rules": rules,
        "stamp": duty_stamp(duty, clock.today()),
        "unset": unset,
        "unset_url": address("desk:local_setting", duty.unset) if unset else "",
        "may": duty.done_at is None and holds_any(reader_person(request), (duty.office,), duty.place, clock.today()),
        "through": _through(duty, rules),
        "paper_url": address("desk:owed_paper", duty.pk) if duty.through_kind == "form" else "",
        "calendar_url": address("desk:obligations", place=duty.subject_id.partition("/")[0]),
    }


def _through(duty: Duty, rules: Rules) -> Text | None:
    """What discharges it by itself once it is filed."""
    on = clock.today()
    if duty.through_kind == "form" and duty.through_id in rules.forms(on):
        return rules.form(duty.through_id, on).title
    if duty.through_kind == "evidence" and duty.through_id in rules.vocabulary.evidence:
        return rules.vocabulary.evidence[duty.through_id].title
    if duty.through_kind == "scorecard" and duty.through_id in rules.scorecards(on):
        return rules.scorecard(duty.through_id, on).title
    if duty.through_kind == "procedure" and duty.through_id in rules.procedures(on):
        return rules.procedure(duty.through_id, on).title
    return None
