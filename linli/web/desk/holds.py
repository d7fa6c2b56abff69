"""Stopping a matter, answering the one who stopped it, letting it go on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.selectors.timeline import persons_of
from linli.records.cases.services import answer_case_hold, place_case_hold
from linli.records.rulebook.models import PAUSED, Hold
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.services import release_hold
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import HoldKind
from linli.web.desk.loaders import desk_case, holds_any, reader_person
from linli.web.desk.states import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.turned_down import ask_again


@dataclass(frozen=True)
class Held:
    case: Case
    hold: Hold


@dataclass(frozen=True)
class HoldLine:
    hold: Hold
    title: Text
    by: str
    can_answer: bool
    can_release: bool


@door(may=READ_ALL, load=desk_case, methods=["GET", "POST"])
def holds(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/cases/holds.html", _context(request, case))
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
    try:
        place_case_hold(case=case, kind=kind, by=reader_person(request), at=clock.now(), reason=reason)
    except (Invalid, Refused) as turned_down:
        return _again(request, case, turned_down)
    told.success(request, _("已叫停。答复并解除前，这件事不能往下办。"))
    return redirect("desk:holds", case.code)


def hold_in_case(request: HttpRequest, code: str, pk: int) -> Found:
    found = desk_case(request, code)
    hold = Hold.objects.filter(pk=pk, passage=found.thing.passage_id).first()
    if hold is None or hold.kind == PAUSED:
        raise NotFound
    return Found(Held(found.thing, hold), found.place)


@door(may=READ_ALL, load=hold_in_case, methods=["POST"])
def settle(request: HttpRequest, held: Held) -> HttpResponse:
    """Answer it, or release it."""
    person, at = reader_person(request), clock.now()
    try:
        if "release" in request.POST:
            release_hold(hold=held.hold, by=person, at=at)
        else:
            answer_case_hold(case=held.case, hold=held.hold, by=person, at=at, answer=request.POST.get("answer", ""))
    except (Invalid, Refused) as turned_down:
        return _again(request, held.case, turned_down, about=held.hold.pk)
    told.success(request, _("已解除，可以往下办了。") if "release" in request.POST else _("已答复。"))
    return redirect("desk:holds", held.case.code)


def _again(request: HttpRequest, case: Case, turned_down: TurnedDown, about: int = 0) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {**_context(request, case), "errors": errors, "about": about}
    return ask_again(request, "desk/cases/holds.html", context, turned_down)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    now = standing(case.subject)
    kinds = now.rules.holds(clock.today())
    rows = list(now.passage.holds.order_by("id"))
    persons = persons_of(row.placed_by for row in rows)
    running = now.passage.ended_at is None
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "rows": [_line(request, case, now, kinds.get(row.kind), row, persons) for row in rows],
        "kinds": [
            (kind.id, kind.title)
            for kind in kinds.values()
            if running and case.procedure in kind.over and _holds(request, case, kind.placed_by)
        ],
        "typed": request.POST,
    }


def _line(request: HttpRequest, case: Case, now: Standing, kind: HoldKind | None, row: Hold, persons: Any) -> HoldLine:
    by = persons[row.placed_by].name if row.placed_by in persons else ""
    open_, mine = row.released_at is None and kind is not None, request
    if kind is None:
        return HoldLine(row, Text(row.reason, row.reason), by, False, False)
    releasers = kind.released_by or kind.placed_by
    return HoldLine(
        row,
        kind.title,
        by,
        open_ and row.answered_at is None and _holds(mine, case, kind.answered_by),
        open_ and _holds(mine, case, releasers) and (row.answered_at is not None or not kind.answered_by),
    )


def _holds(request: HttpRequest, case: Case, offices: tuple[str, ...]) -> bool:
    return holds_any(reader_person(request), offices, case.place, clock.today())
