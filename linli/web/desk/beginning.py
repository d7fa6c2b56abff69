"""Which procedures an office may begin at a place, and the page that begins one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages as told
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import offices_behind
from linli.records.cases.services import link_need, open_case
from linli.records.duties.permissions import READ_TODO
from linli.records.needs.models import Need
from linli.records.needs.selectors import by_code
from linli.records.people.models import Person
from linli.records.places.models import Place
from linli.records.rulebook.selectors import rules_at
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Procedure
from linli.rules.policy.rules import Rules
from linli.web.desk.inside import inside
from linli.web.desk.loaders import held_offices, holds_any, places_held, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.turned_down import ask_again

_WHICH = Text("请选择属于哪一次。", "Choose which one it belongs to.")
_CHOOSE = Text("请选择要办的事。", "Choose what is to be done.")
_NAME = Text("请写一个名称。", "Please give it a name.")
_ASKED = {"procedure": _CHOOSE, "title": _NAME}


@dataclass(frozen=True)
class Beginning:
    """A procedure that may be begun, with where its words stand."""

    procedure: Procedure
    chosen: bool


def openers(rules: Rules, known: Procedure, place: Place, on: date) -> tuple[str, ...]:
    """The offices that may begin a procedure: those that fill its main form, else all it names."""
    filled_by = rules.form(known.main_form, on).filled_by if known.main_form else ()
    return offices_behind(filled_by, known, place.level)


def may_begin(person: Person, place: Place, on: date) -> list[Procedure]:
    """Matters of their own; those inside another are begun in its dossier."""
    try:
        rules = rules_at(place, on)
    except Refused:
        return []
    return [
        known
        for known in rules.procedures(on).values()
        if known.moves != "need"
        and place.level in known.at
        and (not known.parent or known.parent_optional or parents_of(known, place))
        and holds_any(person, openers(rules, known, place, on), place, on)
    ]


def parents_of(known: Procedure, place: Place) -> list[Case]:
    """Matters at a place above in which this may be begun here: a call of the district for an application of a village."""
    if not known.parent or known.parent_optional:
        return []
    above = place.ancestor_codes[:-1]
    running = Case.objects.filter(procedure=known.parent, place__in=above, passage__ended_at__isnull=True, passage__taken__gt=0)
    found = running.filter(passage__stage__in=known.while_stages) if known.while_stages else running
    return list(found.order_by("-id")[:20])


@door(may=READ_TODO, methods=["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    person, need = reader_person(request), _need(request)
    asked = (request.POST.get("place", ""), request.GET.get("place", ""), need.place_id if need else "")
    places = inside(places_held(held_offices(request)), *asked)
    place = _place(request, places, need)
    context = _context(request, person, places, place, need)
    if request.method != "POST":
        return render(request, "desk/cases/new.html", context)
    try:
        case = _begin(request, person, place, need)
    except (Invalid, Refused) as turned_down:
        return ask_again(request, "desk/cases/new.html", {**context, "errors": _errors(turned_down)}, turned_down)
    told.success(request, _("已建立 %(code)s。接着把右边列出的条件一项项补齐。") % {"code": case.code})
    return redirect("desk:dossier", case.code)


@transaction.atomic
def _begin(request: HttpRequest, person: Person, place: Place, need: Need | None) -> Case:
    typed = request.POST
    missing = {key: words for key, words in _ASKED.items() if not typed.get(key, "").strip()}
    if "procedure" in missing:
        raise Invalid(_CHOOSE, fields=missing)
    case = open_case(
        procedure=typed["procedure"],
        parent=_parent(typed["procedure"], typed.get("parent", ""), place),
        place=place,
        title=typed.get("title", ""),
        summary=typed.get("summary", ""),
        year=_year(typed.get("year", "").strip()),
        by=person,
        at=clock.now(),
    )
    if need is not None:
        link_need(case=case, need=need, by=person, at=clock.now())
    return case


def _parent(procedure: str, code: str, place: Place) -> Case | None:
    """The matter above it belongs to: the one named, else the only one."""
    known = rules_at(place, clock.today()).procedures(clock.today()).get(procedure)
    found = parents_of(known, place) if known else []
    named = [each for each in found if each.code == code]
    if named or len(found) == 1:
        return (named or found)[0]
    if found:
        raise Invalid(_WHICH, fields={"parent": _WHICH})
    return None


def _year(text: str) -> int | None:
    if not text:
        return None
    this = clock.today().year
    if not text.isdecimal() or not this - 10 <= int(text) <= this + 1:
        wrong = Text(f"请写 {this - 10} 到 {this + 1} 之间的年份。", f"Write a year from {this - 10} to {this + 1}.")
        raise Invalid(wrong, fields={"year": wrong})
    return int(text)


def _errors(turned_down: TurnedDown) -> dict[str, Text]:
    return turned_down.fields if isinstance(turned_down, Invalid) else {}


def _need(request: HttpRequest) -> Need | None:
    code = request.POST.get("need") or request.GET.get("need") or ""
    return by_code(code) if code else None


def _place(request: HttpRequest, places: Sequence[Place], need: Need | None) -> Place:
    """The one asked for, the need's own, the only community, else the reader's first."""
    code = request.POST.get("place") or request.GET.get("place") or (need.place_id if need else "")
    if not code:
        return places[0]
    for place in places:
        if place.code == code:
            return place
    raise NotFound


def _context(request: HttpRequest, person: Person, places: Sequence[Place], place: Place, need: Need | None) -> dict[str, Any]:
    known = may_begin(person, place, clock.today())
    wanted = request.POST.get("procedure") or request.GET.get("procedure") or (known[0].id if len(known) == 1 else "")
    if need is not None and not wanted:
        wanted = next((each.id for each in known if each.main_form and each.moves == "case"), "")
    return {
        "here": place,
        "places": [(each.code, each.short_name) for each in places],
        "beginnings": [Beginning(each, each.id == wanted) for each in known],
        "need": need,
        "parents": [(each.code, f"{each.code} {each.title}") for one in known for each in parents_of(one, place)],
        "typed": request.POST or {"title": need.what[:60] if need else "", "year": request.GET.get("year", "")},
        "rules": rules_at(place, clock.today()) if known else None,
    }
