"""The result of a round for everybody: who was chosen, who was not, and why each."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.rounds.candidates import field_of
from linli.records.rounds.permissions import READ_ROUND
from linli.records.rounds.selectors import draws_of, latest_ranking, published, round_named
from linli.rules.plain.refusals import NotFound
from linli.web.shared.doors import Found, door
from linli.web.shared.ranks import board_table, why_cards
from linli.web.shared.values import value_words


def found_round(request: HttpRequest, code: str) -> Found:
    """Once the choice is public; a draw from the day it is announced. Raises NotFound before."""
    round = round_named(code)
    if not round.public or not (published(round) or draws_of(round)):
        raise NotFound
    return Found(round, round.place)


@door(may=READ_ROUND, load=found_round)
def round(request: HttpRequest, about: Case) -> HttpResponse:
    field, ranking = field_of(about), latest_ranking(about)
    if ranking is None:
        raise NotFound
    told = published(about)
    context = {
        "case": about,
        "place": about.place,
        "rules": field.now.rules,
        "field": field,
        "places": value_words(field.places),
        "table": board_table(ranking) if told else None,
        "cards": why_cards(ranking, field.selection.clause) if told else [],
        "draws": draws_of(about),
    }
    return render(request, "portal/round.html", context)
