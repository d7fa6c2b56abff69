"""The result of a round for everybody: who was chosen, who was not, and why each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.records.cases.models import Case
from linli.records.rounds.candidates import field_of
from linli.records.rounds.models import Draw
from linli.records.rounds.permissions import READ_ROUND
from linli.records.rounds.selectors import draws_of, latest_ranking, published, round_named
from linli.rules.plain.refusals import NotFound
from linli.web.shared.doors import Found, door
from linli.web.shared.ranks import board_table, why_cards
from linli.web.shared.values import value_words


@dataclass(frozen=True)
class PublicRound:
    """`told`: the choice is public. A draw is so from the day it is announced."""

    case: Case
    told: bool
    draws: Sequence[Draw]


def found_round(request: HttpRequest, code: str) -> Found:
    """Raises NotFound while there is nothing about it that everybody may read."""
    round = round_named(code)
    shown = PublicRound(round, published(round), draws_of(round))
    if not round.public or not (shown.told or shown.draws):
        raise NotFound
    return Found(shown, round.place)


@door(may=READ_ROUND, load=found_round)
def round(request: HttpRequest, shown: PublicRound) -> HttpResponse:
    about = shown.case
    field, ranking = field_of(about), latest_ranking(about)
    if ranking is None:
        raise NotFound
    context = {
        "case": about,
        "place": about.place,
        "rules": field.now.rules,
        "field": field,
        "places": value_words(field.places),
        "table": board_table(ranking) if shown.told else None,
        "many": (ranking.rows.count(), ranking.rows.filter(outcome="chosen").count()) if shown.told else None,
        "cards": why_cards(ranking, field.selection.clause) if shown.told else [],
        "draws": shown.draws,
    }
    return render(request, "portal/round.html", context)
