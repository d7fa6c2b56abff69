"""What residents begin themselves: an order for a service and the like. Filled in here, followed here, rated here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.records.cases.models import Case
from linli.records.cases.permissions import BEGIN_AS_RESIDENT, FOLLOW_OWN
from linli.records.cases.services import fill_case_form, open_case, take_act
from linli.records.people.models import Person
from linli.records.places import selectors as places
from linli.records.places.models import Place
from linli.records.reports.story import story
from linli.records.rulebook.selectors import standing
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.selectors import result_of, scorings_of
from linli.records.scorecards.services import close_scoring, give_scores, open_scoring
from linli.records.scorecards.services.scoring import own_sheet
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text, one_line
from linli.rules.policy.models import OPEN, TEMPLATE, Act, Form, Procedure, Slot
from linli.rules.policy.rules import Rules
from linli.web.portal import matter
from linli.web.portal.clauses import said_above
from linli.web.portal.finding import case_named, rules_here
from linli.web.portal.listing import stamp_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.fieldviews import FieldView
from linli.web.shared.filling import BoundForm, Posted, posted
from linli.web.shared.reader import reader_of
from linli.web.shared.scores import YES_NO, answers_in

RESIDENT = "community.resident"
_TITLE = 60
_REASON = Text("请写明理由。", "Please give a reason.")


@dataclass(frozen=True)
class Order:
    """A procedure that residents of a place begin, with its form."""

    place: Place
    rules: Rules
    procedure: Procedure
    form: Form


def orders_of(place: Place) -> list[Order]:
    """What residents may begin here: matters whose main form is theirs to fill in."""
    rules, on = rules_here(place, clock.today()), clock.today()
    if rules is None or place.level != "community":
        return []
    forms = rules.forms(on)
    return [
        Order(place, rules, known, forms[known.main_form])
        for known in rules.procedures(on).values()
        if known.main_form in forms
        and RESIDENT in forms[known.main_form].filled_by
        and known.moves == "case"
        and not known.parent
    ]


def order_named(request: HttpRequest, code: str, procedure: str) -> Found:
    place = places.place(code)
    order = next((each for each in orders_of(place) if each.procedure.id == procedure), None)
    if order is None:
        raise NotFound
    return Found(order, place)


@door(may=BEGIN_AS_RESIDENT, load=order_named, methods=["GET", "POST"])
def order(request: HttpRequest, about: Order) -> HttpResponse:
    """One form; it is handed in as soon as it is sent."""
    if request.method != "POST":
        return _form(request, about)
    typed = posted(about.form, request.POST)
    try:
        case = _ordered(request, about, typed)
    except TurnedDown as turned_down:
        return _form(request, about, typed, turned_down)
    messages.success(request, _("已提交。办到哪一步，会写在这一页。"))
    return redirect("portal:own", case.code)


@transaction.atomic
def _ordered(request: HttpRequest, about: Order, typed: Posted) -> Case:
    typed.check()
    person, said = reader_of(request).person, next((str(each) for each in typed.data.values() if each), about.form.title.zh)
    assert person is not None
    case = open_case(procedure=about.procedure.id, place=about.place, title=one_line(said)[:_TITLE], by=person, at=clock.now())
    data = {**typed.data, **known_here(about.form)}
    fill_case_form(case=case, form=about.form.id, data=data, by=person, at=clock.now())
    return case


def known_here(form: Form) -> dict[str, str]:
    """What this page knows by itself and does not ask: through which channel the form came."""
    return {field.key: field.online for field in form.fields.values() if field.online}


def _form(request: HttpRequest, about: Order, typed: Posted | None = None, turned_down: TurnedDown | None = None) -> HttpResponse:
    bound = BoundForm(about.form, rules=about.rules, on=clock.today(), posted=typed, turned_down=turned_down)
    ours = known_here(about.form)
    asked = [field for field in bound.fields if field.name not in ours]
    fields, clauses = said_above(asked, (about.procedure.clause,))
    context = {
        "place": about.place,
        "order": about,
        "rules": about.rules,
        "fields": fields,
        "clauses": clauses,
        "turned_down": None if bound.errors else turned_down,
    }
    return render(request, "portal/order.html", context, status=turned_down.status if turned_down else 200)


def own_of(person: Person | None, place: Place, orders: Sequence[Order]) -> QuerySet[Case]:
    """What this reader began here as a resident, newest first."""
    begun = [each.procedure.id for each in orders]
    return Case.objects.filter(place=place, opened_by=person, procedure__in=begun) if person and begun else Case.objects.none()


def own_matter(request: HttpRequest, code: str) -> Found:
    """A matter this reader began as a resident. Nobody else finds it here."""
    case = case_named(request, code)
    person = reader_of(request).person
    now = standing(case.subject)
    form = now.rules.forms(now.rules_on).get(now.procedure.main_form)
    if person is None or case.opened_by_id != person.pk or form is None or RESIDENT not in form.filled_by:
        raise NotFound
    return Found(case, case.place, frozenset({"owner"}))


@door(may=FOLLOW_OWN, load=own_matter, methods=["GET", "POST"])
def own(request: HttpRequest, case: Case) -> HttpResponse:
    """Where it stands, and what the resident may do now: rate it, or take it back."""
    if request.method != "POST":
        return _own(request, case)
    try:
        _act(request, case)
    except TurnedDown as turned_down:
        return _own(request, case, turned_down)
    return redirect("portal:own", case.code)


@transaction.atomic
def _act(request: HttpRequest, case: Case) -> None:
    person, at = reader_of(request).person, clock.now()
    assert person is not None
    act = next((each for each in _theirs(case) if each.id == request.POST.get("act")), None)
    if act is None:
        raise NotFound
    slot = _rated(case, act)
    if slot is not None:
        scored = scorings_of(case.subject).filter(slot=slot.id, closed_at__isnull=True).first() or open_scoring(
            subject=case.subject, slot=slot.id, place=case.place, title=case.title, by=None, at=at, raters=[person]
        )
        give_scores(scoring=scored, by=person, answers=answers_in(request.POST.dict()), at=at)
        close_scoring(scoring=scored, by=person, at=at)
    note = request.POST.get("note", "").strip()
    if act.kind == "withdraw" and not note:
        raise Invalid(_REASON, fields={"note": _REASON})
    take_act(case=case, act=act.id, by=person, at=at, note=note)


def _theirs(case: Case) -> list[Act]:
    """Acts of the present state that the rules give to residents."""
    now = standing(case.subject)
    return [act for act in now.procedure.acts.values() if RESIDENT in act.by and now.passage.state in act.from_states]


def _rated(case: Case, act: Act) -> Slot | None:
    """The slot with a scorecard that this act waits for, if any."""
    slots = standing(case.subject).procedure.slots
    named = [check.name for check in act.checks if check.source == "evidence"]
    return next((slots[name] for name in named if name in slots and slots[name].scorecard), None)


def _own(request: HttpRequest, case: Case, turned_down: TurnedDown | None = None) -> HttpResponse:
    now = standing(case.subject)
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    given = scorings_of(case.subject).filter(closed_at__isnull=False).first()
    person = reader_of(request).person
    told = story(case, person, clock.now(), named=False)
    context: dict[str, Any] = {
        "case": case,
        "place": case.place,
        "rules": now.rules,
        "state": now.procedure.states[now.passage.state],
        "stamp": stamp_of(told.state),
        "next": told.ahead[0] if told.ahead else None,
        "said": matter.said(told),
        "procedure": now.procedure,
        "acts": [(act, _because(act), _questions(case, act, now.rules, request, errors)) for act in _theirs(case)],
        "given": _rating(given, person) if given and person else [],
        "errors": errors,
        "turned_down": None if errors else turned_down,
    }
    return render(request, "portal/own.html", context, status=turned_down.status if turned_down else 200)


def _because(act: Act) -> list[str]:
    """The clauses of an act that say something; what is left to the place says nothing to a resident."""
    return [each for each in act.clause if each not in (OPEN, TEMPLATE)]


def _rating(scoring: Scoring, person: Person) -> list[tuple[Text, Text | str]]:
    """What this resident answered, question by question."""
    sheet, titles = own_sheet(scoring, person), dict(YES_NO)
    items = result_of(scoring).card.items
    return [(items[key].title, titles.get(said, said)) for key, said in (sheet.answers if sheet else {}).items() if key in items]


def _questions(case: Case, act: Act, rules: Rules, request: HttpRequest, errors: dict[str, Text]) -> list[FieldView]:
    slot = _rated(case, act)
    if slot is None:
        return []
    card = rules.scorecard(slot.scorecard, standing(case.subject).rules_on)
    options = YES_NO if card.scale == "yes_no" else ()
    kind = "choice" if options else "text"
    return [
        FieldView(
            f"i-{key}", item.title, kind, request.POST.get(f"i-{key}", ""), errors.get(key, ""), required=True, options=options
        )
        for key, item in card.items.items()
    ]
