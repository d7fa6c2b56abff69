"""The rules for staff to read: what is done and by whom, in pictures and words, with the clause at every sentence."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.records.people.access import may
from linli.records.rulebook.models import Adoption
from linli.records.rulebook.permissions import ADOPT_PACK
from linli.records.rulebook.selectors import differs, library
from linli.rules.plain.refusals import NotFound
from linli.rules.plain.texts import Text
from linli.rules.policy.rules import Rules
from linli.web.desk.diagram import Diagram
from linli.web.desk.loaders import reader_person
from linli.web.desk.pack_parts import acts_said, cases_said, clauses_of, one_clause, parameters_said
from linli.web.shared import clock
from linli.web.shared.days import day_in_address
from linli.web.shared.doors import STAFF, door
from linli.web.shared.paging import part_of
from linli.web.shared.shapes import Tab

PARTS = {
    "procedures": Text("程序", "Procedures"),
    "parameters": Text("数值", "Values"),
    "forms": Text("表单", "Forms"),
    "checklists": Text("清单", "Checklists"),
    "clauses": Text("条款", "Clauses"),
    "cases": Text("案例", "Examples"),
}


@door(may=STAFF)
def packs(request: HttpRequest) -> HttpResponse:
    """Every pack of this installation, and where it is in force."""
    known = library()
    adopted: dict[str, list[tuple[Adoption, str]]] = {}
    newest: dict[tuple[str, str], Adoption] = {}
    for one in Adoption.objects.select_related("place", "edition").order_by("since", "id"):
        newest[one.pack, one.place_id] = one
    for one in newest.values():
        changed = one.pack in known.packs and differs(one, known.rules(one.pack))
        url = _edition_page(request, one) if changed else ""
        adopted.setdefault(one.pack, []).append((one, url))
    rows = [(pack, known.packs.get(pack.extends), adopted.get(id, [])) for id, pack in known.packs.items()]
    return render(request, "desk/packs/list.html", {"rows": rows})


def _edition_page(request: HttpRequest, adopted: Adoption) -> str:
    """What changes is read by those who may adopt it; for others the door is shut, and no link leads there."""
    let_in = may(reader_person(request), ADOPT_PACK, adopted.place, clock.today())
    return reverse("desk:edition", args=[adopted.pack, adopted.place_id]) if let_in else ""


@door(may=STAFF)
def pack(request: HttpRequest, pack: str) -> HttpResponse:
    rules, asked = rules_named(pack), request.GET
    on = day_in_address(asked.get("on", ""))
    part = asked.get("part", "") if asked.get("part") in PARTS else "procedures"
    context: dict[str, Any] = {
        "pack": rules.pack,
        "chain": rules.chain[:-1],
        "rules": rules,
        "on": on,
        "part": part,
        "tabs": _tabs(pack, part, asked.get("on", "")),
        "days": rules.days_of_change(),
        "sources": [library().sources[id] for id in rules.pack.sources if id in library().sources],
    }
    return render(request, f"desk/packs/{part}.html", {**context, **_PARTS[part](rules, on, asked)})


def rules_named(pack: str) -> Rules:
    """Raises NotFound."""
    try:
        return library().rules(pack)
    except KeyError as error:
        raise NotFound from error


def _tabs(pack: str, part: str, on: str) -> list[Tab]:
    way = reverse("desk:pack", args=[pack])
    day = f"&on={on}" if on else ""
    return [Tab(title, f"{way}?part={key}{day}", current=key == part) for key, title in PARTS.items()]


def _procedures(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    known = rules.procedures(on)
    wanted = asked.get("procedure", "")
    if wanted not in known:
        return {"procedures": list(known.values()), "procedure": None}
    diagram = Diagram(known[wanted])
    return {
        "procedure": known[wanted],
        "procedures": list(known.values()),
        "diagram": diagram,
        "acts": acts_said(diagram, rules, on),
    }


def _parameters(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    words = asked.get("q", "").strip()
    return {"parameters": parameters_said(rules, words), "words": words}


def _forms(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    return {"forms": [(form, one_clause(form.fields.values())) for form in rules.forms(on).values()]}


def _checklists(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    return {"checklists": [(one, one_clause(one.items.values())) for one in rules.checklists(on).values()]}


def _clauses(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    said = [(clause, rules.clause_title(clause.id), rules.clause_text(clause.id)) for clause in clauses_of(rules)]
    return {"clauses": [(words, [one[:2] for one in same]) for words, same in groupby(said, key=lambda one: one[2])]}


def _cases(rules: Rules, on: date, asked: Any) -> dict[str, Any]:
    found = cases_said(rules, on)
    return {"page": part_of(found, asked), "many": len(found), "failed": sum(not one.passed for one in found)}


_PARTS = {
    "procedures": _procedures,
    "parameters": _parameters,
    "forms": _forms,
    "checklists": _checklists,
    "clauses": _clauses,
    "cases": _cases,
}
