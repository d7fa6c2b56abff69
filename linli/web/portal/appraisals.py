"""Residents appraise, and everybody reads what came of it: the result with how it was reckoned, never who gave what."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.records.cases.models import Case
from linli.records.cases.permissions import may_see
from linli.records.places.models import Place
from linli.records.scorecards import selectors
from linli.records.scorecards.models import Scoring
from linli.records.scorecards.permissions import APPRAISE, READ_RESULTS
from linli.records.scorecards.raters import communities_of, on_roll_of
from linli.records.scorecards.selectors import open_here, result_of, shown_here
from linli.records.scorecards.services import give_scores
from linli.records.scorecards.services.scoring import own_sheet
from linli.rules.plain.refusals import Invalid, NotFound, TurnedDown
from linli.rules.plain.texts import Text
from linli.rules.policy.models import Scorecard
from linli.web.portal.clauses import said_above
from linli.web.portal.finding import person_of, place_named, rules_here
from linli.web.portal.orders import orders_of, own_of
from linli.web.shared import clock
from linli.web.shared.doors import Found, door
from linli.web.shared.reader import reader_of
from linli.web.shared.scores import answers_in, result_table, score_words, share_lines, sheet_fields, stamp_of

SHOWN = 40


@door(may=READ_RESULTS, load=place_named)
def appraisals(request: HttpRequest, place: Place) -> HttpResponse:
    over = list(shown_here(place)[:SHOWN])
    here = rules_here(place, clock.today())
    cards = here.scorecards(clock.today()) if here else {}
    orders = orders_of(place)
    context = {
        "place": place,
        "open": list(open_here(place)[:SHOWN]),
        "over": [(one, _card_title(one, cards)) for one in over if _seen(request, one)],
        "orders": orders,
        "own": list(own_of(person_of(request), place, orders)),
    }
    return render(request, "portal/appraisals.html", context)


def _card_title(scoring: Scoring, cards: Mapping[str, Scorecard]) -> Text | None:
    """By which card: the same matter is often scored by several."""
    return cards[scoring.card].title if scoring.card in cards else None


def _seen(request: HttpRequest, scoring: Scoring) -> bool:
    """A result hangs on its matter: whoever may not see the one does not see the other."""
    return scoring.subject_kind != "case" or _case(request, scoring) is not None


def _case(request: HttpRequest, scoring: Scoring) -> Case | None:
    """The matter it belongs to, for those who may see it."""
    if scoring.subject_kind != "case":
        return None
    case = Case.objects.select_related("passage", "place").filter(pk=int(scoring.subject_id)).first()
    return case if case is not None and may_see(person_of(request), case, clock.today()) else None


def found_scoring(request: HttpRequest, pk: int) -> Found:
    """What residents appraise, and public results once they are over. Raises NotFound.

    What residents are asked now they find, even while the matter it belongs to is still being drafted.
    """
    scoring = selectors.scoring(pk)
    asked = scoring.open and scoring.on_roll
    if not scoring.public or not (asked or (not scoring.open and _seen(request, scoring))):
        raise NotFound
    return Found(scoring, scoring.place)


@door(may=READ_RESULTS, load=found_scoring)
def scoring(request: HttpRequest, about: Scoring) -> HttpResponse:
    return render(request, "portal/scoring.html", _context(request, about))


def appraised(request: HttpRequest, pk: int) -> Found:
    """A scoring of a county or a subdistrict is answered by the residents of its communities: each comes from their own."""
    found, person = found_scoring(request, pk), reader_of(request).person
    scoring: Scoring = found.thing
    homes = communities_of(person, clock.today()) if person else []
    home = next((each for each in homes if scoring.place_id in each.ancestor_codes), None)
    return Found(scoring, home or scoring.place)


@door(may=APPRAISE, load=appraised, methods=["GET", "POST"])
def appraise(request: HttpRequest, about: Scoring) -> HttpResponse:
    """One sheet for each resident, changed until it closes."""
    person = reader_of(request).person
    assert person is not None
    if not about.open:
        return redirect("portal:scoring", about.pk)
    if request.method != "POST":
        return _form(request, about)
    try:
        give_scores(
            scoring=about,
            by=person,
            answers=answers_in(request.POST.dict()),
            remark=request.POST.get("remark", ""),
            because=request.POST.get("because", ""),
            at=clock.now(),
        )
    except TurnedDown as turned_down:
        return _form(request, about, turned_down)
    return redirect(reverse("portal:scoring", args=[about.pk]) + "?given=1")


def _form(request: HttpRequest, about: Scoring, turned_down: TurnedDown | None = None) -> HttpResponse:
    result, person = result_of(about), reader_of(request).person
    assert person is not None
    errors = turned_down.fields if isinstance(turned_down, Invalid) else {}
    before = own_sheet(about, person)
    typed = request.POST.dict() if request.method == "POST" else {}
    fields, clauses = said_above(sheet_fields(result, typed, errors, before, {}), (result.card.clause,))
    context = {
        "about": about,
        "place": about.place,
        "result": result,
        "rules": result.rules,
        "fields": fields,
        "clauses": clauses,
        "before": before,
        "turned_down": None if errors else turned_down,
    }
    return render(request, "portal/appraise.html", context, status=turned_down.status if turned_down else 200)


def _context(request: HttpRequest, about: Scoring) -> dict[str, Any]:
    result, person = result_of(about), person_of(request)
    mine = person is not None and about.on_roll and on_roll_of(person, about.place, clock.today())
    return {
        "about": about,
        "place": about.place,
        "result": result,
        "rules": result.rules,
        "stamp": stamp_of(about),
        "table": result_table(result),
        "score": score_words(result),
        "shares": share_lines(result),
        "may": about.open and about.on_roll,
        "mine": mine,
        "given": "given" in request.GET,
        "before": own_sheet(about, person) if person is not None and about.open else None,
        "case": _case(request, about),
    }
