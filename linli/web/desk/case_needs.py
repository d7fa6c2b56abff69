"""The needs a matter answers: those linked, those that sound alike, a search."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import READ_ALL
from linli.records.cases.selectors import linked_needs
from linli.records.cases.services import link_needs
from linli.records.needs.codes import read_code
from linli.records.needs.models import Need
from linli.records.needs.permissions import LINK
from linli.records.needs.selectors import needs_at, similar_needs
from linli.records.needs.services import release_need
from linli.records.people.access import may
from linli.records.rulebook.selectors import passages_of, procedures_of, standing
from linli.rules.plain.refusals import Invalid, Refused
from linli.rules.plain.texts import Text
from linli.web.desk.loaders import address, desk_case, reader_person, works_on
from linli.web.desk.states import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.shapes import Stamp
from linli.web.shared.turned_down import ask_again

SHOWN = 20
_NONE = Text("请至少勾选一条需求。", "Tick at least one need.")


@dataclass(frozen=True)
class NeedLine:
    """A need with where it stands."""

    need: Need
    stamp: Stamp | None
    url: str
    error: Text | None = None


@door(may=READ_ALL, load=desk_case, methods=["GET", "POST"])
def needs(request: HttpRequest, case: Case) -> HttpResponse:
    if request.method != "POST":
        return render(request, "desk/cases/needs.html", _context(request, case))
    try:
        if "release" in request.POST:
            return _release(request, case)
        return _link(request, case)
    except (Refused, Invalid) as turned_down:
        errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
        context = _context(request, case, errors)
        return ask_again(request, "desk/cases/needs.html", context, turned_down)


def _link(request: HttpRequest, case: Case) -> HttpResponse:
    chosen = list(needs_at(case.place).filter(code__in=request.POST.getlist("need")))
    if not chosen:
        raise Invalid(_NONE, fields={"need": _NONE})
    link_needs(case=case, needs=chosen, by=reader_person(request), at=clock.now())
    told.success(request, _("已对应 %(n)s 条需求，提出人会收到告知。") % {"n": len(chosen)})
    return redirect("desk:case_needs", case.code)


def _release(request: HttpRequest, case: Case) -> HttpResponse:
    code = request.POST["release"]
    need = linked_needs(case).filter(code=code).first()
    if need is not None:
        reason = request.POST.get(f"reason-{code}", "")
        try:
            release_need(need=need, subject=case.subject, reason=reason, by=reader_person(request), at=clock.now())
        except Invalid as turned_down:
            raise Invalid(turned_down.text, fields={f"reason-{code}": turned_down.text}) from turned_down
        told.success(request, _("已取消对应，这条需求会继续处理。"))
    return redirect("desk:case_needs", case.code)


def _context(request: HttpRequest, case: Case, errors: Mapping[str, Text] | None = None) -> dict[str, Any]:
    now, reader, on = standing(case.subject), reader_person(request), clock.today()
    linked = list(linked_needs(case))
    words = request.GET.get("q", "").strip()
    found = _search(case, words, linked) if words else []
    alike = [] if words else _alike(case, linked)
    works = works_on(reader, now.procedure, case.place, on) and may(reader, LINK, case.place, on)
    lines = _lines([*linked, *found, *alike], errors or {})
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "linked": lines[: len(linked)],
        "found": lines[len(linked) : len(linked) + len(found)],
        "alike": lines[len(linked) + len(found) :],
        "words": words,
        "may": works and now.passage.ended_at is None,
        "chosen": request.POST.getlist("need"),
        "typed": request.POST,
    }


def _search(case: Case, words: str, linked: list[Need]) -> list[Need]:
    """By code, however it was typed, or by words."""
    code = read_code(words)
    asked = Q(what__contains=words) | Q(where__contains=words)
    if code:
        asked |= Q(code=code)
    return list(needs_at(case.place).filter(asked).exclude(pk__in=[need.pk for need in linked])[:SHOWN])


def _alike(case: Case, linked: list[Need]) -> list[Need]:
    text = f"{case.title} {case.summary}".strip()
    apart = frozenset(need.pk for need in linked)
    return [each.need for each in similar_needs(case.place, text, apart_from=apart) if not each.elsewhere]


def _lines(needs: list[Need], errors: Mapping[str, Text]) -> list[NeedLine]:
    """With their states in words; two queries however many."""
    passages = passages_of("need", [str(need.pk) for need in needs])
    procedures = procedures_of(passages.values())
    lines = []
    for need in needs:
        passage = passages.get(str(need.pk))
        stamp = stamp_of(procedures[passage.pk].states[passage.state]) if passage else None
        lines.append(NeedLine(need, stamp, address("desk:need", need.code), errors.get(f"reason-{need.code}")))
    return lines
