"""The regulations as rules: which hold here, every value over time, every procedure step by step, every clause in its words."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.places.models import Place
from linli.records.rulebook.models import Adoption
from linli.records.rulebook.selectors import library
from linli.records.texts.selectors import questions
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Clause
from linli.web.portal.clauses import clause_link, marked, resting_on
from linli.web.portal.community_page import general_texts
from linli.web.portal.finding import PackHere, pack_named, rules_here
from linli.web.portal.questions import asked_rows
from linli.web.portal.recurring import when_of
from linli.web.portal.regulation import offices_of, regulations_of
from linli.web.portal.values import values_of
from linli.web.portal.ways import stages_of
from linli.web.shared import clock
from linli.web.shared.days import day_in_address
from linli.web.shared.doors import PUBLIC, door
from linli.web.shared.reader import reader_of
from linli.web.shared.shapes import RuleText, Tab

PARTS = {
    "text": Text("原文", "The text"),
    "offices": Text("职责", "Who does what"),
    "values": Text("数值", "Values"),
    "ways": Text("办理步骤", "Procedures"),
    "lists": Text("目录", "Lists"),
    "forms": Text("表单和核对表", "Forms and checklists"),
    "duties": Text("定期工作", "Recurring duties"),
    "documents": Text("文件", "Documents"),
}
_QUESTIONS = Text("政策解读", "Questions and answers")
STATUSES = {
    "in_force": Text("现行", "in force"),
    "draft": Text("征求意见稿", "draft for comment"),
    "interpretation": Text("解读", "interpretation"),
    "retired": Text("已废止", "retired"),
}


@door(may=PUBLIC)
def packs(request: HttpRequest) -> HttpResponse:
    place = reader_of(request).place
    here = rules_here(place, clock.today()) if place else None
    adopted = {row.pack: row for row in Adoption.objects.select_related("place").order_by("since")}
    known = library()
    context = {
        "place": place,
        "here": here,
        "chain": [{"pack": one, "sources": [known.sources[id] for id in one.sources]} for one in here.chain] if here else [],
        "packs": [{"pack": one, "adopted": adopted.get(one.id)} for one in known.packs.values()],
        "statuses": STATUSES,
        "rule_texts": general_texts(here, clock.today(), "portal"),
        "rules": here,
    }
    return render(request, "portal/rules.html", context)


@door(may=PUBLIC, load=pack_named)
def pack(request: HttpRequest, found: PackHere) -> HttpResponse:
    part = request.GET.get("part", "text")
    if part not in PARTS:
        raise NotFound
    on = day_in_address(request.GET.get("on", ""))
    context = {
        "place": found.place,
        "pack": found.pack,
        "rules": found.rules,
        "part": part,
        "on": on,
        "ways": [*(Tab(title, f"?part={id}", current=id == part) for id, title in PARTS.items()), _asked(found)],
        "statuses": STATUSES,
    }
    return render(request, f"portal/pack_{part}.html", context | _PARTS[part](request, found, on))


def _asked(found: PackHere) -> Tab:
    return Tab(_QUESTIONS, reverse("portal:questions", args=[found.pack.id]), count=questions([found.pack.id]).count() or None)


def _text(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    return {"regulations": regulations_of(found.rules, on)}


def _offices(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    return {"offices": offices_of(found.rules, on, found.place)}


def _values(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    return {"values": values_of(found.rules, on)}


def _ways(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    procedures = found.rules.procedures(on)
    chosen = procedures.get(request.GET.get("way", "")) or next(iter(_main_first(procedures)), None)
    tabs = [Tab(one.title, f"?part=ways&way={one.id}", current=one is chosen) for one in _main_first(procedures)]
    return {
        "procedures": tabs,
        "way": chosen,
        "way_clause": clause_link(found.pack.id, chosen.clause) if chosen else None,
        "stages": stages_of(chosen, found.rules, on) if chosen else [],
    }


def _main_first(procedures: Any) -> list[Any]:
    return sorted(procedures.values(), key=lambda one: not one.listed)


def _lists(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    return {
        "catalogues": [
            {
                "catalogue": one,
                "clause": clause_link(found.pack.id, one.clause),
                "rows": [(row, clause_link(found.pack.id, row.clause)) for row in one.entries.values()],
            }
            for one in found.rules.catalogues(on).values()
        ]
    }


def _forms(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    rules, id = found.rules, found.pack.id
    return {
        "forms": [
            {"form": one, "fields": [(field, clause_link(id, field.clause)) for field in one.fields.values()]}
            for one in rules.forms(on).values()
        ],
        "checklists": [
            {"checklist": one, "items": [(item, clause_link(id, item.clause)) for item in one.items.values()]}
            for one in rules.checklists(on).values()
        ],
    }


def _duties(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    rules = found.rules
    return {
        "duties": [
            {
                "duty": one,
                "when": when_of(one, rules, on),
                "who": [rules.office_title(office) for office in one.by],
                "clause": clause_link(found.pack.id, one.clause),
            }
            for one in rules.obligations(on).values()
        ]
    }


def _documents(request: HttpRequest, found: PackHere, on: date) -> dict[str, Any]:
    known = library()
    return {
        "sources": [known.sources[id] for id in found.pack.sources],
        "documents": [(one, clause_link(found.pack.id, one.clause)) for one in found.pack.documents],
        "rule_texts": [RuleText(one.title, _with_blanks(one.body)) for one in found.rules.wordings(on).values()],
    }


def _with_blanks(body: Text) -> Text:
    """What is filled in matter by matter stands as a line to write on."""
    return Text(_BLANK.sub("＿＿", body.zh), _BLANK.sub("____", body.en))


_BLANK = re.compile(r"\{\w+\}")
_PARTS: dict[str, Callable[[HttpRequest, PackHere, date], dict[str, Any]]] = {
    "text": _text,
    "offices": _offices,
    "values": _values,
    "ways": _ways,
    "lists": _lists,
    "forms": _forms,
    "duties": _duties,
    "documents": _documents,
}


def _line_of(here: PackHere) -> list[str]:
    """A question about the city's sentence is shown wherever that sentence holds."""
    return [one.id for one in here.rules.chain]


_ON_A_CLAUSE = 20


def _clause_named(request: HttpRequest, pack: str, clause: str) -> tuple[PackHere, Clause]:
    found, known = pack_named(request, pack), library().clauses.get(clause)
    if known is None:
        raise NotFound
    return found, known


@door(may=PUBLIC, load=_clause_named)
def clause(request: HttpRequest, found: tuple[PackHere, Clause]) -> HttpResponse:
    here, known = found
    source = library().sources[known.source]
    before, words, after = marked(here.rules.clause_text(known.id), known.words)
    context = {
        "pack": here.pack,
        "rules": here.rules,
        "clause": known,
        "title": here.rules.clause_title(known.id),
        "source": source,
        "status": STATUSES.get(source.status, source.status),
        "issuers": [here.rules.office_title(office) for office in source.issuer],
        "of": Place.objects.filter(pk=source.jurisdiction).first(),
        "before": before,
        "words": words,
        "after": after,
        "resting": resting_on(here.rules, known.id, clock.today()),
        "questions": asked_rows(questions(_line_of(here), clause=known.id)[:_ON_A_CLAUSE]),
        "back": reverse("portal:pack", args=[here.pack.id]),
    }
    return render(request, "portal/clause.html", context)
