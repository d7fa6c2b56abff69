"""One act: what it will do, and doing it. A refusal lists everything that stands in the way."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as told
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.permissions import READ_ALL
from linli.records.cases.selectors import readings_of
from linli.records.cases.selectors.timeline import persons_of
from linli.records.cases.services import take_act
from linli.records.evidence.selectors import pieces
from linli.records.people.selectors import actor_for
from linli.records.rulebook.selectors import judge, standing
from linli.records.rulebook.standing import Standing
from linli.rules.gates.model import Decision
from linli.rules.plain.refusals import Invalid, NotFound, Refused, TurnedDown
from linli.rules.plain.texts import Text, listed
from linli.rules.policy.models import Act
from linli.web.desk.gates import can_take, ready_to_sign
from linli.web.desk.loaders import Part, address, part_of_case, reader_person
from linli.web.desk.states import stamp_of
from linli.web.desk.ways import Ways, surroundings
from linli.web.shared import clock
from linli.web.shared.doors import door
from linli.web.shared.tags.words import said
from linli.web.shared.turned_down import ask_again

_NEEDS_REASON = frozenset({"return", "refuse", "withdraw", "pause"})
_REASON = Text(
    "请写明理由，会记入过程，也会告诉有关的人。", "Give the reason; it is kept in the record and told to those concerned."
)
_REPORTS = {
    "needs": Text("提出需求的居民会收到结果", "Residents whose needs it answers are told"),
    "parent": Text("所属事项会收到结果", "The matter it belongs to is told"),
    "children": Text("下属事项会收到结果", "The matters inside it are told"),
    "place_year": Text("记入本地本年度的台账", "It is entered in the year's record of this place"),
}


@dataclass(frozen=True)
class Consequence:
    """What the act brings about of one sort, and to which."""

    what: Text
    which: Text


@door(may=READ_ALL, load=part_of_case, methods=["GET", "POST"])
def act(request: HttpRequest, part: Part) -> HttpResponse:
    if request.method == "POST":
        return _take(request, part)
    return render(request, "desk/cases/act.html", _context(request, part))


def _take(request: HttpRequest, part: Part) -> HttpResponse:
    note = request.POST.get("note", "").strip()
    try:
        known = standing(part.case.subject).procedure.acts.get(part.name)
        if known is not None and known.kind in _NEEDS_REASON and not note:
            raise Invalid(_REASON, fields={"note": _REASON})
        moved = take_act(case=part.case, act=part.name, by=reader_person(request), at=clock.now(), note=note)
    except (Refused, Invalid) as turned_down:
        return _ask_again(request, part, turned_down)
    state = said(moved.procedure.states[moved.step.to_state].title)
    if moved.step.moved:
        told.success(request, _("已办理“%(act)s”，现在是“%(state)s”。") % {"act": said(moved.act.title), "state": state})
    else:
        told.success(request, _("您的单位已签署“%(act)s”，等其他单位签署后生效。") % {"act": said(moved.act.title)})
    return redirect("desk:dossier", part.case.code)


def _ask_again(request: HttpRequest, part: Part, turned_down: TurnedDown) -> HttpResponse:
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    context = {**_context(request, part), "errors": errors, "typed": request.POST}
    return ask_again(request, "desk/cases/act.html", context, turned_down)


def _context(request: HttpRequest, part: Part) -> dict[str, Any]:
    """The act as it stands for this reader; an act of another state shows that it is not its turn. Raises NotFound."""
    case, reader, on = part.case, reader_person(request), clock.today()
    now = standing(case.subject)
    known = now.procedure.acts.get(part.name)
    if known is None:
        raise NotFound
    readings = readings_of(case, reader, clock.now())
    decision = judge(now, part.name, actor=actor_for(reader, case.place, on), on=on, readings=readings)
    return {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "stamp": stamp_of(now.procedure.states[now.passage.state], stopped=bool(now.holds)),
        "act": known,
        "decision": decision,
        "can_take": can_take(decision),
        "signing": ready_to_sign(decision) or (known.jointly and decision.open),
        "ways": Ways(case, now, surroundings(case), reader).of(known, decision),
        "evidence": {slot: address("desk:slot", case.code, slot) for slot in pieces(case.subject)},
        "consequences": _by_sort(_consequences(now, known)),
        "signed": _signed(now, known, decision),
        "reason_needed": known.kind in _NEEDS_REASON,
    }


def _consequences(now: Standing, act: Act) -> list[Consequence]:
    states, slots = now.procedure.states, now.procedure.slots
    to = now.passage.state if act.to == "same" else act.to
    forms = now.rules.forms(now.rules_on)
    procedures = now.rules.procedures(now.rules_on)
    found = [Consequence(Text("进入状态", "It moves to"), states[to].title)] if act.to != "same" else []
    found += [
        Consequence(Text("锁定表单，以后只能走变更", "Locked from then on"), forms[form].title)
        for form in act.locks
        if form in forms
    ]
    found += [Consequence(Text("允许改一次", "Opened for one change"), forms[form].title) for form in act.amends if form in forms]
    found += [
        Consequence(Text("作废，重新办", "Made void, to be done again"), slots[slot].title) for slot in act.voids if slot in slots
    ]
    found += [Consequence(Text("对外公开", "Published"), slots[slot].title) for slot in act.publishes if slot in slots]
    found += [Consequence(Text("同时建立", "Begins as well"), procedures[each].title) for each in act.opens if each in procedures]
    found += [Consequence(Text("告知", "Is told"), _office(now, office)) for office in (*act.tells, *act.copies_to)]
    found += [Consequence(Text("告知", "Is told"), _REPORTS[each]) for each in act.reports_to if each in _REPORTS]
    return found


def _by_sort(found: list[Consequence]) -> list[Consequence]:
    """What is made void, published or told is said once, with everything it is said of."""
    sorts: dict[Text, list[Text]] = {}
    for one in found:
        sorts.setdefault(one.what, []).append(one.which)
    return [Consequence(what, listed(dict.fromkeys(which))) for what, which in sorts.items()]


def _office(now: Standing, office: str) -> Text:
    role = now.procedure.roles.get(office)
    if role is None:
        return now.rules.office_title(office)
    titles = [now.rules.office_title(each) for each in role.offices]
    return role.title or listed(titles)


def _signed(now: Standing, act: Act, decision: Decision) -> list[tuple[Text, str]]:
    """Under a joint act: every office, and who signed for it ("" = not yet)."""
    if not act.jointly:
        return []
    signatures = {each.office: each.person for each in now.signed(act.id)}
    persons = persons_of(signatures.values())
    offices = dict.fromkeys((*decision.offices, *signatures))
    return [
        (now.rules.office_title(office), persons[signatures[office]].name if signatures.get(office) in persons else "")
        for office in offices
    ]
