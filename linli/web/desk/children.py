"""Matters inside a matter: a change request and the like."""

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.services import open_case
from linli.records.people.models import Person
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Invalid, NotFound, Refused
from linli.rules.policy.models import Procedure
from linli.web.desk.beginning import openers
from linli.web.desk.loaders import Part, address, holds_any, part_of_case, reader_person
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.shapes import Link
from linli.web.shared.turned_down import ask_again


def possible_children(now: Standing) -> list[Procedure]:
    """Procedures that may be begun inside this matter in its present stage."""
    if now.passage.ended_at is not None:
        return []
    stage, level = now.passage.stage, now.passage.place.level
    return [
        known
        for known in now.rules.procedures(clock.today()).values()
        if known.parent == now.passage.procedure and level in known.at and (not known.while_stages or stage in known.while_stages)
    ]


def child_links(now: Standing, case: Case, reader: Person) -> list[Link]:
    """Those this reader's office may begin."""
    on, place = clock.today(), now.passage.place
    return [
        Link(known.title, address("desk:new_child", case.code, known.id))
        for known in possible_children(now)
        if holds_any(reader, openers(now.rules, known, place, on), place, on)
    ]


def change_of(now: Standing, form: str) -> Procedure | None:
    """The procedure by which a locked form is changed, if it may be begun now."""
    for known in possible_children(now):
        if any(act.effect is not None and act.effect.kind == "amend" and act.effect.form == form for act in known.acts.values()):
            return known
    return None


@door(may=READ_ALL, load=part_of_case, methods=["GET", "POST"])
def new_child(request: HttpRequest, part: Part) -> HttpResponse:
    case, now = part.case, standing(part.case.subject)
    known = now.rules.procedures(clock.today()).get(part.name)
    if known is None or known.parent != case.procedure:
        raise NotFound
    context = {
        "case": case,
        "place": case.place,
        "known": known,
        "rules": now.rules,
        "typed": request.POST or {"title": case.title},
        "may": any(link.title == known.title for link in child_links(now, case, reader_person(request))),
    }
    if request.method != "POST":
        return render(request, "desk/cases/new_child.html", context)
    try:
        child = open_case(
            procedure=known.id,
            place=case.place,
            title=request.POST.get("title", ""),
            summary=request.POST.get("summary", ""),
            parent=case,
            by=reader_person(request),
            at=clock.now(),
        )
    except (Invalid, Refused) as turned_down:
        errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
        return ask_again(request, "desk/cases/new_child.html", {**context, "errors": errors}, turned_down)
    told.success(request, _("已提出 %(code)s，接着填写材料。") % {"code": child.code})
    return redirect("desk:dossier", child.code)
