"""Answering a checklist item by item, with a reason where the answer is not the one the rule asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.permissions import READ_ALL, offices_behind
from linli.records.cases.services import answer_case_checklist
from linli.records.evidence.models import Answers
from linli.records.evidence.selectors import answers_history, pieces
from linli.records.rulebook.selectors import standing
from linli.records.rulebook.standing import Standing
from linli.rules.plain.refusals import Invalid, NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Checklist
from linli.web.desk.loaders import Part, address, holds_any, part_of_case, reader_person
from linli.web.desk.states import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.turned_down import ask_again


@dataclass(frozen=True)
class Item:
    """One question. `slot_url`: it ticks itself when that slot holds evidence, and `ticked` says whether it does."""

    key: str
    text: Text
    must_be: str
    clause: str
    answer: str
    reason: str
    error: Text | None
    excusable: bool = False
    slot_url: str = ""
    ticked: bool = False

    @property
    def differs(self) -> bool:
        return self.must_be in ("yes", "no") and self.answer not in ("", self.must_be)


@door(may=READ_ALL, load=part_of_case, methods=["GET", "POST"])
def checklist(request: HttpRequest, part: Part) -> HttpResponse:
    now = standing(part.case.subject)
    known = now.rules.checklists(now.rules_on).get(part.name)
    if known is None:
        raise NotFound
    if request.method != "POST":
        return render(request, "desk/cases/checklist.html", _context(request, part, now, known))
    try:
        answer_case_checklist(
            case=part.case,
            checklist=part.name,
            answers=_typed(request, "a-"),
            reasons=_typed(request, "r-"),
            by=reader_person(request),
            at=clock.now(),
        )
    except Invalid as turned_down:
        context = _context(request, part, now, known, turned_down.fields)
        return ask_again(request, "desk/cases/checklist.html", context, turned_down)
    told.success(request, _("已逐项核对并保存。"))
    return redirect("desk:dossier", part.case.code)


def _typed(request: HttpRequest, prefix: str) -> dict[str, str]:
    return {key.removeprefix(prefix): str(value) for key, value in request.POST.items() if key.startswith(prefix)}


def _context(
    request: HttpRequest, part: Part, now: Standing, known: Checklist, errors: Mapping[str, Text] | None = None
) -> dict[str, Any]:
    case, history = part.case, list(answers_history(part.case.subject, part.name))
    latest = history[-1] if history else None
    offices = offices_behind(known.answered_by, now.procedure, case.place.level)
    may = holds_any(reader_person(request), offices, case.place, clock.today()) and now.passage.ended_at is None
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "checklist": known,
        "items": _items(request, part, now, known, latest, errors or {}),
        "may": may,
        "ended": now.passage.ended_at is not None,
        "offices": offices,
        "latest": latest,
        "history": history[::-1],
    }


def _items(
    request: HttpRequest, part: Part, now: Standing, known: Checklist, latest: Answers | None, errors: Mapping[str, Text]
) -> list[Item]:
    posted = request.method == "POST"
    answers = _typed(request, "a-") if posted else latest.answers if latest else {}
    reasons = _typed(request, "r-") if posted else latest.reasons if latest else {}
    held = pieces(part.case.subject)
    found = [
        Item(
            item.key,
            item.text,
            item.must_be,
            item.clause,
            answers.get(item.key, ""),
            reasons.get(item.key, ""),
            errors.get(item.key),
            item.exception is not None,
            address("desk:slot", part.case.code, item.slot) if item.slot else "",
            item.slot in held,
        )
        for item in known.items.values()
    ]
    if known.each_of:
        entries = now.rules.catalogue(known.each_of, now.rules_on).entries.values()
        found += [
            Item(
                entry.key,
                entry.title,
                known.each_must_be,
                entry.clause,
                answers.get(entry.key, ""),
                reasons.get(entry.key, ""),
                errors.get(entry.key),
            )
            for entry in entries
        ]
    return found
